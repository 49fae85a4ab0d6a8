import type { Judgements } from './judgements.ts';
import { type Counts, STATES } from './shape.ts';
import type { Point } from './summary.ts';

/** Counts of states of a rule over consecutive subjects. */
export function tally(
  { index, cells, size }: Judgements,
  rule: number,
  first: number,
  count: number,
): Counts {
  const outcomes = index.rules[rule]?.outcomes ?? [];
  const seen = new Uint32Array(outcomes.length + 1);
  const base = rule * size + first;
  for (let at = base; at < base + count; at++) {
    const cell = cells[at] ?? 0;
    seen[cell] = (seen[cell] ?? 0) + 1;
  }
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const [cell, { state }] of outcomes.entries()) {
    const at = STATES.indexOf(state);
    counts[at] = (counts[at] ?? 0) + (seen[cell + 1] ?? 0);
  }
  return counts;
}

export const sum = (many: Iterable<Counts>): Counts => {
  const total: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const counts of many) for (let at = 0; at < 5; at++) total[at as 0] += counts[at as 0];
  return total;
};

/** How many judgements apply: all but those that do not. */
export const applying = ([fail, unknown, waived, pass]: Counts) => fail + unknown + waived + pass;

/** Worst first: by failures of critical and high rules, then by all, then by what is not known. */
export function worstFirst(one: Counts, other: Counts): number {
  return other[0] - one[0] || other[1] - one[1];
}

/** Of most that applies nobody knows: the few failures that are left say nothing. */
export const isBlind = ({ counts }: Point) => 2 * counts[1] >= applying(counts);
/** A run that did not see what the one before it saw: more than a twentieth of the failures came or went with that. */
export const isBreak = (point: Point) => 20 * (point.lost + point.found) > point.counts[0];
