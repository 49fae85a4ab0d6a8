import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { UsageError } from '../io.ts';
import { wordsIn } from './chosen-rules.ts';
import { readableTags } from './grouping.ts';

/** Whether a record is judged. */
export type Wanted = (item: ConfigurationItem) => boolean;

/**
 * What --tags leaves: records that carry one of the tags, `key` or `key=value`. A record whose tags cannot be read is judged,
 * because it may be one of them. @throws UsageError
 */
export function tagFilterOf(given: string | undefined): Wanted {
  if (given === undefined) return () => true;
  const wanted = wordsIn(given).map((word) => {
    const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    return { key, value };
  });
  if (wanted.length === 0 || wanted.some(({ key }) => key === '')) {
    throw new UsageError('--tags: expected the key of a tag, or key=value.');
  }
  return (item) => {
    const tags = readableTags(item);
    if (tags === null) return true;
    return wanted.some(
      ({ key, value }) => tags.has(key) && (value === undefined || tags.get(key) === value),
    );
  };
}
