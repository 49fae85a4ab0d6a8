import { DECORATION } from './automation-rules.ts';

/** What starts the publisher, as data for the template that deploys it. */

/**
 * Event pattern of the EventBridge rule, on the default bus, whose target is the publisher's queue (AWS Config Developer
 * Guide, "Monitoring AWS Config with Amazon EventBridge"). AWS Config decorates the names of rules inside packs, hence
 * prefixes: the whole name of each of our rules and the beginning of what a pack adds, so that no rule of others starts anything or is
 * kept in the history, such as s3-tls-only-of-others. What a pack adds is cut, because a pattern has at most 2,048 characters.
 */
export const complianceChanges = (rules: readonly { readonly id: string }[]) => ({
  source: ['aws.config'],
  'detail-type': ['Config Rules Compliance Change'],
  detail: {
    messageType: ['ComplianceChangeNotification'],
    configRuleName: rules.map(({ id }) => ({ prefix: `${id}${DECORATION.slice(0, 8)}` })),
  },
});

/** Schedule of the EventBridge rule whose target is the function itself, without an input of its own. */
export const RECONCILIATION_SCHEDULE = 'rate(1 day)';

/** The function. The daily comparison takes as long as the throttle rates make it: the longest that Lambda allows. */
export const FUNCTION = { timeoutSeconds: 900, memoryMegabytes: 512 } as const;

/**
 * The queue between EventBridge and the function (a standard queue of SQS), and the schedule by which the function empties it.
 * The answer of the function names the messages that could not be published, and only these come back, until the queue
 * hands them to its dead-letter queue.
 */
export const QUEUE = {
  /** Name of the EventBridge rule that starts the function, and how often. */
  schedule: 's3-config-rules-publishing',
  rate: 'rate(20 minutes)',
  batchSize: 100,
  /** The function runs for 15 minutes at most, so that two may read the queue; the pace of the publisher is calculated from it. */
  maximumConcurrency: 2,
  /** Not shorter than the function runs; a message that failed comes back after this time. */
  visibilityTimeoutSeconds: 1200,
  maxReceiveCount: 5,
  /** A message keeps its age in the dead-letter queue, where it has to outlive this by days for a person to see it. */
  retentionSeconds: 4 * 24 * 3600,
} as const;

/**
 * The part of the throttle rates of Security Hub that each caller may use: of the environments that read the queue, and of the daily
 * comparison, which is one.
 */
export const SHARES = { queue: 0.5 / QUEUE.maximumConcurrency, daily: 0.5 } as const;

/**
 * The daily comparison is not begun again when it fails: the next day does, and what Security Hub refuses for good would only be
 * refused three times a day.
 */
export const RECONCILIATION_RETRIES = 0;

/** The `detail-type` of an event that has every finding of its account and Region archived, before the publisher is removed. */
export const ARCHIVE_ALL = 'Archive All Findings';
