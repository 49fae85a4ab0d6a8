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

/** Enabled rules that reach some object whose key begins so and goes on in a way that no other prefix names. */
export const reaching = (rules: Rules, key: string): Rules =>
  rules.filter(({ enabled, prefix }) => enabled && key.startsWith(prefix));

/** Enabled rules that reach every object whose key begins so: a tag or a size leaves objects out, so such a rule bounds nothing. */
export const covering = (rules: Rules, key: string): Rules =>
  reaching(rules, key).filter(({ filter }) => filter === null);

/** Enabled rules that reach some object whose key begins in one of these ways. */
export const touching = (rules: Rules, keys: readonly string[]): Rules =>
  rules.filter(
    ({ enabled, prefix }) =>
      enabled && keys.some((key) => key.startsWith(prefix) || prefix.startsWith(key)),
  );

/** These keys, and where below them another rule begins to apply: in between the same rules do. */
export function turningPoints(rules: Rules, keys: readonly string[]): ReadonlySet<string> {
  const prefixes = touching(rules, keys).map(({ prefix }) => prefix);
  const below = prefixes.filter((prefix) => keys.some((key) => prefix.startsWith(key)));
  return new Set([...keys, ...below]);
}

export function smallest(rules: Rules, days: (rule: LifecycleRule) => number | null): Bound | null {
  let least: Bound | null = null;
  for (const rule of rules) {
    const count = days(rule);
    if (count !== null && (least === null || count < least.days))
      least = { rule: rule.id, days: count };
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
