import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import { type Json, list, object, property, wrong } from '../../../values/json.ts';
import { collected, type InventoryFacet, reading } from '../../facet.ts';

const KEY = 'BucketTaggingConfiguration';

/**
 * In the item twice, below its own key and at the top, where {} means none. BatchGetResourceConfig filters out both (Config
 * API reference), and with it the population of a schedule: there the inventory has them.
 */
export const tags: InventoryFacet<ReadonlyMap<string, string>> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig'],
  records: ['AWS::S3::Bucket'],
  read: (item, inventory) =>
    carriesTags(item) ? reading(() => tagsOf(item)) : inventory.tags(item.resourceId),
};

/** Does the item say which tags there are, or that there are none? */
export function carriesTags(item: ConfigurationItem): boolean {
  return present(item.tags) || present(property(item.supplementary ?? {}, KEY));
}

/** @throws Malformed when they do not have the documented shape. */
export function tagsOf(item: ConfigurationItem): ReadonlyMap<string, string> {
  const configuration = property(item.supplementary ?? {}, KEY);
  const { tags } = item;
  if (!present(configuration)) {
    // Advanced queries write a list of keys and values instead of a map.
    return Array.isArray(tags)
      ? new Map(tags.map((tag) => pairOf(object(tag, 'tags[]'))))
      : mapOf(object(tags, 'tags'), 'tags');
  }
  const sets = list(object(collected(configuration), KEY)['tagSets'], `${KEY}.tagSets`);
  return new Map(
    sets.flatMap((set) => [
      ...mapOf(object(object(set, `${KEY}.tagSets[]`)['tags'], `${KEY}.tags`), `${KEY}.tags`),
    ]),
  );
}

const present = (value: unknown) => value !== undefined && value !== null;

function mapOf(tags: Json, where: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(tags).map(([key, value]) => [key, textOf(value, where)]));
}

function pairOf({ key, value }: Json): [string, string] {
  return [textOf(key, 'tags[].key'), textOf(value, 'tags[].value')];
}

/** A tag may have an empty value. */
function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw wrong(where, 'a text', value);
  return value;
}
