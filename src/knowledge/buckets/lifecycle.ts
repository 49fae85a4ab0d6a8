import type { LifecycleRule, Versioning } from '../../facts/bucket-settings.ts';

/** The rule that decides, and its number of days. */
export interface Bound {
  /** Id of the lifecycle rule. */
  readonly rule: string;
  readonly days: number;
}

const enabled = (rules: readonly LifecycleRule[]) => rules.filter((rule) => rule.enabled);

/** Enabled rules that reach every key: a prefix, tag or size filter leaves keys out, so such a rule bounds nothing. */
const wholeBucket = (rules: readonly LifecycleRule[]) =>
  enabled(rules).filter((rule) => rule.narrowedTo === null);

function smallest(
  rules: readonly LifecycleRule[],
  days: (rule: LifecycleRule) => number | null,
): Bound | null {
  let least: Bound | null = null;
  for (const rule of rules) {
    const count = days(rule);
    if (count !== null && (least === null || count < least.days))
      least = { rule: rule.id, days: count };
  }
  return least;
}

/**
 * The longest a noncurrent version of any key is kept; null without a bound. A rule that retains a number of newer
 * versions keeps those for ever (S3 API reference, NoncurrentVersionExpiration), so it is no bound in time.
 */
export function noncurrentAtMost(rules: readonly LifecycleRule[]): Bound | null {
  return smallest(wholeBucket(rules), (rule) =>
    rule.newerNoncurrentVersions === null ? rule.noncurrentDays : null,
  );
}

/** The shortest a noncurrent version of some key is kept: where rules overlap, S3 applies the earliest expiry. */
export function noncurrentAtLeast(rules: readonly LifecycleRule[]): Bound | null {
  return smallest(enabled(rules), (rule) => rule.noncurrentDays);
}

/**
 * Delete markers left without versions are removed bucket-wide: asked for, or as part of an expiry in days
 * (Amazon S3 User Guide, "Examples of S3 Lifecycle configurations": Days performs the cleanup by itself).
 */
export function removesDeleteMarkers(rules: readonly LifecycleRule[]): boolean {
  return wholeBucket(rules).some(
    (rule) => rule.removesExpiredDeleteMarkers || rule.expirationDays !== null,
  );
}

/** The longest an unfinished multipart upload of any key is kept; null without a bound. */
export function incompleteUploadsAtMost(rules: readonly LifecycleRule[]): Bound | null {
  return smallest(wholeBucket(rules), (rule) => rule.abortIncompleteUploadDays);
}

/**
 * How long an object stays recoverable, in days from its creation. On a versioned bucket expiry only makes a version
 * noncurrent, so the noncurrent days come on top (Amazon S3 User Guide, "Expiring objects").
 */
export interface Retention {
  /** The soonest that some object is gone for good, and the rule that ends it; null when nothing ever goes. */
  readonly shortest: Bound | null;
  /** When the last object of any key is gone for good; null when some may stay without end. */
  readonly longest: Bound | null;
}

export function effectiveRetention(
  rules: readonly LifecycleRule[],
  { status }: Versioning,
): Retention {
  const soonest = smallest(enabled(rules), (rule) =>
    rule.expirationDate === null ? rule.expirationDays : 0,
  );
  const latest = smallest(wholeBucket(rules), (rule) => rule.expirationDays);
  // Suspended versioning may still hold old versions but keeps no new ones: it lengthens nothing one can rely on.
  const never = { rule: '', days: 0 };
  return {
    shortest: sum(soonest, status === 'Enabled' ? noncurrentAtLeast(rules) : never),
    longest: sum(latest, status === 'Off' ? never : noncurrentAtMost(rules)),
  };
}

function sum(current: Bound | null, noncurrent: Bound | null): Bound | null {
  if (current === null || noncurrent === null) return null;
  return { rule: current.rule, days: current.days + noncurrent.days };
}

/** Why some object may stay without end: what keeps the expiry that comes closest from ending it. */
export function whyEndless(rules: readonly LifecycleRule[]): string {
  if (wholeBucket(rules).some(({ expirationDays }) => expirationDays !== null)) {
    return `their noncurrent versions stay, because ${whyUnbounded(rules)}`;
  }
  const closest = rules.find(({ expirationDays }) => expirationDays !== null);
  if (closest === undefined) return 'no rule expires them after a number of days';
  const { id, enabled, narrowedTo } = closest;
  return enabled ? `rule ${id} covers only ${narrowedTo}` : `rule ${id} is disabled`;
}

/** Why noncurrent versions are not bounded bucket-wide: what keeps the rule that comes closest from doing it. */
export function whyUnbounded(rules: readonly LifecycleRule[]): string {
  const closest = rules.find((rule) => rule.noncurrentDays !== null);
  if (closest === undefined) return 'no rule expires them';
  const { id, narrowedTo, newerNoncurrentVersions } = closest;
  if (!closest.enabled) return `rule ${id} is disabled`;
  if (narrowedTo !== null) return `rule ${id} covers only ${narrowedTo}`;
  return `rule ${id} keeps ${newerNoncurrentVersions} newer versions without a time limit`;
}
