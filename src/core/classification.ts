import type { EntryShape } from './parameters.ts';

/** What a key and a value of a tag may be (at most 128 and 256 characters); a comma would end the entry of a list. */
export const classificationTag: EntryShape = {
  pattern: '^[^,]{1,128}$',
  expected: 'the key of a tag',
};
export const tagValue: EntryShape = {
  pattern: '^[^,]{1,256}$',
  expected: 'the value of a tag',
};
