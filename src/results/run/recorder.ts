import type { Assessed } from '../../assessment/assessment.ts';
import { OTHER_BUCKETS } from '../../assessment/not-judged.ts';
import { absenceOf } from '../../assessment/subject.ts';
import type { Finding } from '../../engine/finding.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { kindNames, typesOf } from '../../records/kinds.ts';
import type { Source } from '../../sources/source.ts';
import { findingId } from '../identity.ts';
import { Listed, unrecorded, unrecordedProblem } from '../population/listed.ts';
import { Population } from '../population/population.ts';
import { emptySources, sorted } from '../population/problems.ts';
import { recorderStates } from '../population/recorder-states.ts';
import type { SubjectRow } from '../rows.ts';
import type { Problem } from '../tables.ts';
import { countsOf, RunCounts } from './counts.ts';
import { EvidenceLog } from './evidence-log.ts';
import { inputRows } from './inputs.ts';
import type { Outcome, Plan } from './plan.ts';
import { assessmentOf, type Judged, judgedOf, ouOf, rowOf, StrengthTable } from './rows-of.ts';

const SUBJECT_TYPES: ReadonlySet<string> = new Set([
  ...kindNames.flatMap(typesOf),
  ...OTHER_BUCKETS.keys(),
]);

/** Listens to an assessment, and knows in the end what was judged, and what was not. */
export class RunRecorder {
  readonly #plan: Plan;
  readonly #strengths: StrengthTable;
  readonly #counts: RunCounts;
  readonly #population: Population;
  readonly #listed = new Listed();
  readonly #perFile = new Map<string, number>();
  readonly #buckets = new Set<string>();
  readonly #problems: Problem[] = [];
  #source: Source | undefined;
  #evidence: EvidenceLog | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    const { head, settings, inputs } = plan;
    this.#strengths = new StrengthTable(plan.rules);
    this.#counts = new RunCounts(head.rules);
    this.#population = new Population(settings, head.evaluatedAt);
    for (const input of inputs.values()) this.#population.delivered(input.head);
  }

  /** The source, whose records and answers are noted on their way. */
  heardFrom(source: Source): Source {
    const evidence = new EvidenceLog(source, this.#plan.head.evaluatedAt);
    this.#source = source;
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
      services: (account) => this.#listed.heardFrom(evidence.services(account), account),
    };
  }

  /** What was found on one record, as rows unless findings are only counted. @throws Error when a rule is not one of the head. */
  async add({ item, findings, questions }: Assessed): Promise<readonly Finding[]> {
    if (this.#plan.isCountOnly) {
      this.#count(item, assessmentOf(findings).assessed, findings);
      return findings;
    }
    const { itemHash, observedAt } = this.#originOf(item);
    const judged = findings.map((finding) =>
      judgedOf(finding, this.#strengths.of(finding), {
        runId: this.#plan.head.runId,
        id: findingId(finding.rule, finding.subject, item.created),
        ...{ itemHash, observedAt },
        answerHashes: this.#evidence?.answers(item.account, questions.get(finding) ?? []) ?? [],
      }),
    );
    await this.#put(item, assessmentOf(findings), judged);
    return judged;
  }

  /** What could not be read, or left findings unknown. */
  problem(kind: Problem['kind'], message: string, file?: string): void {
    this.#problems.push({ kind, message });
    const input = file === undefined ? undefined : this.#plan.inputs.get(file);
    if (input) this.#population.damaged(input.head);
  }

  /** @param isExpected whether the sources were to hold all of the population that the settings and the snapshots name. */
  async end(isExpected: boolean): Promise<Outcome> {
    const { head, inputs, known = [] } = this.#plan;
    const source = this.#source;
    if (source) this.#listed.read(source);
    for (const { account, name } of [...known, ...this.#listed.accounts.values()]) {
      this.#population.account(account, 'organizations', name);
    }
    if (isExpected) await this.#putUnrecorded();
    this.#evidence?.rest();
    await this.#keep();
    const recorderOf = source
      ? recorderStates(source, head.evaluatedAt)
      : async () => 'unknown' as const;
    const population = await this.#population.reconcile(recorderOf, isExpected);
    const lacking = (rows: readonly Pick<SubjectRow, 'assessed'>[]) =>
      rows.filter(({ assessed }) => assessed !== 'yes').length;
    const row = {
      ...head,
      inputs: inputRows(head.inputs, inputs, this.#perFile, source?.answers?.files ?? new Set()),
      problems: sorted([...this.#problems, ...this.#emptySources(), ...population.problems]),
      notAssessed: {
        accounts: lacking(population.accounts),
        regions: lacking(population.regions),
        subjects: this.#counts.notWhole,
      },
      ...this.#counts.sums(),
    };
    return { row, population, listed: this.#listed };
  }

  /** A source in which there is nothing to judge, and no answer either, was expected to hold something. */
  #emptySources(): readonly Problem[] {
    const { answers, older } = this.#source ?? {};
    return emptySources(
      this.#plan.inputs,
      (path) => this.#perFile.has(path) || answers?.files.has(path) || older?.has(path) || false,
    );
  }

  async #putUnrecorded(): Promise<void> {
    for (const [account, buckets] of this.#listed.buckets) {
      const missing = [...buckets].filter(([name]) => !this.#buckets.has(`${account} ${name}`));
      for (const [name, region] of missing) {
        const row = unrecorded(account, name, region, ouOf(account, this.#plan.settings));
        this.#counts.add([], row.assessed);
        this.#population.subject(account, row.subject.region, 'services', row.states);
        await this.#plan.sink?.subject(row, []);
      }
      const names = missing.map(([name]) => name).sort();
      if (names.length > 0) this.#problems.push(unrecordedProblem(account, names));
    }
  }

  async #meet(item: ConfigurationItem): Promise<void> {
    if (!this.#plan.isCountOnly) this.#evidence?.item(item);
    await this.#keep();
    const { resourceType: type, account, resourceName: name } = item;
    if (!SUBJECT_TYPES.has(type)) return;
    const file = this.#source?.originOf?.(item)?.file;
    if (file !== undefined) this.#perFile.set(file, (this.#perFile.get(file) ?? 0) + 1);
    if (typesOf('bucket').includes(type)) this.#buckets.add(`${account} ${name}`);
    const noun = OTHER_BUCKETS.get(type);
    if (noun === undefined || absenceOf(item) !== null) return;
    await this.#put(item, { assessed: 'no', reason: `No rule is for a ${noun}.` }, []);
  }

  async #put(
    item: ConfigurationItem,
    assessment: Pick<SubjectRow, 'assessed' | 'reason'>,
    findings: readonly Judged[],
  ): Promise<void> {
    const { knownFrom, itemHash, observedAt } = this.#originOf(item);
    const states = this.#count(item, assessment.assessed, findings);
    const more = { ...assessment, states, itemHash, observedAt, knownFrom: [knownFrom] };
    await this.#plan.sink?.subject(rowOf(item, this.#plan.settings, more), findings);
    await this.#keep();
  }

  #count(
    item: ConfigurationItem,
    assessed: SubjectRow['assessed'],
    findings: readonly Pick<Finding, 'rule' | 'state'>[],
  ): SubjectRow['states'] {
    const states = countsOf(findings);
    this.#counts.add(findings, assessed);
    this.#population.subject(item.account, item.region, this.#originOf(item).knownFrom, states);
    return states;
  }

  /** The account itself is as observed when it was asked; everything else when the snapshot was taken that it was found in. */
  #originOf(item: ConfigurationItem) {
    const itemHash = this.#plan.isCountOnly ? null : (this.#evidence?.item(item) ?? null);
    if (typesOf('account').includes(item.resourceType)) {
      return { knownFrom: 'services', itemHash, observedAt: item.captureTime } as const;
    }
    const file = this.#source?.originOf?.(item)?.file;
    const input = file === undefined ? undefined : this.#plan.inputs.get(file)?.head;
    const holds = input?.holds;
    const knownFrom = holds === 'snapshot' || holds === 'history' ? holds : 'items';
    return { knownFrom, itemHash, observedAt: input?.deliveredAt ?? null } as const;
  }

  async #keep(): Promise<void> {
    for (const row of this.#evidence?.fresh() ?? []) await this.#plan.sink?.evidence(row);
  }
}
