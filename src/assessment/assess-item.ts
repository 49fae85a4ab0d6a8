import { type Context, evaluateUnseen } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import { reasonOf } from '../services/failures.ts';
import type { Question, Source } from '../sources/source.ts';
import type { Assessed, Assessment, ParametrisedRule } from './assessment.ts';
import { type Answered, askServices } from './service-facets.ts';
import { findingOn, identityOf, subjectFrom } from './subject.ts';

interface Around {
  readonly source: Source;
  readonly assessment: Assessment;
  /** Why the source could not be prepared for the item; undefined when it could. */
  readonly error: unknown;
}

/** Judges one record by these rules. It throws nothing: an error costs no more than the findings that it concerns. */
export async function assessItem(
  recorded: ConfigurationItem,
  rules: readonly ParametrisedRule[],
  { source, assessment, error: unprepared }: Around,
): Promise<Assessed> {
  const { settings, pack, now } = assessment;
  const services = source.services(recorded.account);
  const known = new Map<SubjectKind, Awaited<ReturnType<typeof subjectOf>>>();
  const subjectOf = async (kind: SubjectKind) => {
    const reads = new Set(
      rules.filter(({ rule }) => rule.subject === kind).flatMap(({ rule }) => rule.reads),
    );
    const answered = await askServices(kind, recorded, [...reads], services);
    const { inventory } = source;
    const answers = answered.readings;
    return {
      answered,
      subject: subjectFrom(kind, answered.item, { inventory, now, answers, pack }),
    };
  };
  const findings: Finding[] = [];
  const failures = new Map<Finding, unknown>();
  const questions = new Map<Finding, readonly Question[]>();
  const { waivers, organization } = settings;
  for (const { rule, params } of rules) {
    const context = { params, waivers, accounts: organization.accounts, now };
    const fail = (error: unknown) => {
      const finding = unseenOn(rule, recorded, error, context);
      failures.set(finding, error);
      return finding;
    };
    let finding: Finding;
    try {
      if (unprepared !== undefined) throw unprepared;
      const { answered, subject } = known.get(rule.subject) ?? (await subjectOf(rule.subject));
      known.set(rule.subject, { answered, subject });
      finding = findingOn(rule, answered.item, subject, context);
      questions.set(finding, questionsOf(rule, answered));
      const [error] = isUnseen(finding) ? errorsOf(rule, answered) : [];
      if (error !== undefined) failures.set(finding, error);
    } catch (error) {
      finding = fail(error);
    }
    findings.push(finding);
  }
  return { item: recorded, findings, failures, questions };
}

/** Missing evidence, also where a waiver speaks for it. */
const isUnseen = ({ state, messageId }: Finding) =>
  state === 'UNKNOWN' || messageId === 'evidenceUnavailable';

const errorsOf = ({ reads }: Rule, { errors }: Answered): readonly unknown[] =>
  reads.flatMap((name) => (errors.has(name) ? [errors.get(name)] : []));

/** Every question of the facets that the rule may read, also where its verdict needed only some of them. */
const questionsOf = ({ reads }: Rule, { questions }: Answered): readonly Question[] =>
  reads.flatMap((name) => questions.get(name) ?? []);

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
