import type { Standing } from '../../dashboard/data/tables.ts';
import type { FindingRow } from '../results/rows.ts';
import { Causes, Exposed } from './causes.ts';
import { DetailFiles, detailFindingOf } from './drill-down/details.ts';
import { Column } from './outcomes.ts';
import type { Population } from './population.ts';
import type { RunData } from './run-data.ts';
import { frameworksOf, messageOf, rulesInOrder } from './words.ts';

/** What the findings of a run come to, gathered one by one. */
export class Judged {
  readonly details: DetailFiles;
  readonly causes = new Causes();
  readonly exposed = new Exposed();
  readonly waived = new Map<string, number>();
  readonly ruleAt: ReadonlyMap<string, number>;
  readonly columns: readonly Column[];
  readonly frame: ReturnType<typeof frameworksOf>;
  readonly requirementAt: ReadonlyMap<string, number>;
  readonly rules: ReturnType<typeof rulesInOrder>;
  readonly population: Population;
  readonly #accountOf: Uint32Array;
  readonly #timelines: ReadonlyMap<string, readonly Standing[]>;

  constructor(
    { catalog }: RunData,
    population: Population,
    timelines: ReadonlyMap<string, readonly Standing[]>,
  ) {
    this.#timelines = timelines;
    this.population = population;
    this.details = new DetailFiles(population);
    this.rules = rulesInOrder(catalog);
    this.ruleAt = new Map(this.rules.map(({ id }, index) => [id, index]));
    this.columns = this.rules.map(() => new Column(population.subjects.length));
    this.frame = frameworksOf(catalog);
    this.requirementAt = new Map(this.frame.requirements.map(({ id }, index) => [id, index]));
    this.#accountOf = new Uint32Array(population.subjects.length);
    for (const [index, { first, size }] of population.accounts.entries()) {
      this.#accountOf.fill(index, first, first + size);
    }
  }

  add(row: FindingRow): ReturnType<DetailFiles['add']> {
    const position = this.population.positionOf(row.subject);
    const rule = this.ruleAt.get(row.rule);
    const words = rule === undefined ? undefined : this.rules[rule];
    if (position === undefined || rule === undefined || words === undefined) {
      throw new Error(
        `The results are not whole: run ${row.runId} has a finding of ${row.rule} on ${row.subject.arn}, which its tables do not list.`,
      );
    }
    const supports = row.requirements.flatMap((id) => this.requirementAt.get(id) ?? []);
    const isFirst = this.columns[rule]?.add(position, row, supports) ?? false;
    if (!isFirst) return undefined;
    this.causes.add(row, rule, position, this.#accountOf[position] ?? 0);
    this.exposed.add(row);
    if (row.waiver !== undefined) {
      this.waived.set(row.waiver, (this.waived.get(row.waiver) ?? 0) + 1);
    }
    const { sentence } = messageOf(words, row.messageId);
    const past = this.#timelines.get(row.id);
    return this.details.add(position, detailFindingOf(row, rule, sentence, past));
  }

  /** The rules with their columns, most severe first. */
  get fixable() {
    return this.columns.map((column, at) => ({ id: this.rules[at]?.id ?? '', column }));
  }

  cells(): Uint8Array {
    const size = this.population.subjects.length;
    const bytes = new Uint8Array(size * this.columns.length);
    for (const [rule, { cells }] of this.columns.entries()) bytes.set(cells, rule * size);
    return bytes;
  }
}
