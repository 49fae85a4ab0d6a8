import type { LifecycleRule, ObjectLock, Versioning } from '../../facts/bucket-settings.ts';
import {
  type Bound,
  boundsNoncurrent,
  covering,
  EVERY_KEY,
  levelsOf,
  smallest,
  sooner,
  whyPartial,
  whyUnbounded,
} from './lifecycle.ts';

/** What decides how long the versions of a bucket stay. */
interface Versions {
  readonly lifecycle: readonly LifecycleRule[];
  readonly versioning: Versioning;
  readonly objectLock: ObjectLock | null;
}

/** What decides how long its objects stay: a rule may begin to expire them on a date. */
export interface Objects extends Versions {
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

/** The last bound: of the lifecycle rule, or of Object Lock where it holds longer. */
export interface LastBound extends Bound {
  readonly isLocked: boolean;
}

/** How long something stays, in days. */
export interface Life {
  /** The soonest that some of it is gone for good, and the rule that ends it; null when nothing ever goes. */
  readonly shortest: Bound | null;
  /** When the last of it is gone for good; null when some may stay without end. */
  readonly longest: LastBound | null;
}

/**
 * How long an object stays recoverable that is neither deleted nor overwritten, from its creation, under keys that begin so.
 *
 * On a versioned bucket expiry only makes a version noncurrent, so the noncurrent days come on top (Amazon S3 User Guide,
 * "Expiring objects"); where rules overlap, the earliest expiry counts ("How Amazon S3 handles conflicts in lifecycle
 * configurations"); on a date in the past S3 expires new objects at once ("Lifecycle configuration elements"); a locked
 * version outlives its expiration, in either mode, because a lifecycle does not delete protected versions ("Object Lock
 * considerations", Managing S3 Lifecycle policies with Object Lock). Object Lock counts for new objects, whose upload asks for
 * no other retention.
 *
 * @param keys how the keys begin; every key unless given.
 */
export function lifeOf(bucket: Objects, keys: readonly string[] = [EVERY_KEY]): Life {
  const { lifecycle, versioning } = bucket;
  let shortest: Bound | null = null;
  for (const { expiry, noncurrent } of levelsOf(lifecycle, keys)) {
    // Suspended versioning may still hold old versions but keeps no new ones: it lengthens nothing one can rely on.
    shortest = sooner(
      shortest,
      added(expiry, versioning.status === 'Enabled' ? noncurrent : AT_ONCE),
    );
  }
  const certain = shortest && { ...shortest, days: Math.max(shortest.days, certainLock(bucket)) };
  return {
    shortest: certain,
    longest: lastOf(
      keys.map((key) => endOf(bucket, key)),
      bucket,
    ),
  };
}

/** How long noncurrent versions stay, from the day they became noncurrent. Any of them may have been locked until then. */
export function noncurrentLife(bucket: Versions): Life {
  const { lifecycle } = bucket;
  const longest = smallest(covering(lifecycle, EVERY_KEY), boundsNoncurrent);
  return { shortest: afterDeletion(bucket), longest: lastOf([longest], bucket) };
}

/**
 * How long an object stays recoverable after a deletion that names no version, which takes no more than s3:DeleteObject: it
 * becomes noncurrent at once, and the lifecycle erases it the noncurrent days later (Amazon S3 User Guide, "Deleting object
 * versions from a versioning-enabled bucket"; S3 API reference, NoncurrentVersionExpiration). Null when it stays without end.
 * A number of newer versions to keep does not lengthen it: a caller who may write can add as many.
 */
export function afterDeletion(
  { lifecycle, versioning }: Pick<Versions, 'lifecycle' | 'versioning'>,
  keys: readonly string[] = [EVERY_KEY],
): Bound | null {
  if (versioning.status !== 'Enabled') return AT_ONCE;
  let soonest: Bound | null = null;
  for (const { noncurrent } of levelsOf(lifecycle, keys)) soonest = sooner(soonest, noncurrent);
  return soonest;
}

/** Why some object under these keys may stay without end: what keeps the expiry that comes closest from ending it. */
export function whyEndless(bucket: Objects, keys: readonly string[] = [EVERY_KEY]): string {
  const { lifecycle } = bucket;
  const key = keys.find((each) => endOf(bucket, each) === null) ?? EVERY_KEY;
  const rules = covering(lifecycle, key);
  if (rules.some((rule) => currentDays(rule, bucket) !== null)) {
    return `their noncurrent versions stay, because ${whyUnbounded(lifecycle, key)}`;
  }
  const later = rules.find(({ expirationDate }) => expirationDate !== null);
  if (later) return `rule ${later.id} expires them only from ${later.expirationDate} on`;
  const closest = lifecycle.find(
    (rule) => rule.expirationDays !== null || rule.expirationDate !== null,
  );
  return (closest && whyPartial(closest, key)) ?? 'no rule expires them after a number of days';
}

const AT_ONCE: Bound = { rule: '', days: 0 };

/** When the last object is gone whose key begins so, as far as the lifecycle goes; null without a bound. */
function endOf(bucket: Objects, key: string): Bound | null {
  const rules = covering(bucket.lifecycle, key);
  const expiry = smallest(rules, (rule) => currentDays(rule, bucket));
  return added(
    expiry,
    bucket.versioning.status === 'Off' ? AT_ONCE : smallest(rules, boundsNoncurrent),
  );
}

/** The age at which a rule expires any object; null when it does not, or not yet. */
function currentDays(
  { expirationDate, expirationDays }: LifecycleRule,
  bucket: Objects,
): number | null {
  if (expirationDate === null) return expirationDays;
  return /^\d{4}-\d{2}-\d{2}/.test(expirationDate) && expirationDate <= bucket.now ? 0 : null;
}

function added(current: Bound | null, noncurrent: Bound | null): Bound | null {
  if (current === null || noncurrent === null) return null;
  return { rule: current.rule, days: current.days + noncurrent.days };
}

/** The latest of these, all of which there must be, or the end of Object Lock if that is later. */
function lastOf(ends: readonly (Bound | null)[], { objectLock }: Versions): LastBound | null {
  let last: Bound | null = null;
  for (const end of ends) {
    if (end === null) return null;
    if (last === null || end.days > last.days) last = end;
  }
  const locked = objectLock?.defaultRetention?.days ?? 0;
  if (last === null) return null;
  return locked > last.days
    ? { rule: last.rule, days: locked, isLocked: true }
    : { ...last, isLocked: false };
}

/** For how many days no lifecycle erases a new version. A mode that is not known keeps nothing for certain. */
function certainLock({ versioning, objectLock }: Versions): number {
  const retention = objectLock?.defaultRetention;
  const isKnown = retention?.mode === 'COMPLIANCE' || retention?.mode === 'GOVERNANCE';
  return isKnown && versioning.status === 'Enabled' ? retention.days : 0;
}
