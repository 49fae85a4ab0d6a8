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
    const entries = value.map(canonical);
    if (entries.every((entry) => entry.startsWith('"'))) entries.sort(byText);
    return entries.length === 1 ? `${entries[0]}` : `[${entries.join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** Of texts, not of their spelling in JSON, in which an escape may come before what it stands for. */
function byText(one: string, other: string): number {
  const [a, b] = [JSON.parse(one), JSON.parse(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
