const ENDS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const WITHIN = `${ENDS}.-`;
/** Begins like `a*` or `ab?*`, which leaves out no name of three characters, and then ends, or goes on with the key. */
const BEGINNING = /^([a-z0-9.-]{1,63})\?{0,2}\*(\/|$)/;
const ENDING = /^\?{0,2}\*([a-z0-9.-]{1,63})(\/|$)/;

/**
 * Do these globs for the names of buckets reach every name together, because each possible beginning, or each possible end, of a
 * name is written out: `a*` to `9*`, or `a*` to `8*` with `9a*` to `99*`?
 *
 * Source: Amazon S3 User Guide, "General purpose bucket naming rules": small letters, digits, dots and hyphens, a letter or
 * digit first and last.
 */
export function coverNamesTogether(names: readonly string[]): boolean {
  const found = (pattern: RegExp) => names.flatMap((name) => pattern.exec(name)?.[1] ?? []);
  const reversed = found(ENDING).map((end) => [...end].reverse().join(''));
  return [found(BEGINNING), reversed].some((beginnings) => isEvery(new Set(beginnings), '', ENDS));
}

function isEvery(beginnings: ReadonlySet<string>, start: string, next: string): boolean {
  const longer = [...beginnings].filter((each) => each.startsWith(start));
  if (longer.length < next.length) return false;
  return [...next].every(
    (char) => beginnings.has(start + char) || isEvery(new Set(longer), start + char, WITHIN),
  );
}
