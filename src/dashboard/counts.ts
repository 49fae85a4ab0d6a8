import { type Counts, STATES } from '../../dashboard/data/shape.ts';
import type { Counts as States } from '../results/rows.ts';

export const NONE: Counts = [0, 0, 0, 0, 0];

/** The counts of a row in the order of the page. */
export const countsOf = (states: States): Counts => {
  const [fail, unknown, waived, pass, notApplicable] = STATES;
  return [states[fail], states[unknown], states[waived], states[pass], states[notApplicable]];
};
