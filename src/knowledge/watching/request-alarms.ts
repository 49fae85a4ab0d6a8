import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { Alarm, WatchedMetric } from '../../facts/alarm.ts';
import { named, type Reach, wayOfAlarm } from './alarm.ts';

/** What is known of the bucket. */
interface Bucket {
  readonly name: string;
  readonly requestAlarms: readonly Alarm[];
  readonly requestMetrics: readonly string[];
}

/** A metric without an alarm that notifies someone. */
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
  const reason = `it is not known who is notified of ${unseen.metric}, because ${unseen.because}`;
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
  const ways = alarms.map((alarm) => ({
    name: named(alarm.name),
    ...wayOfAlarm(alarm, needsSubscription),
  }));
  const { name, reach, because } =
    ways.find((way) => way.reach === 'somebody') ??
    ways.find((way) => way.reach === 'unseen') ??
    (ways[0] as (typeof ways)[number]);
  return { reach, because: reach === 'somebody' ? '' : `alarm ${name} ${because}` };
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
