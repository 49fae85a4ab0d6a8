import fc from 'fast-check';

/** Where a node of a JSON value stands. */
export type Path = readonly (string | number)[];
type Parent = Record<string | number, unknown>;

const isParent = (value: unknown): value is Parent => typeof value === 'object' && value !== null;

/** Every node below the root, parents first. */
export function pathsOf(value: unknown, at: Path = []): Path[] {
  if (!isParent(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    [...at, key],
    ...pathsOf(child, [...at, key]),
  ]);
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce((value, key) => (isParent(value) ? value[key] : undefined), root);
}

/** A copy with one node replaced, or removed when there is no replacement. */
export function withNode<T>(root: T, path: Path, replacement?: { readonly value: unknown }): T {
  const copy = structuredClone(root);
  const parent = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (!isParent(parent)) return copy;
  if (replacement) parent[key] = replacement.value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}

/** One node of the value deleted, replaced by any JSON value, or turned into text. */
export const mutationsOf = <T>(root: T): fc.Arbitrary<T> =>
  fc
    .tuple(
      fc.constantFrom(...pathsOf(root)),
      fc.oneof(
        fc.constant(undefined),
        fc.jsonValue({ maxDepth: 2 }).map((value) => () => value),
        fc.constant((value: unknown) => JSON.stringify(value)),
        fc.constant((value: unknown) => [value]),
      ),
    )
    .map(([path, change]) =>
      withNode(root, path, change && { value: change(valueAt(root, path)) }),
    );

/** Values of every JSON type, none of which means anything to AWS Config. */
const GARBAGE = [7.5, 'garbage{', ['garbage'], { garbage: 1 }];

/** What may stand in the place of a value so that it cannot be read: another type, and never a way to say "unset". */
export const garbageFor = (value: unknown): fc.Arbitrary<unknown> => {
  const type = (one: unknown) => (Array.isArray(one) ? 'list' : typeof one);
  return fc.constantFrom(...GARBAGE.filter((one) => type(one) !== type(value)));
};
