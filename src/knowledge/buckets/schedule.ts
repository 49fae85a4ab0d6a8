import type { Identity } from '../../records/reading.ts';
import type { RetentionPeriod } from '../../settings/retention.ts';
import { byWidth, inScope } from './scope.ts';

interface Bucket extends Pick<Identity, 'name'> {
  readonly tags: ReadonlyMap<string, string>;
}

interface Period {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * How long the schedule has the bucket keep its objects, in days; null when it is not on the schedule. The narrowest entry
 * counts; of equally narrow ones the strictest bounds. The tags are asked for only where no name decides.
 */
export const keptBy = (bucket: Bucket, schedule: readonly RetentionPeriod[]): Period | null =>
  strictest(
    bucket,
    schedule.map(({ buckets, minimumDays, maximumDays }) => ({
      buckets,
      minimum: minimumDays,
      maximum: maximumDays,
    })),
  );

/** The same for noncurrent versions, from the entries that speak of them. */
export const noncurrentKeptBy = (
  bucket: Bucket,
  schedule: readonly RetentionPeriod[],
): Period | null =>
  strictest(
    bucket,
    schedule.flatMap(
      ({ buckets, noncurrentMinimumDays: minimum, noncurrentMaximumDays: maximum }) =>
        minimum === undefined || maximum === undefined ? [] : [{ buckets, minimum, maximum }],
    ),
  );

function strictest(
  bucket: Bucket,
  periods: readonly (Period & { readonly buckets: string })[],
): Period | null {
  const sorted = periods.toSorted((one, other) => byWidth(one.buckets, other.buckets));
  const first = sorted.find(({ buckets }) => inScope(bucket, [buckets]));
  if (first === undefined) return null;
  const equal = sorted.filter(
    ({ buckets }) => byWidth(buckets, first.buckets) === 0 && inScope(bucket, [buckets]),
  );
  return {
    minimum: Math.max(...equal.map(({ minimum }) => minimum)),
    maximum: Math.min(...equal.map(({ maximum }) => maximum)),
  };
}
