import type { ResourceKey } from './faults.ts';

interface Index {
  length: number;
  last: string | undefined;
  readonly places: Map<string, number[]>;
}

const indexes = new WeakMap<readonly ResourceKey[], Index>();
const textOf = ({ resourceType, resourceId }: ResourceKey) => `${resourceType} ${resourceId}`;

/**
 * Where the entries of a resource stand in a list, in its order, without a look at every entry each time. Tests change the lists
 * as they like: an entry that is pushed is added, and a list whose length or last resource is another is read anew.
 */
function indexOf(list: readonly ResourceKey[]): Index {
  let index = indexes.get(list);
  const last = index && list[index.length - 1];
  if (index === undefined || index.last !== (last && textOf(last))) {
    index = { length: 0, last: undefined, places: new Map() };
    indexes.set(list, index);
  }
  for (; index.length < list.length; index.length++) {
    const entry = list[index.length];
    if (entry === undefined) continue;
    index.last = textOf(entry);
    const places = index.places.get(index.last);
    if (places === undefined) index.places.set(index.last, [index.length]);
    else places.push(index.length);
  }
  return index;
}

const placesOf = (list: readonly ResourceKey[], key: ResourceKey): readonly number[] =>
  indexOf(list).places.get(textOf(key)) ?? [];

/** All entries of a resource, in the order of the list. */
export const ofResource = <T extends ResourceKey>(list: readonly T[], key: ResourceKey): T[] =>
  placesOf(list, key).flatMap((at) => list[at] ?? []);

/** Puts an entry in the place of that of the same resource, or at the end. The list has one of each resource. */
export function put<T extends ResourceKey>(list: T[], entry: T): void {
  const [at = list.length] = placesOf(list, entry);
  list[at] = entry;
}

/** Removes a resource from a list that has one of each: the last takes its place. */
export function remove<T extends ResourceKey>(list: T[], key: ResourceKey): void {
  const index = indexOf(list);
  const [at] = index.places.get(textOf(key)) ?? [];
  if (at === undefined) return;
  const last = list.pop();
  if (last === undefined) return;
  index.places.delete(textOf(key));
  index.length = list.length;
  if (at < list.length) {
    list[at] = last;
    index.places.set(textOf(last), [at]);
  }
  const end = list.at(-1);
  index.last = end && textOf(end);
}
