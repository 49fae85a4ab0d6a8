/** What nobody can know of the reader's accounts, and what the services are taken to do. `cost-page.ts` says each in words. */
export const ASSUMED = {
  days: 30,
  changesPerSubjectAndDay: 0.1,
  accessPointsPerBucket: 0.1,
  users: 10,
  policies: 100,
  keys: 2,
  shareOfChangesThatTurn: 0.1,
  shareOfDailyThatTurn: 0.001,
  memoryGb: 0.5,
  changeSeconds: 0.1,
  dailySeconds: 2,
  dailySecondsPerSubject: 0.02,
  drainSeconds: 0.2,
  publishSeconds: 2,
  reconcileSecondsPerFinding: 0.01,
  logBytes: 800,
  logMonths: 12,
  eventKb: 5,
  heartbeatBytes: 1000,
  historyBytes: 500,
  historyMonths: 84,
  objectsPerDay: 96,
  scannedTb: 0.01,
  centralKeys: 2,
  refreshDays: 30,
} as const;

/** Of the function that judges in the central account. */
export const CENTRAL = {
  memoryGb: 4,
  secondsPerBucket: 0.005,
  listsPerPlace: 3,
  filesPerPlace: 11,
  snapshotMb: 0.2,
  snapshotMonths: 12,
  bytesPerFinding: 100,
  bytesPerBucket: 400,
  keptDays: 400,
  pageBytesPerBucket: 500,
  pageDays: 30,
  alarms: 2,
} as const;

/** Of the dashboard in CloudFront: how often a person opens it in a month, and what a browser asks for and gets then. */
export const SITE = { visits: 1000, requests: 20, megabytes: 2 } as const;

/** Of the member stack; a test holds them against its template. */
export const MEMBER = { alarms: 10, drainsPerDay: 72 } as const;
