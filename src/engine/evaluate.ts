import type { Identity } from '../records/reading.ts';
import type { ParameterValues } from '../settings/entry.ts';
import { type AccountPaths, isExpired, type Waiver, waiverFor } from '../settings/waiver.ts';
import { type Finding, type Judged, toldBy } from './finding.ts';
import { engineMessages, judge, STATE_OF, unseen } from './judge.ts';
import { fill } from './message.ts';
import { requirementsOf } from './requirement.ts';
import type { Rule } from './rule.ts';
import type { Subject } from './subject.ts';

export { engineMessages } from './judge.ts';

/** Whether the message of a result, read back from where it was reported, says that evidence was missing. */
export const isUnknown = (messageId: string) =>
  messageId === ('evidenceUnavailable' satisfies keyof typeof engineMessages);

/**
 * The message of the rule behind a result that was read back from where it was reported: that of an expired waiver names it.
 * Null where it does not.
 */
export function messageBehind({ messageId, message }: Pick<Finding, 'messageId' | 'message'>) {
  if (messageId !== ('waiverExpired' satisfies keyof typeof engineMessages)) return messageId;
  return EXPIRED.exec(message)?.[1] ?? null;
}

const EXPIRED =
  /^Waiver [A-Za-z0-9._-]{1,64} expired on \d{4}-\d\d-\d\d \(([A-Za-z0-9]{1,64})\)\. /;

export type Absence = 'resourceDeleted' | 'resourceNotRecorded' | 'resourceOutOfScope';

export interface Context {
  readonly params: ParameterValues;
  readonly waivers: readonly Waiver[];
  /** Where accounts are in the organization, for waivers by OU. */
  readonly accounts: AccountPaths;
  /** The time that waivers are judged at (ISO, UTC): the core has no clock. */
  readonly now: string;
  readonly capturedAt: string | null;
}

/** One rule on one subject. Missing evidence becomes the state UNKNOWN; any other error is a defect and is thrown. */
export function evaluate(rule: Rule, subject: Subject, context: Context): Finding {
  const judgement = judge(rule, subject, context.params);
  return underWaivers(findingOf(rule, subject, judgement, context), context);
}

/** The finding on a subject that could not be looked at: missing evidence, whatever the rule. @param reason without a full stop. */
export function evaluateUnseen(
  rule: Rule,
  subject: Identity,
  reason: string,
  context: Context,
): Finding {
  const judged = unseen('resource', reason, rule.id);
  return underWaivers(findingOf(rule, subject, judged, context), context);
}

/** The one finding on a resource that is gone: its configuration is never looked at. */
export function evaluateAbsent(
  rule: Rule,
  subject: Identity,
  absence: Absence,
  context: Pick<Context, 'params' | 'capturedAt'>,
): Finding {
  const { verdict, sentence: message } = engineMessages[absence];
  const judged = { verdict, messageId: absence, message, state: STATE_OF[verdict] };
  return findingOf(rule, subject, judged, context);
}

function findingOf(
  rule: Rule,
  { type, id, name, arn, account, region }: Identity,
  judged: Judged,
  { capturedAt, params }: Pick<Context, 'params' | 'capturedAt'>,
): Finding {
  const requirements = requirementsOf(rule, judged.messageId, params);
  const told = { rule: rule.id, severity: rule.severity, judged, requirements, isNamed: false };
  return toldBy(told, { type, id, name, arn, account, region }, capturedAt);
}

/**
 * A finding under the waivers there are: one in force changes the state, an expired one the message, and only of what is not
 * compliant. Rules never see waivers; the publisher applies them here to what AWS Config holds, as the engine does to what it judged.
 */
export function underWaivers(
  finding: Finding,
  { waivers, accounts, now }: Pick<Context, 'waivers' | 'accounts' | 'now'>,
): Finding {
  if (finding.verdict !== 'NON_COMPLIANT') return finding;
  const waiver = waiverFor(waivers, finding.rule, finding.subject, now, accounts);
  if (waiver === undefined) return finding;
  const { id, owner, approver, expires } = waiver;
  if (!isExpired(waiver, now)) {
    return { ...finding, state: 'WAIVED', waiver: id, waiverTerms: { owner, approver, expires } };
  }
  const values = { waiver: id, date: expires, under: finding.messageId, message: finding.message };
  const message = fill(engineMessages.waiverExpired.sentence, values, finding.rule);
  return { ...finding, messageId: 'waiverExpired', message, waiver: id };
}
