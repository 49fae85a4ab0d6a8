import type { Judgements } from './judgements.ts';
import { STATES } from './shape.ts';

/** What findings can be sorted by, as it stands in the address; with `-down` the other way round. */
export const SORTS = ['severity', 'state', 'rule', 'name', 'account', 'region'] as const;
export type Sort = (typeof SORTS)[number];

/** Rules are in the order of their severity and subjects in that of their account, so most orders are a matter of counting. */
export function sorted(
  judgements: Judgements,
  found: Uint32Array,
  sort: string,
  rules: number,
): Uint32Array {
  const [name, direction] = sort.split('-') as [Sort, string | undefined];
  const { size, columns, cells, index } = judgements;
  const keys: Readonly<Record<Sort, () => [number, (cell: number) => number] | null>> = {
    severity: () => null,
    rule: () => {
      const order = rankOf(index.rules.map(({ id }) => id));
      return [rules, (cell) => order[Math.floor(cell / size)] ?? 0];
    },
    account: () => [size, (cell) => cell % size],
    name: () => {
      const order = rankOf(columns.names);
      return [size, (cell) => order[cell % size] ?? 0];
    },
    region: () => [index.regions.length, (cell) => columns.regions[cell % size] ?? 0],
    state: () => [
      STATES.length,
      (cell) =>
        STATES.indexOf(
          index.rules[Math.floor(cell / size)]?.outcomes[(cells[cell] ?? 1) - 1]?.state ?? 'FAIL',
        ),
    ],
  };
  // The name comes from the address, where anything may stand.
  const key = Object.hasOwn(keys, name) ? keys[name]() : null;
  const ordered = key ? byKey(found, ...key) : found;
  return direction === 'down' ? ordered.toReversed() : ordered;
}

/** A stable sort by counting. @param key from 0 to less than `keys`. */
function byKey(found: Uint32Array, keys: number, key: (cell: number) => number): Uint32Array {
  const starts = new Uint32Array(keys + 1);
  for (const cell of found) starts[key(cell) + 1] = (starts[key(cell) + 1] ?? 0) + 1;
  for (let at = 0; at < keys; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const ordered = new Uint32Array(found.length);
  for (const cell of found) {
    const at = key(cell);
    const place = starts[at] ?? 0;
    ordered[place] = cell;
    starts[at] = place + 1;
  }
  return ordered;
}

const ranks = new WeakMap<readonly string[], Uint32Array>();

/** The place of each word in their alphabetical order, kept for lists that live as long as the page. */
function rankOf(words: readonly string[]): Uint32Array {
  const known = ranks.get(words);
  if (known) return known;
  const order = Uint32Array.from(words.keys());
  order.sort((one, other) => ((words[one] ?? '') < (words[other] ?? '') ? -1 : 1));
  const rank = new Uint32Array(words.length);
  for (const [place, at] of order.entries()) rank[at] = place;
  ranks.set(words, rank);
  return rank;
}
