import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import type { Source } from '../sources/source.ts';
import { askServices } from './service-facets.ts';
import { findingOn, isJudgedBy, subjectFrom } from './subject.ts';

/** A rule with the parameters it runs with. */
export interface ParametrisedRule {
  readonly rule: Rule;
  readonly params: ParameterValues;
}

export interface Assessment {
  readonly settings: Pick<Settings, 'waivers' | 'organization'>;
  /** What rules may know of all rules. */
  readonly pack: Pack;
  /** The time of the evaluation (ISO, UTC): it decides about waivers and ages. */
  readonly now: string;
  /** Whether a rule judges this record, beyond judging its type: a rule may belong to the home Region. */
  readonly applies?: (rule: Rule, item: ConfigurationItem) => boolean;
}

/** What was found on one record: a finding of each rule that judges it. */
export interface Assessed {
  readonly item: ConfigurationItem;
  readonly findings: readonly Finding[];
}

/** How many records are asked about at the same time. */
const AT_ONCE = 8;

/**
 * The one composition of source, rules and settings: the command line, the functions and every output judge by it. Findings
 * come in the order of the records, then of the rules; a record that no rule judges is left out.
 * @throws what is worth another try: a question to a service that was throttled, or that got no answer.
 */
export async function* assess(
  source: Source,
  rules: readonly ParametrisedRule[],
  assessment: Assessment,
): AsyncGenerator<Assessed> {
  const { applies = () => true } = assessment;
  const judged = (item: ConfigurationItem) =>
    rules.filter(({ rule }) => isJudgedBy(item, rule) && applies(rule, item));
  for await (const batch of inBatches(source.items(), AT_ONCE)) {
    const fitting = batch.filter((item) => judged(item).length > 0);
    await source.prepare?.(fitting);
    yield* await Promise.all(
      fitting.map((item) => assessItem(item, judged(item), source, assessment)),
    );
  }
}

async function assessItem(
  recorded: ConfigurationItem,
  rules: readonly ParametrisedRule[],
  source: Source,
  { settings, pack, now }: Assessment,
): Promise<Assessed> {
  const services = source.services(recorded.account);
  const subjects = new Map<SubjectKind, Awaited<ReturnType<typeof subjectOf>>>();
  const subjectOf = async (kind: SubjectKind) => {
    const reads = new Set(
      rules.filter(({ rule }) => rule.subject === kind).flatMap(({ rule }) => rule.reads),
    );
    const { item, readings } = await askServices(kind, recorded, [...reads], services);
    const { inventory } = source;
    return { item, subject: subjectFrom(kind, item, { inventory, now, answers: readings, pack }) };
  };
  const findings: Finding[] = [];
  const { waivers, organization } = settings;
  for (const { rule, params } of rules) {
    const known = subjects.get(rule.subject) ?? (await subjectOf(rule.subject));
    subjects.set(rule.subject, known);
    const context = { params, waivers, accounts: organization.accounts, now };
    findings.push(findingOn(rule, known.item, known.subject, context));
  }
  return { item: recorded, findings };
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
