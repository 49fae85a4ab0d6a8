import { createHash } from 'node:crypto';
import type { FindingRow } from '../results/index.ts';

/** What a sample may be divided by, so that each part of the population is drawn from. */
export const STRATA = {
  account: (row: FindingRow) => row.subject.account,
  region: (row: FindingRow) => row.subject.region,
  rule: (row: FindingRow) => row.rule,
  severity: (row: FindingRow) => row.severity,
  state: (row: FindingRow) => row.state,
  type: (row: FindingRow) => row.subject.type,
} as const;
export type Stratum = keyof typeof STRATA;

interface Drawn {
  readonly mark: string;
  readonly row: FindingRow;
}

/**
 * Draws rows so that the same seed always gives the same ones, and no one can say beforehand which: rows are
 * ordered by the hash of seed and id, and the first are taken. Each stratum gets its share, and at least one row where the size allows.
 * @param size how many rows, at most as many as there are.
 */
export async function sampleOf(
  rows: AsyncIterable<FindingRow>,
  seed: string,
  size: number,
  by: readonly Stratum[],
): Promise<readonly FindingRow[]> {
  const strata = new Map<string, { count: number; readonly drawn: Drawn[] }>();
  for await (const row of rows) {
    const key = stratumOf(row, by);
    const stratum = strata.get(key) ?? { count: 0, drawn: [] };
    strata.set(key, stratum);
    stratum.count++;
    keepFirst(stratum.drawn, { mark: markOf(seed, row.id), row }, size);
  }
  const keys = [...strata.keys()].sort();
  // Where there are more strata than rows, the seed chooses among them, and not the alphabet.
  if (keys.length > size)
    keys.sort((one, other) => (markOf(seed, one) < markOf(seed, other) ? -1 : 1));
  const shares = sharesOf(
    keys.map((key) => strata.get(key)?.count ?? 0),
    size,
  );
  return keys.flatMap(
    (key, index) =>
      strata
        .get(key)
        ?.drawn.slice(0, shares[index])
        .map(({ row }) => row) ?? [],
  );
}

/** The part of the population that a row belongs to. */
export const stratumOf = (row: FindingRow, by: readonly Stratum[]): string =>
  by.map((each) => STRATA[each](row)).join('\n');

const markOf = (seed: string, id: string) =>
  createHash('sha256').update(`${seed}\n${id}`).digest('hex');

/** Keeps the first of a sorted list, so that memory does not grow with the rows. */
function keepFirst(drawn: Drawn[], next: Drawn, size: number): void {
  const last = drawn.at(-1);
  if (drawn.length >= size && last && last.mark <= next.mark) return;
  let at = drawn.length;
  while (at > 0 && (drawn[at - 1]?.mark ?? '') > next.mark) at--;
  drawn.splice(at, 0, next);
  if (drawn.length > size) drawn.pop();
}

/** Divides a number in proportion to these counts: one each first as far as it goes, then by the largest remainder. */
export function sharesOf(counts: readonly number[], size: number): readonly number[] {
  const all = counts.reduce((a, b) => a + b, 0);
  const shares = counts.map(() => 0);
  let left = Math.min(size, all);
  for (let index = 0; index < counts.length && left > 0; index++) {
    if ((counts[index] ?? 0) === 0) continue;
    shares[index] = 1;
    left--;
  }
  const rest = left;
  const ideal = counts.map((count) => (all === 0 ? 0 : (rest * count) / all));
  counts.forEach((count, index) => {
    const more = Math.min(Math.floor(ideal[index] ?? 0), count - (shares[index] ?? 0));
    shares[index] = (shares[index] ?? 0) + more;
    left -= more;
  });
  const order = counts
    .map((_, index) => index)
    .sort((a, b) => fraction(ideal[b]) - fraction(ideal[a]) || a - b);
  while (left > 0) {
    const before = left;
    for (const index of order) {
      if (left === 0) break;
      if ((shares[index] ?? 0) >= (counts[index] ?? 0)) continue;
      shares[index] = (shares[index] ?? 0) + 1;
      left--;
    }
    if (left === before) break;
  }
  return shares;
}

const fraction = (value = 0) => value - Math.floor(value);
