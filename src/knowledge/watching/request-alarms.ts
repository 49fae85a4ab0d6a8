import { say } from '../../engine/message.ts';
import { flag, ownList, type ParamsOf } from '../../engine/parameters.ts';
import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { Alarm, WatchedMetric } from '../../facts/alarm.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Identity } from '../../records/reading.ts';
import type { EntryShape } from '../../settings/entry.ts';
import { list, listWithin } from '../../values/text.ts';
import { classificationTag, tagValue } from '../buckets/classification.ts';
import { named, type Reach, reachOfAlarm, unheard } from './alarm.ts';

type Bucket = Identity & Pick<BucketFacets, 'requestAlarms' | 'requestMetrics'>;

const metricEntry: EntryShape = {
  pattern: '^[A-Za-z0-9]{1,64}$',
  expected: 'the name of a request metric of S3',
};

const METRICS = ['4xxErrors', 'AllRequests', 'BytesDownloaded'] as const;

/** Which buckets hold sensitive data, and which of their metrics somebody must watch. */
export const requestAlarmDemands = {
  classificationTags: ownList(
    classificationTag,
    'Keys of tags, any of which may carry the classification.',
    ['data-classification'],
  ),
  classifications: ownList(tagValue, 'Values of the tag that call for alarms.', ['restricted']),
  metrics: ownList(
    metricEntry,
    'Request metrics that need an alarm; the default ones if empty.',
    METRICS,
  ),
  requireSubscription: flag(true, 'Whether a topic counts only with a confirmed subscription.'),
} as const;

/** Are the requests to a bucket with sensitive data measured, and is somebody told? @throws EvidenceUnavailable when it cannot be seen. */
export function judgeRequestAlarms(
  bucket: Bucket & Pick<BucketFacets, 'tags'>,
  demands: ParamsOf<typeof requestAlarmDemands>,
) {
  const { classificationTags, classifications, requireSubscription } = demands;
  const metrics = demands.metrics.length > 0 ? demands.metrics : METRICS;
  const values = classificationTags.map((key) => bucket.tags.get(key));
  const isSensitive = values.some(
    (value) => value !== undefined && classifications.includes(value),
  );
  if (!isSensitive) return say('notSensitive');
  if (bucket.requestMetrics.length === 0) return say('notMeasured');

  const unwatched = unwatchedMetrics(bucket, metrics, requireSubscription);
  const [first] = unwatched;
  if (first === undefined) return say('alarmed', { metrics: list(metrics) });
  const missing = listWithin(
    unwatched.map(({ metric }) => metric),
    110,
  );
  return say('unwatched', { missing, because: first.because }, { unwatched });
}

/** A metric without an alarm that somebody hears. */
export interface Unwatched {
  readonly metric: string;
  readonly because: string;
}

/**
 * The metrics on which no alarm for the whole bucket tells somebody. Whatever its threshold is: what is normal for a bucket,
 * its owner knows. An alarm on an expression counts for each metric that it takes in.
 * @throws EvidenceUnavailable when all that is missing may be heard in another account, which cannot be seen.
 */
export function unwatchedMetrics(
  bucket: Bucket,
  metrics: readonly string[],
  needsSubscription: boolean,
): readonly Unwatched[] {
  const found = metrics.map((metric) => ({
    metric,
    ...hearing(bucket, metric, needsSubscription),
  }));
  const unwatched = found.filter(({ reach }) => reach === 'nobody');
  const unseen = found.find(({ reach }) => reach === 'unseen');
  if (unwatched.length > 0 || unseen === undefined) {
    return unwatched.map(({ metric, because }) => ({ metric, because }));
  }
  const reason = `it is not known who hears of ${unseen.metric}, as ${unseen.because}`;
  throw new EvidenceUnavailable('requestAlarms', reason);
}

function hearing(
  bucket: Bucket,
  metric: string,
  needsSubscription: boolean,
): { readonly reach: Reach; readonly because: string } {
  const alarms = bucket.requestAlarms.filter((alarm) => isOn(alarm, bucket, metric));
  const [first] = alarms;
  if (first === undefined) {
    return {
      reach: 'nobody',
      because: `no alarm is on it with FilterId ${named(bucket.requestMetrics[0] ?? '')}`,
    };
  }
  const reaches = alarms.map((alarm) => reachOfAlarm(alarm, needsSubscription));
  if (reaches.includes('somebody')) return { reach: 'somebody', because: '' };
  const unseen = alarms[reaches.indexOf('unseen')];
  return unseen === undefined
    ? { reach: 'nobody', because: `alarm ${named(first.name)} ${unheard(first)}` }
    : {
        reach: 'unseen',
        because: `alarm ${named(unseen.name)} notifies a topic of another account`,
      };
}

const isOn = ({ metrics }: Alarm, bucket: Bucket, name: string) =>
  metrics.some((metric) => metric.name === name && isOfBucket(metric, bucket) && hasData(metric));

/** Metrics with other dimensions, or of a part of the bucket, are other metrics. */
function isOfBucket({ namespace, dimensions }: WatchedMetric, bucket: Bucket): boolean {
  const filter = dimensions.get('FilterId');
  return (
    namespace === 'AWS/S3' &&
    dimensions.size === 2 &&
    dimensions.get('BucketName') === bucket.name &&
    filter !== undefined &&
    bucket.requestMetrics.includes(filter)
  );
}

/** An alarm that asks for another unit gets no data (Amazon S3 User Guide, "Amazon S3 request metrics in CloudWatch"). */
const hasData = ({ name, unit }: WatchedMetric) => unit === null || unit === unitOf(name);

function unitOf(metric: string): string {
  if (metric.startsWith('Bytes')) return 'Bytes';
  return metric.endsWith('Latency') ? 'Milliseconds' : 'Count';
}
