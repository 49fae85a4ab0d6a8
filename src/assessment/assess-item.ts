import { type Context, evaluateUnseen } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import type { Seen } from '../engine/precedents/asking.ts';
import type { Rule } from '../engine/rule.ts';
import type { Subject } from '../engine/subject.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import { reasonOf } from '../services/failures.ts';
import type { Question, Source } from '../sources/source.ts';
import type { Assessed, Assessment } from './assessment.ts';
import type { Judge, Judges } from './judges.ts';
import { type Answered, askServices } from './service-facets.ts';
import { absenceOf, findingOn, identityOf, subjectFrom } from './subject.ts';

export interface Around {
  readonly source: Source;
  readonly assessment: Assessment;
  /** Why the source could not be prepared for the item; undefined when it could. */
  readonly error: unknown;
}

/**
 * Judges one record by these rules, at once where no service has to be asked. It throws nothing: an error costs no more than the
 * findings that it concerns.
 */
export function assessItem(
  recorded: ConfigurationItem,
  judges: Judges,
  around: Around,
): Assessed | Promise<Assessed> {
  const isAsked = judges.asks.size > 0 && around.error === undefined;
  return isAsked
    ? assessAsking(recorded, judges, around)
    : new Sitting(recorded, around, new Map()).of(judges.list);
}

async function assessAsking(
  recorded: ConfigurationItem,
  { list, asks }: Judges,
  around: Around,
): Promise<Assessed> {
  const answers = new Map<SubjectKind, Answered>();
  try {
    const services = around.source.services(recorded.account);
    for (const [kind, names] of asks) {
      answers.set(kind, await askServices(kind, recorded, names, services));
    }
  } catch (error) {
    return new Sitting(recorded, { ...around, error }, answers).of(list);
  }
  return new Sitting(recorded, around, answers).of(list);
}

/** A record as subject of one kind: to be judged by itself, and as precedents see it. */
interface Present {
  readonly answered: Answered;
  readonly subject: Subject | null;
  readonly seen: Seen | null;
}

const NONE: ReadonlyMap<never, never> = new Map<never, never>();

/** The judgement of one record by several rules. */
class Sitting {
  readonly #recorded: ConfigurationItem;
  readonly #around: Around;
  readonly #answers: ReadonlyMap<SubjectKind, Answered>;
  readonly #present = new Map<SubjectKind, Present>();
  #failures: Map<Finding, unknown> | undefined;
  #questions: Map<Finding, readonly Question[]> | undefined;

  constructor(
    recorded: ConfigurationItem,
    around: Around,
    answers: ReadonlyMap<SubjectKind, Answered>,
  ) {
    this.#recorded = recorded;
    this.#around = around;
    this.#answers = answers;
  }

  of(judges: readonly Judge[]): Assessed {
    const findings = judges.map((judge) => {
      try {
        return this.#find(judge);
      } catch (error) {
        const finding = unseenOn(judge.rule, this.#recorded, error, this.#context(judge));
        this.#fail(finding, error);
        return finding;
      }
    });
    return {
      item: this.#recorded,
      findings,
      failures: this.#failures ?? NONE,
      questions: this.#questions ?? NONE,
    };
  }

  #find(judge: Judge): Finding {
    if (this.#around.error !== undefined) throw this.#around.error;
    const { rule, evaluation } = judge;
    const { answered, subject, seen } = this.#presentAs(rule.subject);
    const finding =
      seen !== null && evaluation !== undefined
        ? evaluation.on(seen, answered.item.captureTime)
        : findingOn(
            rule,
            answered.item,
            subject ?? this.#subjectOf(rule.subject, answered),
            this.#context(judge),
          );
    const questions = judge.asks.length === 0 ? [] : questionsOf(judge, answered);
    if (questions.length > 0) {
      this.#questions ??= new Map();
      this.#questions.set(finding, questions);
    }
    const [error] = isUnseen(finding) ? errorsOf(rule, answered) : [];
    if (error !== undefined) this.#fail(finding, error);
    return finding;
  }

  #presentAs(kind: SubjectKind): Present {
    const known = this.#present.get(kind);
    if (known !== undefined) return known;
    const answered = this.#answers.get(kind) ?? {
      item: this.#recorded,
      ...{ readings: NONE, errors: NONE, questions: NONE },
    };
    const { memory } = this.#around.assessment;
    const isSeen = memory !== undefined && kind === 'bucket' && absenceOf(answered.item) === null;
    const present = {
      answered,
      subject: isSeen ? null : this.#subjectOf(kind, answered),
      seen: isSeen ? memory.see(answered.item, this.#circumstances(answered)) : null,
    };
    this.#present.set(kind, present);
    return present;
  }

  #subjectOf(kind: SubjectKind, answered: Answered): Subject {
    return subjectFrom(kind, answered.item, this.#circumstances(answered));
  }

  #circumstances({ readings: answers }: Answered) {
    const { source, assessment } = this.#around;
    const { now, pack } = assessment;
    return { inventory: source.inventory, now, answers, pack };
  }

  #context(judge: Pick<Judge, 'params'>): Omit<Context, 'capturedAt'> {
    return contextOf(judge, this.#around.assessment);
  }

  #fail(finding: Finding, error: unknown): void {
    this.#failures ??= new Map();
    this.#failures.set(finding, error);
  }
}

export const contextOf = (
  { params }: Pick<Judge, 'params'>,
  { settings: { waivers, organization }, now }: Assessment,
): Omit<Context, 'capturedAt'> => ({ params, waivers, accounts: organization.accounts, now });

/** Missing evidence, also where a waiver speaks for it. */
const isUnseen = ({ state, messageId }: Finding) =>
  state === 'UNKNOWN' || messageId === 'evidenceUnavailable';

const errorsOf = ({ reads }: Rule, { errors }: Answered): readonly unknown[] =>
  errors.size === 0 ? [] : reads.flatMap((name) => (errors.has(name) ? [errors.get(name)] : []));

/** Every question of the facets that the rule may read, also where its verdict needed only some of them. */
const questionsOf = ({ asks }: Judge, { questions }: Answered): readonly Question[] =>
  asks.flatMap((name) => questions.get(name) ?? []);

/** The finding on a record that could not be judged, because of an error that no facet stands for. */
export const unseenOn = (
  rule: Rule,
  item: ConfigurationItem,
  error: unknown,
  context: Omit<Context, 'capturedAt'>,
): Finding =>
  evaluateUnseen(rule, identityOf(item), reasonOf(error), {
    ...context,
    capturedAt: item.captureTime,
  });
