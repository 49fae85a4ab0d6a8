import { say } from '../../engine/message.ts';
import { days, flag, listFrom, type ParamsOf } from '../../engine/parameters.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Identity } from '../../records/reading.ts';
import { resistsDeletion } from './deletion.ts';
import { effectiveRetention, whyEndless } from './lifecycle.ts';
import { deliveryObstacle } from './log-delivery.ts';
import { inScope } from './scope.ts';

type Bucket<F extends keyof BucketFacets> = Identity & Pick<BucketFacets, F>;

/** Which buckets hold logs, and how long those stay. */
export const logRetention = {
  logBuckets: listFrom('logs.approvedTargets', 'Buckets that count as receiving logs in any case.'),
  minimumDays: days(365, 'Days that logs stay recoverable at least.', { atMost: 'maximumDays' }),
  maximumDays: days(2557, 'Days after which logs are gone for good.'),
  allowUnlimited: flag(false, 'Whether logs may be kept without end.'),
  requireVersioning: flag(true, 'Whether versioning must be enabled.'),
  requireDeletionProtection: flag(true, 'Whether versions must be protected from deletion.'),
} as const;

/** Are the logs that arrive in the bucket kept long enough, not too long, and out of reach of an intruder? */
export function judgeLogRetention(
  bucket: Bucket<'roles' | 'versioning' | 'lifecycle' | 'objectLock' | 'policy' | 'encryption'>,
  params: ParamsOf<typeof logRetention>,
) {
  const isListed = params.logBuckets.includes(bucket.name);
  const because = bucket.roles[0]?.because ?? (isListed ? 'it is an approved target' : null);
  if (because === null) return say('noLogs');

  const takesAccessLogs = bucket.roles.some(({ role }) => role === 'access-log-target');
  const obstacle = takesAccessLogs ? deliveryObstacle(bucket) : null;
  if (obstacle !== null) return say('undeliverable', { obstacle });
  const { status } = bucket.versioning;
  const isVersioned = status === 'Enabled' || !params.requireVersioning;
  if (!isVersioned) return say('notVersioned', { because, status });

  const { shortest, longest } = effectiveRetention(bucket.lifecycle, bucket.versioning);
  const { minimumDays: minimum, maximumDays: maximum } = params;
  if (shortest && shortest.days < minimum)
    return say('tooShort', { because, ...shortest, minimum });
  if (longest === null && !params.allowUnlimited) return say('unlimited', { because });
  if (longest && longest.days > maximum) return say('tooLong', { because, ...longest, maximum });
  const isDeletable = params.requireDeletionProtection && !resistsDeletion(bucket, minimum);
  if (isDeletable) return say('deletable', { because, minimum });
  return longest ? say('retained', { because, ...longest }) : say('retainedForever', { because });
}

/** Is every object of a bucket on the schedule gone for good within its band of days, and not before? */
export function judgeExpiration(
  bucket: Bucket<'tags' | 'lifecycle' | 'versioning' | 'objectLock'>,
  {
    appliesTo,
    minimumDays: minimum,
    maximumDays: maximum,
  }: {
    readonly appliesTo: readonly string[];
    readonly minimumDays: number;
    readonly maximumDays: number;
  },
) {
  if (!inScope(bucket, appliesTo)) return say('notNamed');
  const { shortest, longest } = effectiveRetention(bucket.lifecycle, bucket.versioning);
  if (longest === null) return say('endless', { reason: whyEndless(bucket.lifecycle) });
  if (longest.days > maximum) return say('tooLong', { ...longest, maximum });
  // What is locked outlives its expiry.
  const locked = bucket.objectLock?.defaultRetention?.days ?? 0;
  if (locked > maximum) return say('locked', { days: locked, maximum });
  if (shortest && shortest.days < minimum) return say('tooShort', { ...shortest, minimum });
  return say('erased', { ...longest, days: Math.max(longest.days, locked) });
}
