import { ASSUMED, MEMBER } from './cost.ts';

/** What lowers the bill. */
export const REDUCTIONS = [
  '`regions`: every account and Region has its own alarms and its own queue, which cost the same without a bucket. ' +
    'Name the Regions in use, and deny the others with a service control policy.',
  '`consumers.securityHub: false` leaves out the publisher, with its three alarms, its queue and the asking of it.',
  '`consumers.history: null` sends no changes of compliance to the central account.',
  '`functions.logRetentionDays` shortens how long logs are kept. They are the smallest part.',
  '`functions.silenceHours` changes no cost: an alarm costs the same however long it waits.',
  '`awsManagedRules: false` leaves out the rules that AWS runs. The packs of one framework hold fewer rules and cost less than shown here.',
  '`AWS::Config::ResourceCompliance` in the recorder: without it no records of compliance are written, and the ' +
    'aggregator and its queries know no history of them. Before rules are deleted exclude it, since the deletion records ' +
    'each result once more (AWS Config Developer Guide, "Evaluating Resources with AWS Config Rules").',
];

/** What the bill leaves out. */
export const NOT_COUNTED = [
  'The recorder and what it records of buckets and IAM: it has to be there with or without the rules.',
  'The first evaluation of everything, and that of the rules that a deployment or a waiver changes ([roll-out](roll-out.md)): ' +
    'once each rule and subject.',
  'Calls that the functions make: reading a configuration is not billed as data, but CloudTrail data events on S3 are, where they are on.',
  'The alarms and logs of the central account, once for the organization.',
  'Dashboard and evidence exports, data transfer between Regions, e-mail.',
];

/** Rows of the table: what is assumed, and how much. */
export function assumptions(): string[][] {
  const a = ASSUMED;
  return [
    ['changes that AWS Config records of each subject and day', `${a.changesPerSubjectAndDay}`],
    ['access points for each bucket', `${a.accessPointsPerBucket}`],
    ['IAM users; policies, users, groups and roles with policies', `${a.users}; ${a.policies}`],
    ['resources that each rule run by AWS judges a day', `${a.subjectsOfManagedRule}`],
    [
      'an evaluation is one resource judged by one rule, also where one invocation of a daily rule judges many (the ' +
        'pricing page: each time a rule evaluates a resource)',
      'AWS does not say it of custom periodic rules',
    ],
    ['tiers of AWS Config count for each account and Region', 'the dearest reading'],
    [
      'results that turn, of evaluations on a change; of daily ones',
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
      'each change of a result is published in a batch of its own',
      `up to ${MEMBER.batchSize} could share one`,
    ],
    ['findings sent again, so that Security Hub keeps them', `every ${a.refreshDays} days`],
    ['logs of an invocation; kept', `${a.logBytes} bytes; ${a.logMonths} months`],
    ['alarms in each account and Region', `${MEMBER.alarms}`],
    [
      'requests a day by which Lambda asks an empty queue: five at a time, 20 s each. It lowers them to two where no ' +
        'maximum concurrency is set (AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source ' +
        'mappings"); ours is set. The 20 s are unverified',
      Math.round(a.idlePolls).toLocaleString('en-US'),
    ],
    ['requests of a message: sent, received, deleted, unbatched', '3'],
    [
      'an event of AWS Config in Firehose, rounded up; in S3, compressed; kept',
      `${a.eventKb} KB; ${a.historyBytes} bytes; ${a.historyMonths} months, all of them full`,
    ],
    ['objects of history a day, at most, each with one request to KMS', `${a.objectsPerDay}`],
    ['keys in the central account: of the history, and of notifications', `${a.keys}`],
    ['data that Athena scans', `${a.scannedTb} TB`],
  ];
}
