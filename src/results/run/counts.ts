import { type Finding, STATES, type State } from '../../engine/finding.ts';
import type { Counts } from '../rows.ts';

export type Tally = Record<State, number>;

/** No finding of any state. */
export const none = (): Tally => Object.fromEntries(STATES.map((state) => [state, 0])) as Tally;

export const sum = (counts: Counts): number =>
  STATES.reduce((total, state) => total + (counts[state] ?? 0), 0);

export function countsOf(findings: readonly Pick<Finding, 'state'>[]): Tally {
  const counts = none();
  for (const { state } of findings) counts[state]++;
  return counts;
}

export function addTo(total: Tally, counts: Counts): void {
  for (const state of STATES) total[state] += counts[state];
}
