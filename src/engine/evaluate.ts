import type { Identity } from '../records/reading.ts';
import type { ParameterValues } from '../settings/entry.ts';
import { type AccountPaths, isExpired, type Waiver, waiverFor } from '../settings/waiver.ts';
import type { Finding, State } from './finding.ts';
import { fail, fill, skip } from './message.ts';
import { requirementsOf } from './requirement.ts';
import type { Judgement, Rule } from './rule.ts';
import { EvidenceUnavailable, type Subject } from './subject.ts';

/** The messages of the engine, for when a rule cannot give one. Every rule may end in one of these. */
export const engineMessages = {
  evidenceUnavailable: fail('The {facet} could not be assessed: {reason}.', {
    fix: 'Provide the missing evidence that the message names, for example the permission, and evaluate again.',
  }),
  resourceDeleted: skip('The resource no longer exists.'),
  resourceNotRecorded: skip('AWS Config does not record the resource.'),
  resourceOutOfScope: skip('The resource has left the scope of the rule.'),
  waiverExpired: fail('Waiver {waiver} expired on {date}. {message}', {
    fix: 'Fix what the message reports, or have the waiver renewed and approved.',
  }),
} as const;

/** Whether the message of a result, read back from where it was reported, says that evidence was missing. */
export const isUnknown = (messageId: string) =>
  messageId === ('evidenceUnavailable' satisfies keyof typeof engineMessages);

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

/** A judgement with the state it puts the finding in: only the engine gives UNKNOWN, never a rule. */
interface Judged extends Judgement {
  readonly state: State;
}

function judge(rule: Rule, subject: Subject, params: ParameterValues): Judged {
  try {
    const judgement = rule.evaluate(subject, params);
    return { ...judgement, state: STATE_OF[judgement.verdict] };
  } catch (error) {
    if (!(error instanceof EvidenceUnavailable)) throw error;
    return unseen(spelt(error.facet), error.reason, rule.id);
  }
}

function unseen(facet: string, reason: string, rule: string): Judged {
  const { verdict, sentence } = engineMessages.evidenceUnavailable;
  const message = fill(sentence, { facet, reason }, rule);
  return { verdict, messageId: 'evidenceUnavailable', message, state: 'UNKNOWN' };
}

/** "watchedTrails" as words: "watched trails"; "kmsAliases": "KMS aliases". */
const spelt = (facet: string) =>
  facet
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(acl|arn|iam|kms)\b/g, (word) => word.toUpperCase())
    .replace('sha256', 'SHA-256');

const STATE_OF = {
  COMPLIANT: 'PASS',
  NON_COMPLIANT: 'FAIL',
  NOT_APPLICABLE: 'NOT_APPLICABLE',
} as const;

function findingOf(
  rule: Rule,
  { type, id, name, arn, account, region }: Identity,
  { verdict, state, messageId, message, evidence }: Judged,
  { capturedAt, params }: Pick<Context, 'params' | 'capturedAt'>,
): Finding {
  return {
    rule: rule.id,
    verdict,
    state,
    messageId,
    message,
    severity: rule.severity,
    subject: { type, id, name, arn, account, region },
    requirements: requirementsOf(rule, messageId, params),
    capturedAt,
    ...(evidence ? { evidence } : {}),
  };
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
  const values = { waiver: id, date: expires, message: finding.message };
  const message = fill(engineMessages.waiverExpired.sentence, values, finding.rule);
  return { ...finding, messageId: 'waiverExpired', message, waiver: id };
}
