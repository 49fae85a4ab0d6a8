import { join } from 'node:path';
import { canonicalJson } from '../canonical.ts';
import { SortedRows } from '../files/sorted-rows.ts';
import { DataSetWriter } from '../files/writer.ts';
import { subjectKey } from '../identity.ts';
import { seenPlaces } from '../population/seen-places.ts';
import type { DifferenceRow } from '../rows.ts';
import type { RunRow } from '../tables.ts';
import { assemble, type Group } from './assemble.ts';
import { catalogOf } from './catalog.ts';
import type { Evidence } from './evidence-log.ts';
import type { RunContext } from './head.ts';
import type { Outcome } from './plan.ts';
import type { PreviousRun } from './previous.ts';
import type { Judged, JudgedSubject, Sink } from './rows-of.ts';

export interface DataSetTarget {
  readonly folder: string;
  /** Whether items and answers are kept, without which no evidence bundle can be made of the run. */
  readonly withEvidence: boolean;
}

/** A run on its way into a data set: its rows are gathered as they come, and written sorted when it ends. */
export class DataSetRun implements Sink {
  readonly #writer: DataSetWriter;
  readonly #withEvidence: boolean;
  readonly #groups: SortedRows;
  readonly #evidence: SortedRows;
  readonly #differences: SortedRows;

  private constructor(writer: DataSetWriter, withEvidence: boolean) {
    this.#writer = writer;
    this.#withEvidence = withEvidence;
    this.#groups = new SortedRows(join(writer.scratch, 'subjects'));
    this.#evidence = new SortedRows(join(writer.scratch, 'evidence'));
    this.#differences = new SortedRows(join(writer.scratch, 'differences'));
  }

  /** @throws the error of the file system. */
  static async begin({ folder, withEvidence }: DataSetTarget): Promise<DataSetRun> {
    return new DataSetRun(await DataSetWriter.begin(folder), withEvidence);
  }

  async subject(subject: JudgedSubject, findings: readonly Judged[]): Promise<void> {
    const group: Group = { subject, findings };
    await this.#groups.add(subjectKey(subject.subject), JSON.stringify(group));
  }

  async evidence(evidence: Evidence): Promise<void> {
    if (this.#withEvidence) await this.#evidence.add(evidence.sha256, JSON.stringify(evidence));
  }

  async difference(row: DifferenceRow): Promise<void> {
    const key = `${subjectKey(row.subject)}\u0000\u0000${row.rule}`;
    await this.#differences.add(key, JSON.stringify(row));
  }

  /** Writes the run. @throws DamagedDataSet of the run before, and the error of the file system; then nothing is there. */
  async end(
    { row, population, listed }: Outcome,
    { settings, rules, held = [] }: Pick<RunContext, 'settings' | 'rules' | 'held'>,
    previous: PreviousRun | null,
  ): Promise<RunRow> {
    const writer = this.#writer;
    const { runId } = row;
    const places = seenPlaces(population.regions);
    const between = {
      runId,
      rulesBefore: new Map(previous?.row.rules.map((rule) => [rule.rule, rule])),
      rulesAfter: new Map(row.rules.map((rule) => [rule.rule, rule])),
      wasThere: (account: string, region: string) =>
        previous?.places.has(`${account} ${region}`) === true,
      isThere: (account: string, region: string) => places.has(`${account} ${region}`),
    };
    try {
      for (const each of population.accounts) await writer.add('accounts', { runId, ...each });
      for (const each of population.regions) await writer.add('regions', { runId, ...each });
      await assemble(this.#sorted(), { previous, between, listed, now: row.evaluatedAt }, writer);
      for await (const { line } of this.#differences.rows()) {
        await writer.add('differences', JSON.parse(line) as DifferenceRow);
      }
      for await (const { line } of this.#evidence.rows()) {
        await writer.add('evidence', { runId, ...(JSON.parse(line) as Evidence) });
      }
      await writer.add('settings', {
        ...{ runId, sha256: row.settingsHash, settings: canonicalJson(settings) },
      });
      await writer.add('catalog', catalogOf(runId, [...rules, ...held]));
      const whole: RunRow = { ...row, rows: writer.counts(this.#withEvidence) };
      await writer.add('run', whole);
      await writer.commit(runId, this.#withEvidence);
      return whole;
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  /** Leaves the data set as it was. */
  async abandon(): Promise<void> {
    await this.#writer.abandon();
  }

  async *#sorted(): AsyncGenerator<Group> {
    for await (const { line } of this.#groups.rows()) yield JSON.parse(line) as Group;
  }
}
