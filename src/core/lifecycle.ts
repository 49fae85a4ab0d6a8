import type { LifecycleRule, Versioning } from './facets.ts';

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
 * noncurrent, so the noncurrent days come on top (Amazon S3 User Guide, "Expiring objects"); null means without end.
 */
export interface Retention {
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** The rule that ends the shortest retention. */
  readonly shortestBy: string;
}

export function effectiveRetention(
  rules: readonly LifecycleRule[],
  versioning: Versioning,
): Retention {
  const shortest = smallest(enabled(rules), (rule) =>
    rule.expirationDate === null ? rule.expirationDays : 0,
  );
  const longest = smallest(wholeBucket(rules), (rule) => rule.expirationDays);
  const noncurrentLongest =
    versioning.status === 'Off' ? 0 : (noncurrentAtMost(rules)?.days ?? null);
  return {
    atLeast: shortest === null ? null : plus(shortest.days, noncurrentShortest(rules, versioning)),
    atMost: longest === null ? null : plus(longest.days, noncurrentLongest),
    shortestBy: shortest?.rule ?? '',
  };
}

/** Suspended versioning may still hold old versions but keeps no new ones: it lengthens nothing one can rely on. */
function noncurrentShortest(
  rules: readonly LifecycleRule[],
  { status }: Versioning,
): number | null {
  if (status !== 'Enabled') return 0;
  return noncurrentAtLeast(rules)?.days ?? null;
}

const plus = (a: number, b: number | null) => (b === null ? null : a + b);
