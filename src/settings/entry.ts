/** What an entry of a list must look like: a pattern without nested repetition, and the words for it in errors. */
export interface EntryShape {
  readonly pattern: string;
  readonly expected: string;
}

export type ParameterValues = Readonly<Record<string, unknown>>;

/** What stands in a scope for every bucket whose tag gives it one of the classes in classification.sensitive. */
export const SENSITIVE = 'classification:sensitive';

const BUCKETS = '[A-Za-z0-9._*?-]{1,255}|[^=,]{1,128}=[^,]{1,256}';

/** Buckets by name, or by a tag. A name of a bucket holds no "=" and no ":", a value of a tag no * and no ?. */
export const bucketsEntry: EntryShape = {
  pattern: `^(${BUCKETS})$`,
  expected: 'a bucket name or tag=value (wildcards * and ? in the name and in the value)',
};

/** Which buckets a rule is for. */
export const scopeEntry: EntryShape = {
  pattern: `^(${BUCKETS}|${SENSITIVE})$`,
  expected:
    `a bucket name, tag=value (wildcards * and ? in the name and in the value), or ${SENSITIVE} ` +
    '(needs classification.tags and classification.sensitive in the settings)',
};

/** A tag has at most 128 characters as its key and 256 as its value; a comma would end the entry of a list. */
export const tagKeyEntry: EntryShape = { pattern: '^[^,]{1,128}$', expected: 'the key of a tag' };
export const tagValueEntry: EntryShape = {
  pattern: '^[^,]{1,256}$',
  expected: 'the value of a tag',
};
