import { canonicalJson, type FindingRow } from '../results/index.ts';
import { type Group, mergeSorted, orderOf } from './period/merge.ts';

/** A result that does not come out of the records of the bundle as the bundle has it. */
export interface Difference {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  /** What differs, as field: there → judged again. */
  readonly what: string;
}

/** Compares the results of a bundle with those that its records give, rule by rule that it is about. */
export async function compare(
  there: AsyncIterable<FindingRow>,
  again: AsyncIterable<FindingRow>,
  isAbout: (rule: string) => boolean,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const differences: Difference[] = [];
  let compared = 0;
  for await (const [one, other] of paired(mergeSorted([there, again]))) {
    const row = one ?? other;
    if (row === undefined || !isAbout(row.rule)) continue;
    compared++;
    const what = differenceOf(one, other);
    if (what === null) continue;
    differences.push({
      id: row.id,
      rule: row.rule,
      subject: row.subject.arn || row.subject.id,
      what,
    });
  }
  return { compared, differences };
}

type Pair = readonly [one: FindingRow | undefined, other: FindingRow | undefined];

/**
 * The id of a finding has in it when the resource was created, and the record of a deletion does not say that; only earlier runs
 * knew. So the findings that a resource is gone are the same by rule and subject.
 */
async function* paired(groups: AsyncIterable<Group<FindingRow>>): AsyncGenerator<Pair> {
  let waiting: Pair | undefined;
  for await (const [one, other] of groups) {
    const row = one ?? other;
    const isAlone = one === undefined || other === undefined;
    const isWaiting = isAlone && row?.messageId === 'resourceDeleted';
    const before = waiting?.[0] ?? waiting?.[1];
    if (waiting && before && row && isWaiting && orderOf(before) === orderOf(row)) {
      const pair: Pair = [waiting[0] ?? one, waiting[1] ?? other];
      if (pair[0] !== undefined && pair[1] !== undefined) {
        yield pair;
        waiting = undefined;
        continue;
      }
    }
    if (waiting) yield waiting;
    waiting = isWaiting ? [one, other] : undefined;
    if (!isWaiting) yield [one, other];
  }
  if (waiting) yield waiting;
}

/** Which run it is, and what only other runs or the files as they were delivered tell: everything else is decided by the records and settings. */
const NOT_JUDGED = new Set([
  ...['runId', 'id', 'observedAt'],
  ...['stateSince', 'firstFailedAt', 'lastFailedAt'],
]);

function differenceOf(one: FindingRow | undefined, other: FindingRow | undefined): string | null {
  if (one === undefined) return 'the bundle does not have it';
  if (other === undefined) return 'the records do not give it';
  const [there, again] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const keys = [...new Set([...there.keys(), ...again.keys()])].sort();
  const differing = keys
    .filter((key) => !NOT_JUDGED.has(key))
    .filter((key) => text(there.get(key)) !== text(again.get(key)));
  if (differing.length === 0) return null;
  return differing
    .map((key) => `${key}: ${text(there.get(key))} → ${text(again.get(key))}`)
    .join('; ');
}

const text = (value: unknown) => (value === undefined ? 'none' : canonicalJson(value));
