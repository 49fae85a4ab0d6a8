import type { Assessed, ParametrisedRule } from '../../assessment/assessment.ts';
import { OTHER_BUCKETS } from '../../assessment/not-judged.ts';
import { absenceOf } from '../../assessment/subject.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { kindNames, typesOf } from '../../records/kinds.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Source } from '../../sources/source.ts';
import { findingId } from '../identity.ts';
import type { SubjectRow } from '../rows.ts';
import type { Problem, RunHead, RunRow } from '../tables.ts';
import { addTo, countsOf, none, sum, type Tally } from './counts.ts';
import { EvidenceLog } from './evidence-log.ts';
import type { Inputs } from './inputs.ts';
import { Population, type Reconciled } from './population.ts';
import { sorted } from './problems.ts';
import { recorderStates } from './recorder-states.ts';
import { assessmentOf, type Judged, judgedOf, rowOf, type Sink } from './rows-of.ts';

/** What a run is about, known before it begins. */
export interface Plan {
  readonly head: RunHead;
  readonly settings: Settings;
  readonly rules: readonly ParametrisedRule[];
  readonly inputs: Inputs;
  /** Where the rows go; without it only the run and the population are known in the end. */
  readonly sink?: Sink | undefined;
}

/** How a run ended, but for the rows that it has in the tables. */
export interface Outcome {
  readonly row: Omit<RunRow, 'rows'>;
  readonly population: Reconciled;
}

const SUBJECT_TYPES: ReadonlySet<string> = new Set([
  ...kindNames.flatMap(typesOf),
  ...OTHER_BUCKETS.keys(),
]);

