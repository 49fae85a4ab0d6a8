import { ASSUMED, CENTRAL, MEMBER, SITE } from './cost-assumed.ts';

/** What lowers the bill, besides the choices that have a price of their own. */
export const REDUCTIONS = [
  '`regions`: name the Regions in use, and deny the others with a service control policy.',
  '`functions.logRetentionDays` shortens how long logs are kept. They are the smallest part.',
  '`functions.silenceHours` changes no cost.',
  '`AWS::Config::ResourceCompliance`, if the recorder records it: exclude it before rules are deleted, since the deletion records ' +
    'each result once more (AWS Config Developer Guide, "Evaluating Resources with AWS Config Rules").',
];

/** What the bill leaves out. */
export const NOT_COUNTED = [
  'The recorder and what it records of buckets and IAM: it has to be there with or without the rules.',
  'The first evaluation of everything, and that of the rules that a deployment or a waiver changes ([roll-out](roll-out.md)): ' +
    'once each rule and subject.',
  'Calls that the functions make: reading a configuration is not billed as data, but CloudTrail data events on S3 are, where they are on.',
  'The alarms and logs of the central account, once for the organization.',
  'Files of the judging function beyond the 512 MB that are free: cents a month.',
  'Dashboard and evidence exports by hand, data transfer between Regions, e-mail.',
];

/** Rows of the table: what is assumed, and how much. */
export function assumptions(): string[][] {
  const [a, c] = [ASSUMED, CENTRAL];
  return [
    ['changes that AWS Config records of each subject and day', `${a.changesPerSubjectAndDay}`],
    ['access points for each bucket', `${a.accessPointsPerBucket}`],
    ['IAM users; policies, users, groups and roles with policies', `${a.users}; ${a.policies}`],
    ['KMS keys in each account and Region, each asked about once a day', `${a.keys}`],
    [
      'questions to KMS about the key of a bucket: each time, for each bucket',
      'the most there can be',
    ],
    [
      'AWS bills the evaluations that are recorded, one each time a rule evaluates a resource (pricing page, text of 2019): those that ' +
        'our functions report. A daily run reports only what AWS Config does not hold already',
      'AWS does not say it of custom periodic rules: unverified',
    ],
    [
      'tiers of AWS Config count all accounts of an organization in a Region: "each Region" (pricing page), and for billing AWS treats ' +
        'the accounts of an organization as one (AWS knowledge center, blended-rates-intro)',
      'of no meter besides',
    ],
    [
      'results that turn: of changes, for each rule that could run on them, at once or in its daily run; of all else each day',
      `${100 * a.shareOfChangesThatTurn} %; ${100 * a.shareOfDailyThatTurn} %`,
    ],
    ['each turn of a result is one record of compliance', 'the most there can be'],
    ['memory of each function', `${a.memoryGb} GB`],
    [
      'billed time of a change. Processor time was measured at 2.5 ms in the median on a workstation, by ' +
        '`bench/invocation.ts`; the rest is start and waiting for AWS Config',
      `${a.changeSeconds} s`,
    ],
    [
      'billed time of a daily invocation, and more for each subject; not measured',
      `${a.dailySeconds} s; ${a.dailySecondsPerSubject} s`,
    ],
    [
      'billed time of publishing one change; of comparing one finding a day; not measured',
      `${a.publishSeconds} s; ${a.reconcileSecondsPerFinding} s`,
    ],
    [
      'runs a day in which the publisher looks into its queue; billed time of one that finds nothing, not measured',
      `${MEMBER.drainsPerDay}; ${a.drainSeconds} s`,
    ],
    ['each change of a result is published by itself', 'up to 100 could share one run'],
    ['findings sent again, so that Security Hub keeps them', `every ${a.refreshDays} days`],
    ['logs of an invocation; kept', `${a.logBytes} bytes; ${a.logMonths} months`],
    ['alarms in each account and Region, with `functions.alarms`', `${MEMBER.alarms}`],
    [
      'a heartbeat a day of each account and Region, in the logs of the central account',
      `${a.heartbeatBytes} bytes`,
    ],
    ['requests of a message: sent, received, deleted, unbatched', '3'],
    [
      'an event of AWS Config in Firehose, rounded up; in S3, compressed; kept',
      `${a.eventKb} KB; ${a.historyBytes} bytes; ${a.historyMonths} months, all of them full`,
    ],
    ['objects of history a day, at most, each with one request to KMS', `${a.objectsPerDay}`],
    ['keys in the central account: of the history, and of notifications', `${a.centralKeys}`],
    ['data that Athena scans', `${a.scannedTb} TB`],
    [
      'judging in the central account: memory; time for each bucket, to judge all its rules and make the dashboard: the ' +
        'processor time that `bench/organization.ts` measured on a workstation',
      `${c.memoryGb} GB; ${c.secondsPerBucket} s`,
    ],
    [
      'lists, and files of snapshots and history, of each account and Region a day',
      `${c.listsPerPlace}; ${c.filesPerPlace}`,
    ],
    [
      'a snapshot of an account and Region, compressed; kept',
      `${c.snapshotMb} MB; ${c.snapshotMonths} months`,
    ],
    [
      'results of a day: each finding, and the evidence of each bucket; kept',
      `${c.bytesPerFinding} bytes, ${c.bytesPerBucket} bytes; ${c.keptDays} days`,
    ],
    [
      'with `dashboard.site`: visits a month; requests and data of each',
      `${SITE.visits}; ${SITE.requests}, ${SITE.megabytes} MB`,
    ],
    ['the dashboard, for each bucket; kept', `${c.pageBytesPerBucket} bytes; ${c.pageDays} days`],
  ];
}
