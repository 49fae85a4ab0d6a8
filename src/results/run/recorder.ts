import type { Assessed } from '../../assessment/assessment.ts';
import { OTHER_BUCKETS, SUBJECT_TYPES } from '../../assessment/not-judged.ts';
import { absenceOf, identityOf } from '../../assessment/subject.ts';
import type { Finding } from '../../engine/finding.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { typesOf } from '../../records/kinds.ts';
import type { Source } from '../../sources/source.ts';
import type { Elsewhere, Held } from '../held/elsewhere.ts';
import { heldRow, wholeOf } from '../held/rows.ts';
import { findingIds } from '../identity.ts';
import { Listed, unrecordedIn } from '../population/listed.ts';
import { oldAnswers } from '../population/old-answers.ts';
import { originIn } from '../population/origin.ts';
import { Population } from '../population/population.ts';
import { emptySources, lackingIn, sorted } from '../population/problems.ts';
import { recorderStates } from '../population/recorder-states.ts';
import type { SubjectRow } from '../rows.ts';
import type { Problem } from '../tables.ts';
import { countsOf, RunCounts } from './counts.ts';
import { EvidenceLog } from './evidence-log.ts';
import { inputRows } from './inputs.ts';
import type { Outcome, Plan } from './plan.ts';
import { assessmentOf, type Judged, judgedOf, ouOf, rowOf, StrengthTable } from './rows-of.ts';

const NONE: readonly string[] = [];

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
  #origin = originIn(undefined, new Map());
  #unreported: ReadonlyMap<string, number> = new Map();
  #evidence: EvidenceLog | undefined;

  constructor(plan: Plan) {
    const { head, settings, inputs, rules } = plan;
    this.#plan = plan;
    this.#strengths = new StrengthTable(rules);
    this.#counts = new RunCounts(head.rules);
    this.#population = new Population(settings, head.evaluatedAt);
    for (const input of inputs.values()) this.#population.delivered(input.head);
  }

  /** The source, whose records and answers are noted on their way. */
  heardFrom(source: Source): Source {
    const evidence = new EvidenceLog(source, this.#plan.head.evaluatedAt);
    this.#source = source;
    this.#origin = originIn(source, this.#plan.inputs);
    this.#evidence = evidence;
    const meet = this.#meet.bind(this);
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
  async add(
    { item, findings, questions }: Assessed,
    held?: readonly Held[],
  ): Promise<readonly Finding[]> {
    if (this.#plan.isCountOnly) {
      this.#count(item, assessmentOf(findings).assessed, findings);
      return findings;
    }
    const { runId } = this.#plan.head;
    const from = { runId, itemHash: this.#hashOf(item), observedAt: this.#origin(item).observedAt };
    const idFor = findingIds(identityOf(item), item.created);
    const judged = findings.map((finding) => {
      const asked = questions.get(finding);
      const answerHashes = asked && this.#evidence?.answers(item.account, asked);
      return judgedOf(finding, this.#strengths.of(finding), {
        ...{ ...from, id: idFor(finding.rule), answerHashes: answerHashes ?? NONE },
      });
    });
    const rowOfHeld = (each: Held) => heldRow(each, item, this.#strengths.of(each.finding), runId);
    await this.#put(item, wholeOf(findings, held), [...judged, ...(held ?? []).map(rowOfHeld)]);
    return judged;
  }

  /** What AWS Config was expected to hold, and does not. */
  elsewhere(elsewhere: Elsewhere): void {
    for (const each of elsewhere.lacking()) this.#population.lacking(each);
    this.#unreported = elsewhere.unreported();
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
    // A source in which there is nothing to judge, and no answer either, was expected to hold something.
    const holders = [this.#perFile, source?.answers?.files, source?.older];
    const empty = emptySources(inputs, (path) => holders.some((each) => each?.has(path)));
    const old = oldAnswers(
      source?.answers?.used() ?? [],
      head.evaluatedAt,
      this.#plan.settings.population,
    );
    const problems = [...this.#problems, ...empty, ...old];
    const row = {
      ...head,
      inputs: inputRows(head.inputs, inputs, this.#perFile, source?.answers?.files ?? new Set()),
      problems: sorted([...problems, ...population.problems]),
      notAssessed: { ...lackingIn(population), subjects: this.#counts.notWhole },
      ...this.#counts.sums(this.#unreported),
    };
    return { row, population, listed: this.#listed };
  }

  async #putUnrecorded(): Promise<void> {
    const { settings, sink } = this.#plan;
    const ou = (account: string) => ouOf(account, settings);
    for (const { rows, problem } of unrecordedIn(this.#listed, this.#buckets, ou)) {
      for (const row of rows) {
        this.#counts.add([], row.assessed);
        this.#population.subject(row.subject, 'services', row.states);
        await sink?.subject(row, []);
      }
      this.#problems.push(problem);
    }
  }

  async #meet(item: ConfigurationItem): Promise<void> {
    const { resourceType: type, account, resourceName: name } = item;
    if (this.#plan.keeps.has(type)) this.#hashOf(item);
    await this.#keep();
    if (!SUBJECT_TYPES.has(type)) return;
    const file = this.#source?.originOf?.(item)?.file;
    if (file !== undefined) this.#perFile.set(file, (this.#perFile.get(file) ?? 0) + 1);
    // Without an answer there is no list to compare with, and a million names are a hundred MB.
    if (this.#source?.answers?.files.size !== 0 && typesOf('bucket').includes(type))
      this.#buckets.add(`${account} ${name}`);
    const noun = OTHER_BUCKETS.get(type);
    if (noun === undefined || absenceOf(item) !== null) return;
    await this.#put(item, { assessed: 'no', reason: `No rule is for a ${noun}.` }, []);
  }

  async #put(
    item: ConfigurationItem,
    assessment: Pick<SubjectRow, 'assessed' | 'reason'>,
    findings: readonly Judged[],
  ): Promise<void> {
    const { knownFrom, observedAt } = this.#origin(item);
    const more = {
      ...assessment,
      itemHash: this.#hashOf(item),
      observedAt,
      knownFrom: [knownFrom],
    };
    const states = this.#count(item, assessment.assessed, findings);
    await this.#plan.sink?.subject(rowOf(item, this.#plan.settings, { ...more, states }), findings);
    await this.#keep();
  }

  #count(
    item: ConfigurationItem,
    assessed: SubjectRow['assessed'],
    findings: readonly Pick<Finding, 'rule' | 'state'>[],
  ): SubjectRow['states'] {
    const states = countsOf(findings);
    this.#counts.add(findings, assessed);
    this.#population.subject(item, this.#origin(item).knownFrom, states);
    return states;
  }

  #hashOf = (item: ConfigurationItem) =>
    this.#plan.isCountOnly ? null : (this.#evidence?.item(item) ?? null);

  async #keep(): Promise<void> {
    for (const row of this.#evidence?.fresh() ?? []) await this.#plan.sink?.evidence(row);
  }
}
