import type { LifecycleRule } from '../../facts/bucket-settings.ts';

/** The rule that decides, and its number of days. */
export interface Bound {
  /** Id of the lifecycle rule. */
  readonly rule: string;
  readonly days: number;
}

type Rules = readonly LifecycleRule[];

/** Every key of a bucket begins with this. */
export const EVERY_KEY = '';

/** Enabled rules that reach every object whose key begins so: a tag or a size leaves objects out, so such a rule bounds nothing. */
export const covering = (rules: Rules, key: string): Rules =>
  rules.filter(
    ({ enabled, prefix, filter }) => enabled && filter === null && key.startsWith(prefix),
  );

/** The soonest that rules end something of the keys that begin so; null where none does. */
export interface Level {
  readonly key: string;
  readonly expiry: Bound | null;
  readonly noncurrent: Bound | null;
}

/**
 * The levels at and below some keys at which the rules that reach objects change, because the prefix of another one begins.
 * Sorted, what begins with a text follows it, so each is looked at once.
 */
export function* levelsOf(rules: Rules, keys: readonly string[]): Generator<Level> {
  const own = new Map<string, LifecycleRule[]>(keys.map((key) => [key, []]));
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    const same = own.get(rule.prefix);
    if (same) same.push(rule);
    else own.set(rule.prefix, [rule]);
  }
  const asked = new Set(keys);
  const path: (Level & { readonly isAsked: boolean })[] = [];
  for (const key of [...own.keys()].sort()) {
    while (path.length > 0 && !key.startsWith(path.at(-1)?.key ?? '')) path.pop();
    const above = path.at(-1);
    const here = own.get(key) ?? [];
    const level = {
      key,
      isAsked: above?.isAsked || asked.has(key),
      // Some day before a date an object is new, and goes on the next.
      expiry: sooner(
        above?.expiry,
        smallest(here, (rule) => (rule.expirationDate ? 0 : rule.expirationDays)),
      ),
      noncurrent: sooner(
        above?.noncurrent,
        smallest(here, (rule) => rule.noncurrentDays),
      ),
    };
    path.push(level);
    if (level.isAsked) yield level;
  }
}

/** The one with fewer days; the first if both have as many. */
export function sooner(one: Bound | null | undefined, other: Bound | null): Bound | null {
  if (!one || !other) return one ?? other;
  return other.days < one.days ? other : one;
}

export function smallest(rules: Rules, days: (rule: LifecycleRule) => number | null): Bound | null {
  let least: Bound | null = null;
  for (const rule of rules) {
    const count = days(rule);
    least = sooner(least, count === null ? null : { rule: rule.id, days: count });
  }
  return least;
}

/**
 * A rule that retains a number of newer versions keeps those for ever (S3 API reference, NoncurrentVersionExpiration), so it
 * is no bound in time.
 */
export const boundsNoncurrent = ({ noncurrentDays, newerNoncurrentVersions }: LifecycleRule) =>
  newerNoncurrentVersions === null ? noncurrentDays : null;

/**
 * Delete markers left without versions are removed bucket-wide: asked for, or as part of an expiry in days
 * (Amazon S3 User Guide, "Examples of S3 Lifecycle configurations": Days performs the cleanup by itself).
 */
export function removesDeleteMarkers(rules: Rules): boolean {
  return covering(rules, EVERY_KEY).some(
    (rule) => rule.removesExpiredDeleteMarkers || rule.expirationDays !== null,
  );
}

/** The longest an unfinished multipart upload of any key is kept; null without a bound. */
export function incompleteUploadsAtMost(rules: Rules): Bound | null {
  return smallest(covering(rules, EVERY_KEY), (rule) => rule.abortIncompleteUploadDays);
}

/** Why noncurrent versions of these keys are not bounded: what keeps the rule that comes closest from doing it. */
export function whyUnbounded(rules: Rules, key = EVERY_KEY): string {
  const closest =
    covering(rules, key).find((rule) => rule.noncurrentDays !== null) ??
    rules.find((rule) => rule.noncurrentDays !== null);
  if (closest === undefined) return 'no rule expires them';
  const { id, newerNoncurrentVersions } = closest;
  return (
    whyPartial(closest, key) ??
    `rule ${id} keeps ${newerNoncurrentVersions} newer versions without a time limit`
  );
}

/** What keeps a rule from reaching every object whose key begins so; null when nothing does. */
export function whyPartial({ id, enabled, prefix, filter }: LifecycleRule, key: string) {
  if (!enabled) return `rule ${id} is disabled`;
  if (key.startsWith(prefix) && filter === null) return null;
  const parts = [...(prefix === '' ? [] : [`prefix ${prefix}`]), ...(filter ? [filter] : [])];
  return `rule ${id} covers only ${parts.join(' and ')}`;
}
