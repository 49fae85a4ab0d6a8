import { Bounded } from './cache.ts';

/**
 * A policy in the one form that all its spellings share, so that two hashes differ when two policies do: JSON without white
 * space and with the keys of every object in the order of their UTF-16 code units (RFC 8785), in which lists of texts are
 * sorted and a list of one entry is that entry. S3 reorders lists and unwraps single entries by itself when it stores a
 * policy (hashicorp/terraform issue 2432, hashicorp/terraform-provider-aws issues 13144 and 24338), and neither
 * changes what the policy says.
 *
 * @param text a policy that `parsePolicy` accepts, which bounds how deep it goes.
 */
export const canonicalPolicy = (text: string): string => canonical(JSON.parse(text));

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const entries = value.map(entryOf);
    const sorted = entries.every(isText) ? byText(entries) : entries;
    return sorted.length === 1 ? `${sorted[0]}` : `[${sorted.join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** The statements of a policy, by their text: most are those of other policies. */
const statements = new Bounded<string>(2000);

const entryOf = (entry: unknown): string =>
  typeof entry === 'object'
    ? statements.get(JSON.stringify(entry), () => canonical(entry))
    : canonical(entry);

const isText = (entry: string) => entry.startsWith('"');

/** Sorted as texts, not by their spelling in JSON, in which an escape may come before what it stands for. */
function byText(entries: readonly string[]): readonly string[] {
  const decoded = entries.map((entry) => ({ entry, text: decode(entry) }));
  return decoded.sort((a, b) => inOrder(a.text, b.text)).map(({ entry }) => entry);
}

const decode = (entry: string): string =>
  entry.includes('\\') ? JSON.parse(entry) : entry.slice(1, -1);

const inOrder = (one: string, other: string): number => (one < other ? -1 : 1);
