import type { Index } from './shape.ts';
import type { Columns } from './tables.ts';

/** Every judgement of the run: who was judged, and what each rule says of it. */
export interface Judgements {
  readonly index: Index;
  readonly columns: Columns;
  /** Rule after rule, a cell for each subject: 0, or the number of an outcome of the rule. */
  readonly cells: Uint8Array;
  /** How many subjects a rule has cells for. */
  readonly size: number;
  /** Position of the account of each subject. */
  readonly accounts: Uint16Array | Uint32Array;
}
