import { assessItem } from '../assessment/assess-item.ts';
import type { Assessment, ParametrisedRule } from '../assessment/assessment.ts';
import { judgesOf } from '../assessment/judges.ts';
import { assessNewest } from '../assessment/rivals.ts';
import type { Finding } from '../engine/finding.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { applied } from '../remedies/apply.ts';
import type { Change } from '../remedies/change.ts';
import { policyOf } from '../remedies/situation.ts';
import { statementsOf } from '../remedies/statements.ts';
import { changeFor } from '../remedies/table.ts';
import type { Settings } from '../settings/settings.ts';
import type { Source } from '../sources/source.ts';

export interface Question {
  readonly rule: ParametrisedRule;
  readonly settings: Settings;
  /** The time that it is judged at (ISO, UTC). */
  readonly now: string;
  readonly pack: Assessment['pack'];
}

/** A change, and the finding that it fixes: the first, or one that shows only when that is fixed. */
export interface Step {
  readonly change: Change;
  readonly fixes: Finding;
}

export interface Explained {
  readonly finding: Finding;
  /** The statement of the policy that the finding is about, where its evidence names one. */
  readonly statement: object | null;
  /** What fixes it, if that can be computed, in the order in which it is to be made. */
  readonly changes: readonly Step[];
  /** What the rule says after the changes; null where the record does not show it. */
  readonly after: Finding | null;
}

/** More changes than any finding takes; a statement for each that is open. */
const CHANGES_AT_MOST = 20;

/** One resource judged by one rule, and what it would be after the changes that fix it. */
export async function explanationOf(
  item: ConfigurationItem,
  source: Source,
  question: Question,
): Promise<Explained> {
  const finding = await findingOn(item, source, question, assessNewest);
  const statement = statementOf(finding, item);
  const changes: Step[] = [];
  // Under a waiver, and after it, the change is that of the finding itself.
  const bare = { ...question, settings: { ...question.settings, waivers: [] } };
  const isWaived = finding.waiver !== undefined || finding.messageId === 'waiverExpired';
  let current = item;
  let after = isWaived ? await findingOn(item, source, bare) : finding;
  while (after.state === 'FAIL' && changes.length < CHANGES_AT_MOST) {
    const change = changeFor({ finding: after, item: current, params: question.rule.params });
    if (change === null) break;
    const step = { change, fixes: after };
    const changed = applied(current, change);
    if (changed === null) return { finding, statement, changes: [...changes, step], after: null };
    const next = await findingOn(changed, source, bare);
    // A change that changes nothing is none.
    if (next.message === after.message && next.state === after.state) break;
    keep(changes, step);
    [current, after] = [changed, next];
  }
  return { finding, statement, changes, after };
}

function statementOf({ evidence }: Finding, item: ConfigurationItem): object | null {
  const index = (evidence as { readonly statement?: unknown } | undefined)?.statement;
  if (typeof index !== 'number') return null;
  try {
    return statementsOf(policyOf(item))[index] ?? null;
  } catch {
    // The policy of another resource, or one that does not parse.
    return null;
  }
}

/** Of several changes of one kind only the last is made, because each holds the whole: a policy, an encryption. */
function keep(steps: Step[], step: Step): void {
  const { kind } = step.change;
  const last = steps.at(-1);
  if (last?.change.kind === kind && kind !== 'lifecycle') steps.pop();
  steps.push(step);
}

async function findingOn(
  item: ConfigurationItem,
  source: Source,
  { rule, settings, now, pack }: Question,
  assess = assessItem,
): Promise<Finding> {
  const assessment = { settings, now, pack };
  const judges = judgesOf(item, [rule], assessment);
  const { findings } = await assess(item, judges, { source, assessment, error: undefined });
  const [finding] = findings;
  if (finding === undefined) throw new Error(`${rule.rule.id} says nothing of ${item.resourceId}.`);
  return finding;
}
