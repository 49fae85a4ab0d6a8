import { type Outcome, STATES, type State } from '../../dashboard/data/shape.ts';
import type { FindingRow } from '../results/rows.ts';

/** More outcomes than a cell of one byte can tell apart; the last cell value is left for them. */
const CELLS = 255;

const OPEN: ReadonlySet<unknown> = new Set<State>(['FAIL', 'WAIVED']);

/** What the findings of one rule say, one cell for each subject. */
export class Column {
  readonly cells: Uint8Array;
  readonly #outcomes: (Omit<Outcome, 'count'> & { count: number })[] = [];
  readonly #at = new Map<string, number>();

  constructor(subjects: number) {
    this.cells = new Uint8Array(subjects);
  }

  /** @returns whether the rule has not judged this subject before; if it has, the worse of both findings stays. */
  add(position: number, finding: FindingRow, supports: readonly number[]): boolean {
    const cell = this.#cellOf(finding, supports);
    const before = this.cells[position] ?? 0;
    if (before > 0 && this.#rank(before) <= this.#rank(cell)) return false;
    if (before > 0) this.#count(before, -1);
    this.#count(cell, 1);
    this.cells[position] = cell;
    return before === 0;
  }

  get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  /** How many findings are there to fix, waived or not. */
  get open(): number {
    return this.#outcomes.reduce((sum, { state, count }) => sum + (OPEN.has(state) ? count : 0), 0);
  }

  isOpen(position: number): boolean {
    return OPEN.has(this.outcomeOf(position)?.state);
  }

  outcomeOf(position: number): Outcome | undefined {
    return this.#outcomes[(this.cells[position] ?? 0) - 1];
  }

  #cellOf({ state, messageId, waiver }: FindingRow, supports: readonly number[]): number {
    // Waivers past the limit of a cell are told apart in the details only; states and messages never get lost.
    const isFull = this.#outcomes.length >= CELLS - 55 && waiver !== undefined;
    const key = JSON.stringify([state, messageId, isFull ? null : waiver]);
    const known = this.#at.get(key);
    if (known !== undefined) return known;
    if (this.#outcomes.length >= CELLS) throw new Error(`Rule has more than ${CELLS} outcomes.`);
    this.#outcomes.push({
      ...{ state, message: messageId, count: 0, supports },
      ...(waiver !== undefined && !isFull ? { waiver } : {}),
    });
    this.#at.set(key, this.#outcomes.length);
    return this.#outcomes.length;
  }

  #rank = (cell: number) => STATES.indexOf(this.#outcomes[cell - 1]?.state as State);

  #count(cell: number, by: number): void {
    const outcome = this.#outcomes[cell - 1];
    if (outcome) outcome.count += by;
  }
}
