import type { ParametrisedRule } from '../../assessment/assessment.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Listed, ListedAccount } from '../population/listed.ts';
import type { Reconciled } from '../population/population.ts';
import type { RunHead, RunRow } from '../tables.ts';
import type { Inputs } from './inputs.ts';
import type { Sink } from './rows-of.ts';

/** What a run is about, known before it begins. */
export interface Plan {
  readonly head: RunHead;
  readonly settings: Settings;
  readonly rules: readonly ParametrisedRule[];
  /** The types of which records are kept as evidence; others only where something was judged from them. */
  readonly keeps: ReadonlySet<string>;
  readonly inputs: Inputs;
  /** Accounts that Organizations lists, where somebody asked it. */
  readonly known?: readonly ListedAccount[] | undefined;
  /** Where the rows go; without it only the run and the population are known in the end. */
  readonly sink?: Sink | undefined;
  /** Whether nobody asks for the rows of findings, so that they are only counted. */
  readonly isCountOnly?: boolean | undefined;
}

/** How a run ended, but for the rows that it has in the tables. */
export interface Outcome {
  readonly row: Omit<RunRow, 'rows'>;
  readonly population: Reconciled;
  readonly listed: Listed;
}
