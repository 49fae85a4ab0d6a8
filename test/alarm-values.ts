import type { Alarm, CompositeAlarm, MetricFilter, OtherWays } from '../src/facts/alarm.ts';
import type { EventRule, Receiver } from '../src/facts/receiver.ts';
import type { RegionRules, WatchedLogGroup, WatchedTrail } from '../src/facts/watching.ts';
import { securityEvents } from '../src/knowledge/watching/s3-events.ts';

const ACCOUNT = '123456789012';

/** A topic of the account that somebody has subscribed to, unless told otherwise. */
export const topic = (subscribers: Receiver['subscribers'] = 'some'): Receiver => ({
  arn: `arn:aws:sns:eu-central-1:${ACCOUNT}:security`,
  subscribers,
  topic: null,
});

/** The same with a policy that keeps everyone out. */
export const closedTopic = (): Receiver => ({
  ...topic(),
  topic: { value: { policy: { version: '2012-10-17', statements: [] }, key: null } },
});

/** What else in the Region of an alarm may tell of it. */
export const others = (parts: Partial<OtherWays>): { readonly value: OtherWays } => ({
  value: { composites: [], rules: [], ...parts },
});

/** A composite alarm on the alarm `s3-changes`, which notifies {@link topic}, but for what is given. */
export const composite = (parts: Partial<CompositeAlarm> = {}): CompositeAlarm => ({
  name: 'all',
  arn: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:all`,
  rule: 'ALARM(s3-changes) OR ALARM(other)',
  actionsEnabled: true,
  isSuppressible: false,
  receivers: [topic()],
  ...parts,
});

/** A rule of EventBridge on alarms, which hands them to {@link topic}, but for what is given. */
export const ruleOnAlarms = (detail?: object, parts: Partial<EventRule> = {}): EventRule => ({
  name: 'alarms',
  arn: `arn:aws:events:eu-central-1:${ACCOUNT}:rule/alarms`,
  pattern: JSON.stringify({
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    ...(detail === undefined ? {} : { detail }),
  }),
  seesReads: false,
  targets: [topic()],
  ...parts,
});

/** An alarm on one metric, which one event raises and which notifies {@link topic}, but for what is given. */
export function alarm(parts: Partial<Alarm> = {}): Alarm {
  return {
    name: 's3-changes',
    arn: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:s3-changes`,
    actionsEnabled: true,
    receivers: [topic()],
    metrics: [watched()],
    usesMath: false,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'notBreaching',
    others: { value: { composites: [], rules: [] } },
    ...parts,
  };
}

export function watched(parts: Partial<Alarm['metrics'][number]> = {}): Alarm['metrics'][number] {
  return {
    namespace: 'CloudTrailMetrics',
    name: 'S3Changes',
    dimensions: new Map(),
    statistic: 'Sum',
    periodSeconds: 300,
    unit: null,
    ...parts,
  };
}

/** A filter on everything the rule asks for by default, with one alarm, but for what is given. */
export function metricFilter(parts: Partial<MetricFilter> = {}): MetricFilter {
  return {
    name: 's3-filter',
    pattern: patternOf(securityEvents),
    metric: { namespace: 'CloudTrailMetrics', name: 'S3Changes', unit: 'None' },
    value: 1,
    defaultValue: null,
    hasDimensions: false,
    isNarrowed: false,
    alarms: [alarm()],
    ...parts,
  };
}

/** As the CIS AWS Foundations Benchmark spells it. */
export function patternOf(events: readonly string[]): string {
  const tests = events.map((event) =>
    event === 'AccessDenied' ? '($.errorCode = "AccessDenied*")' : `($.eventName = ${event})`,
  );
  return `{ ($.eventSource = s3.amazonaws.com) && (${tests.join(' || ')}) }`;
}

export const logGroup = (parts: Partial<WatchedLogGroup> = {}): WatchedLogGroup => ({
  name: 'trail-log',
  account: ACCOUNT,
  deliveryError: null,
  deliveredAt: '2026-03-02T11:45:00.000Z',
  filters: [metricFilter()],
  ...parts,
});

export const trail = (parts: Partial<WatchedTrail> = {}): WatchedTrail => ({
  name: 'main',
  arn: `arn:aws:cloudtrail:eu-central-1:${ACCOUNT}:trail/main`,
  region: 'eu-central-1',
  isMultiRegion: true,
  records: { reads: true, writes: true },
  logGroup: logGroup(),
  ...parts,
});

/** One rule in a Region, which hands these events to {@link topic}. */
export const regionRules = (
  region: string,
  detail: object = { eventName: securityEvents.filter((event) => event !== 'AccessDenied') },
  parts: Partial<RegionRules['rules'][number]> = {},
): RegionRules => ({
  region,
  rules: [
    {
      name: 's3-rule',
      arn: `arn:aws:events:${region}:${ACCOUNT}:rule/s3-rule`,
      pattern: JSON.stringify({
        source: ['aws.s3'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail,
      }),
      seesReads: false,
      targets: [topic()],
      ...parts,
    },
  ],
});