/** Listens to an assessment, and knows in the end what was judged, and what was not. */
export class RunRecorder {
  readonly #plan: Plan;
  readonly #population: Population;
  readonly #perRule: ReadonlyMap<string, Tally>;
  readonly #perFile = new Map<string, number>();
  readonly #problems: Problem[] = [];
  #source: Source | undefined;
  #evidence: EvidenceLog | undefined;
  readonly #rules: ReadonlyMap<string, Rule>;
  #subjects = 0;
  #notWhole = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    const { head, settings, inputs } = plan;
    this.#population = new Population(settings, head.evaluatedAt);
    this.#rules = new Map(plan.rules.map(({ rule }) => [rule.id, rule]));
    this.#perRule = new Map(head.rules.map(({ rule }) => [rule, none()]));
    for (const input of inputs.values()) this.#population.delivered(input.head);
  }

  /** The source, whose records and answers are noted on their way. */
  heardFrom(source: Source): Source {
    this.#source = source;
    const evidence = new EvidenceLog(source, this.#plan.head.evaluatedAt);
    this.#evidence = evidence;
    const meet = (item: ConfigurationItem) => this.#meet(item);
    return {
      ...source,
      async *items() {
        for await (const item of source.items()) {
          await meet(item);
          yield item;
        }
      },
      services: (account) => evidence.services(account),
    };
  }

  /** What was found on one record, with what a finding says in our own formats. @throws Error when a rule is not one of the head, because the sums would be wrong. */
  async add({ item, findings, questions }: Assessed): Promise<readonly Judged[]> {
    const states = countsOf(findings);
    for (const { rule, state } of findings) {
      const tally = this.#perRule.get(rule);
      if (tally === undefined) throw new Error(`The run does not name the rule ${rule}.`);
      tally[state]++;
    }
    const assessment = assessmentOf(findings);
    this.#count(item, states, assessment);
    const observedAt = this.#observedAt(item);
    const itemHash = this.#evidence?.item(item) ?? null;
    const judged = findings.map((finding) =>
      judgedOf(finding, this.#rules.get(finding.rule), {
        runId: this.#plan.head.runId,
        id: findingId(finding.rule, finding.subject, item.created),
        ...{ itemHash, observedAt },
        answerHashes: this.#evidence?.answers(item.account, questions.get(finding) ?? []) ?? [],
      }),
    );
    const { sink } = this.#plan;
    await sink?.subject(rowOf(item, this.#plan.settings, { ...assessment, states, itemHash, observedAt }), judged);
    await this.#keep();
    return judged;
  }

  /** What could not be read, or left findings unknown. */
  problem(kind: Problem['kind'], message: string): void {
    this.#problems.push({ kind, message });
  }

  /** @param isExpected whether the sources were to hold all of the population that the settings and the snapshots name. */
  async end(isExpected: boolean): Promise<Outcome> {
    this.#evidence?.rest();
    await this.#keep();
    const source = this.#source;
    const { head, inputs } = this.#plan;
    const recorderOf = source
      ? recorderStates(source, head.evaluatedAt)
      : async () => 'unknown' as const;
    const population = await this.#population.reconcile(recorderOf, isExpected);
    const total = none();
    const rules = head.rules.map((rule) => {
      const states = this.#perRule.get(rule.rule) ?? none();
      addTo(total, states);
      return { ...rule, subjects: sum(states), states };
    });
    const files = new Map(
      [...inputs].map(([path, input]) => [input.head, this.#perFile.get(path) ?? 0]),
    );
    const lacking = (rows: readonly Pick<SubjectRow, 'assessed'>[]) =>
      rows.filter(({ assessed }) => assessed !== 'yes').length;
    const problems = [...this.#problems, ...this.#emptySources(), ...population.problems];
    const row = {
      ...head,
      rules,
      inputs: head.inputs.map((input) => ({ ...input, subjects: files.get(input) ?? 0 })),
      problems: sorted(problems),
      notAssessed: {
        accounts: lacking(population.accounts),
        regions: lacking(population.regions),
        subjects: this.#notWhole,
      },
      subjects: this.#subjects,
      findings: sum(total),
      states: total,
    };
    return { row, population };
  }

  /** A source in which there is nothing to judge, and no answer either, was expected to hold something. */
  #emptySources(): readonly Problem[] {
    const filled = new Set<string>();
    const all = new Set<string>();
    for (const [path, { source }] of this.#plan.inputs) {
      all.add(source);
      if (this.#perFile.has(path) || this.#source?.answers?.files.has(path)) filled.add(source);
    }
    return [...all]
      .filter((source) => !filled.has(source))
      .map((source) => ({
        kind: 'input',
        message: `${source} holds no resource that rules judge.`,
      }));
  }

  async #meet(item: ConfigurationItem): Promise<void> {
    const itemHash = this.#evidence?.item(item) ?? null;
    await this.#keep();
    if (!SUBJECT_TYPES.has(item.resourceType)) return;
    const file = this.#source?.originOf?.(item)?.file;
    if (file !== undefined) this.#perFile.set(file, (this.#perFile.get(file) ?? 0) + 1);
    const noun = OTHER_BUCKETS.get(item.resourceType);
    if (noun === undefined || absenceOf(item) !== null) return;
    const observedAt = this.#observedAt(item);
    const assessment = { assessed: 'no', reason: `No rule is for a ${noun}.` } as const;
    const states = none();
    this.#count(item, states, assessment);
    const row = rowOf(item, this.#plan.settings, { ...assessment, states, itemHash, observedAt });
    await this.#plan.sink?.subject(row, []);
  }

  async #keep(): Promise<void> {
    for (const row of this.#evidence?.fresh() ?? []) await this.#plan.sink?.evidence(row);
  }

  #count(item: ConfigurationItem, states: Tally, { assessed }: Pick<SubjectRow, 'assessed'>): void {
    this.#subjects++;
    if (assessed !== 'yes') this.#notWhole++;
    const isAccount = typesOf('account').includes(item.resourceType);
    this.#population.subject(item.account, item.region, isAccount, states);
  }

  /** The account itself is as observed when it was asked; everything else when the snapshot was taken that it was found in. */
  #observedAt(item: ConfigurationItem): string | null {
    if (typesOf('account').includes(item.resourceType)) return item.captureTime;
    const file = this.#source?.originOf?.(item)?.file;
    return (file === undefined ? undefined : this.#plan.inputs.get(file)?.head.deliveredAt) ?? null;
  }
}
