import type { Alarm, MetricFilter, Receiver } from '../src/facts/alarm.ts';
import type { RegionRules, WatchedLogGroup, WatchedTrail } from '../src/facts/watching.ts';
import { securityEvents } from '../src/knowledge/watching/s3-events.ts';

const ACCOUNT = '123456789012';

/** A topic of the account that somebody has subscribed to, unless told otherwise. */
export const topic = (subscribers: Receiver['subscribers'] = 'some'): Receiver => ({
  arn: `arn:aws:sns:eu-central-1:${ACCOUNT}:security`,
  subscribers,
});

/** An alarm on one metric, which one event raises and which notifies {@link topic}, but for what is given. */
export function alarm(parts: Partial<Alarm> = {}): Alarm {
  return {
    name: 's3-changes',
    actionsEnabled: true,
    receivers: [topic()],
    metrics: [watched()],
    usesMath: false,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'notBreaching',
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
  filters: [metricFilter()],
  ...parts,
});

export const trail = (parts: Partial<WatchedTrail> = {}): WatchedTrail => ({
  name: 'main',
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
