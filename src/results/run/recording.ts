import type { Assessed, ParametrisedRule } from '../../assessment/assessment.ts';
import { typesReadBy } from '../../assessment/pack-of.ts';
import type { Finding } from '../../engine/finding.ts';
import type { Release } from '../../release/release.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Source } from '../../sources/source.ts';
import { openDataSet } from '../files/data-set.ts';
import type { Differing, Elsewhere, Held } from '../held/elsewhere.ts';
import { differenceRow } from '../held/rows.ts';
import type { ListedAccount } from '../population/listed.ts';
import type { Problem, RunHead, RunRow } from '../tables.ts';
import { DataSetRun, type DataSetTarget } from './data-set-run.ts';
import { headOf } from './head.ts';
import { type Inputs, withNames } from './inputs.ts';
import type { Outcome } from './plan.ts';
import { type PreviousRun, previousRunIn } from './previous.ts';
import { RunRecorder } from './recorder.ts';
import type { Judged } from './rows-of.ts';

export interface Beginning {
  /** The time of the run (ISO, UTC). */
  readonly now: string;
  readonly settings: Settings;
  /** The rules that judge, with their parameters. */
  readonly rules: readonly ParametrisedRule[];
  /** Rules of the release that are left out by choice. */
  readonly leftOut?: readonly string[] | undefined;
  readonly inputs: Inputs;
  readonly release: Release;
  /** Rules of which the results are those that AWS Config holds. */
  readonly held?: readonly ParametrisedRule[] | undefined;
  /** Accounts that Organizations lists, where somebody asked it. */
  readonly known?: readonly ListedAccount[] | undefined;
  /** The data set that the run is added to, if any. */
  readonly target?: DataSetTarget | undefined;
  /** Whether the findings are shown only as sums. */
  readonly isSummary?: boolean | undefined;
}

/**
 * A run, from what is known before anything is judged to what is known in the end. It is the one listener of an assessment: the
 * source passes through {@link heardFrom}, and every result through {@link add}. Without a data set it only counts.
 */
export class Recording {
  readonly head: RunHead;
  readonly #beginning: Beginning;
  readonly #recorder: RunRecorder;
  readonly #previous: PreviousRun | null;
  readonly #dataSet: DataSetRun | undefined;

  private constructor(
    beginning: Beginning,
    head: RunHead,
    previous: PreviousRun | null,
    dataSet: DataSetRun | undefined,
  ) {
    const { inputs, settings, rules, held = [], known, isSummary = false } = beginning;
    this.head = head;
    this.#beginning = beginning;
    this.#previous = previous;
    this.#dataSet = dataSet;
    this.#recorder = new RunRecorder({
      ...{ head, settings, rules: [...rules, ...held], inputs, known },
      keeps: typesReadBy(rules.map(({ rule }) => rule)),
      ...{ sink: dataSet, isCountOnly: isSummary && dataSet === undefined },
    });
  }

  /** @throws DamagedDataSet when the run before cannot be read, and the error of the file system when nothing can be written. */
  static async begin(beginning: Beginning): Promise<Recording> {
    const { target, now, inputs } = beginning;
    const dataSet = target && (await openDataSet(target.folder));
    const previous = dataSet ? await previousRunIn(dataSet, now) : null;
    const head = headOf({
      ...beginning,
      inputs: [...inputs.values()].map((input) => input.head),
      previousRun: previous?.row.runId ?? null,
    });
    return new Recording(beginning, head, previous, target && (await DataSetRun.begin(target)));
  }

  heardFrom(source: Source): Source {
    return this.#recorder.heardFrom(source);
  }

  /** The findings of one record, with id, strengths, hashes and times unless they are only counted. */
  async add(assessed: Assessed, held?: readonly Held[]): Promise<readonly Finding[]> {
    return this.#recorder.add(assessed, held);
  }

  /** Where AWS Config holds another result than a finding of {@link add}. */
  async difference(finding: Finding, differing: Differing): Promise<void> {
    await this.#dataSet?.difference(differenceRow(finding as Judged, differing));
  }

  /** What AWS Config was expected to hold, and does not. */
  elsewhere(elsewhere: Elsewhere): void {
    this.#recorder.elsewhere(elsewhere);
  }

  /** What could not be read, or left findings unknown. @param message may name files by their paths. @param file that it is in. */
  problem(kind: Problem['kind'], message: string, file?: string): void {
    this.#recorder.problem(kind, withNames(message, this.#beginning.inputs), file);
  }

  /**
   * Writes the run, where there is a data set to write it to.
   * @throws DamagedDataSet of the run before, and the error of the file system; then nothing of it is there.
   */
  async end(): Promise<Outcome['row'] | RunRow> {
    const { inputs } = this.#beginning;
    const isOrganization = [...inputs.values()].some(({ head }) => head.holds === 'snapshot');
    const outcome = await this.#recorder.end(isOrganization || this.#dataSet !== undefined);
    return (await this.#dataSet?.end(outcome, this.#beginning, this.#previous)) ?? outcome.row;
  }

  /** Gives up, and leaves the data set as it was. */
  async abandon(): Promise<void> {
    await this.#dataSet?.abandon();
  }
}
