import { say } from '../../engine/message.ts';
import type { EntryShape } from '../../settings/entry.ts';
import { list } from '../../values/text.ts';

/** What a key and a value of a tag may be (at most 128 and 256 characters); a comma would end the entry of a list. */
export const classificationTag: EntryShape = {
  pattern: '^[^,]{1,128}$',
  expected: 'the key of a tag',
};
export const tagValue: EntryShape = {
  pattern: '^[^,]{1,256}$',
  expected: 'the value of a tag',
};

/** What the tags say of the data, by the first of the keys that is there. */
export function judgeClassification(
  tags: ReadonlyMap<string, string>,
  {
    classificationTags: keys,
    allowedValues: allowed,
  }: { readonly classificationTags: readonly string[]; readonly allowedValues: readonly string[] },
) {
  const found = keys.flatMap((key) => {
    const value = tags.get(key);
    return value === undefined ? [] : [{ key, value }];
  });
  const [first] = found;
  if (first === undefined) return say('missing', { keys: list(keys) });
  const empty = found.find(({ value }) => value === '');
  if (empty) return say('empty', empty);
  // Two tags that disagree count by the worse: one that nobody allowed.
  const wrong = found.find(({ value }) => allowed.length > 0 && !allowed.includes(value));
  return wrong ? say('notAllowed', { ...wrong, count: allowed.length }) : say('classified', first);
}
