import { logDeliverers } from '../../facts/log-deliverers.ts';
import { matches } from '../../policy/language/glob.ts';
import type { Identity } from '../../records/reading.ts';
import type { EntryShape } from '../../settings/entry.ts';

/** Which buckets a rule is for: by name, or by a tag. A name of a bucket holds no "=", a value of a tag no * and no ?. */
export const scopeEntry: EntryShape = {
  pattern: '^([A-Za-z0-9._*?-]{1,255}|[^=,]{1,128}=[^,]{1,256})$',
  expected: 'a bucket name or tag=value (wildcards * and ? in the name and in the value)',
};

const ROLES = logDeliverers.map(({ role }) => role).sort();

/** Which role of a bucket. */
export const roleEntry: EntryShape = {
  pattern: `^(${ROLES.join('|')})$`,
  expected: `one of ${ROLES.join(', ')}`,
};

/** Is the bucket one of those? Its tags are looked at only where no name decides. */
export function inScope(
  bucket: Pick<Identity, 'name'> & { readonly tags: ReadonlyMap<string, string> },
  entries: readonly string[],
): boolean {
  const names = entries.filter((entry) => !entry.includes('='));
  if (names.some((name) => matches(name, bucket.name))) return true;
  return entries
    .filter((entry) => entry.includes('='))
    .some((entry) => {
      const at = entry.indexOf('=');
      const value = bucket.tags.get(entry.slice(0, at));
      return value !== undefined && matches(entry.slice(at + 1), value);
    });
}

/** A tag has at most 128 characters as its key and 256 as its value; a comma would end the entry of a list. */
export const tagKeyEntry: EntryShape = { pattern: '^[^,]{1,128}$', expected: 'the key of a tag' };
export const tagValueEntry: EntryShape = {
  pattern: '^[^,]{1,256}$',
  expected: 'the value of a tag',
};
