import { skip } from '../../engine/message.ts';
import { scopeList } from '../../engine/parameters.ts';
import { asking } from '../../engine/precedents/asking.ts';
import { logDeliverers } from '../../facts/log-deliverers.ts';
import { matches } from '../../policy/language/glob.ts';
import type { Identity } from '../../records/reading.ts';
import { type EntryShape, tagKeyEntry, tagValueEntry } from '../../settings/entry.ts';
import { cut } from '../../values/text.ts';

export { tagKeyEntry, tagValueEntry };

const ROLES = logDeliverers.map(({ role }) => role).sort();

/** Which role of a bucket. */
export const roleEntry: EntryShape = {
  pattern: `^(${ROLES.join('|')})$`,
  expected: `one of ${ROLES.join(', ')}`,
};

/** Parameters of a rule that judges every bucket, unless an organization narrows it. */
export const scope = {
  appliesTo: scopeList(
    'Buckets that are judged; every bucket if empty. Control who may set a tag that you name here.',
  ),
  exceptFor: scopeList(
    'Buckets that are not judged, even if appliesTo names them. Control who may set a tag that you name here.',
  ),
} as const;

/** What such a rule says of a bucket that {@link leftOut} answers for. */
export const exempt = skip('The settings leave the bucket out of this rule: {because}.');

interface Bucket extends Pick<Identity, 'name'> {
  readonly tags: ReadonlyMap<string, string>;
}

interface Scope {
  readonly appliesTo: readonly string[];
  readonly exceptFor: readonly string[];
}

/** Why the settings leave the bucket out of a rule, by the entry that does; null when it is judged. Names decide before tags. */
export function leftOut(bucket: Bucket, { appliesTo, exceptFor }: Scope): string | null {
  const excepted = (entry: string | undefined) =>
    entry === undefined ? null : `exceptFor has ${cut(entry, 150)}`;
  const byName = excepted(namedBy(bucket, exceptFor));
  if (byName !== null) return byName;
  const isNamed = appliesTo.length === 0 || namedBy(bucket, appliesTo) !== undefined;
  const mayBeTagged = appliesTo.some(isTag);
  const isIn = isNamed || (mayBeTagged && taggedBy(bucket, appliesTo) !== undefined);
  if (!isIn) return 'no entry of appliesTo is for it';
  return excepted(taggedBy(bucket, exceptFor));
}

/** Is the bucket one of those? Its tags are looked at only where no name decides. */
export const inScope = (bucket: Bucket, entries: readonly string[]): boolean =>
  (namedBy(bucket, entries) ?? taggedBy(bucket, entries)) !== undefined;

const isTag = (entry: string) => entry.includes('=');

/** The name is asked for only where an entry is about names. */
const namedBy = (bucket: Bucket, entries: readonly string[]) => {
  const names = entries.filter((entry) => !isTag(entry));
  if (names.length === 0) return undefined;
  const first = asking(bucket, ({ name }) => names.findIndex((entry) => matches(entry, name)));
  return names[first];
};

/** The tags are asked for only where an entry is about a tag. */
const taggedBy = (bucket: Bucket, entries: readonly string[]) =>
  entries.filter(isTag).find((entry) =>
    // The key of a tag may hold "=" (AWS General Reference, "Tagging AWS resources"): each of them may be the one between.
    [...entry.matchAll(/=/g)].some(({ index }) => {
      const value = bucket.tags.get(entry.slice(0, index));
      return value !== undefined && matches(entry.slice(index + 1), value);
    }),
  );

/** Entries from the narrowest to the widest: names before tags, exact ones before wildcards, longer ones first. */
export function byWidth(one: string, other: string): number {
  const widths = [one, other].map((entry) => {
    const text = isTag(entry) ? entry.slice(entry.indexOf('=') + 1) : entry;
    const literal = text.replace(/[*?]/g, '').length;
    return [
      isTag(entry) ? 1 : 0,
      literal < text.length ? 1 : 0,
      literal < text.length ? -literal : 0,
    ];
  });
  const [left = [], right = []] = widths;
  return left.map((width, at) => width - (right[at] ?? 0)).find((gap) => gap !== 0) ?? 0;
}
