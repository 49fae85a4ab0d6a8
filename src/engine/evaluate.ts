import type { RequirementId } from '../frameworks/index.ts';
import type { Identity } from '../records/reading.ts';
import type { ParameterValues } from '../settings/entry.ts';
import { type AccountPaths, isExpired, type Waiver, waiverFor } from '../settings/waiver.ts';
import type { Finding } from './finding.ts';
import { fill, type Judgement, type Rule } from './rule.ts';
import { EvidenceUnavailable, type Subject } from './subject.ts';

/** What the engine says where no rule can speak. Every rule may end in one of these. */
export const engineMessages = {
  evidenceUnavailable: 'The {facet} could not be assessed: {reason}.',
  resourceDeleted: 'The resource no longer exists.',
  resourceNotRecorded: 'AWS Config does not record the resource.',
  resourceOutOfScope: 'The resource has left the scope of the rule.',
  waiverExpired: 'Waiver {waiver} expired on {date}. {message}',
} as const;

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
  return withWaiver(findingOf(rule, subject, judgement, context.capturedAt), context);
}

/** The one finding on a resource that is gone: its configuration is never looked at. */
export function evaluateAbsent(
  rule: Rule,
  subject: Identity,
  absence: Absence,
  capturedAt: string | null,
): Finding {
  const message = engineMessages[absence];
  return findingOf(
    rule,
    subject,
    { verdict: 'NOT_APPLICABLE', messageId: absence, message },
    capturedAt,
  );
}

function judge(rule: Rule, subject: Subject, params: ParameterValues): Judgement {
  try {
    return rule.evaluate(subject, params);
  } catch (error) {
    if (!(error instanceof EvidenceUnavailable)) throw error;
    const { reason } = error;
    const facet = wordsOf(error.facet);
    const message = fill(engineMessages.evidenceUnavailable, { facet, reason }, rule.id);
    return { verdict: 'NON_COMPLIANT', messageId: 'evidenceUnavailable', message };
  }
}

/** "watchedTrails" as people read it. */
const wordsOf = (facet: string) => facet.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const STATE_OF = {
  COMPLIANT: 'PASS',
  NON_COMPLIANT: 'FAIL',
  NOT_APPLICABLE: 'NOT_APPLICABLE',
} as const;

function findingOf(
  rule: Rule,
  { type, id, name, arn, account, region }: Identity,
  { verdict, messageId, message, evidence }: Judgement,
  capturedAt: string | null,
): Finding {
  return {
    rule: rule.id,
    verdict,
    state: messageId === 'evidenceUnavailable' ? 'UNKNOWN' : STATE_OF[verdict],
    messageId,
    message,
    severity: rule.severity,
    subject: { type, id, name, arn, account, region },
    requirements: Object.keys(rule.satisfies) as RequirementId[],
    capturedAt,
    ...(evidence ? { evidence } : {}),
  };
}

/** Rules never see waivers: one in force changes the state, an expired one the message, and only of what is not compliant. */
function withWaiver(finding: Finding, { waivers, accounts, now }: Context): Finding {
  if (finding.verdict !== 'NON_COMPLIANT') return finding;
  const waiver = waiverFor(waivers, finding.rule, finding.subject, now, accounts);
  if (waiver === undefined) return finding;
  if (!isExpired(waiver, now)) return { ...finding, state: 'WAIVED', waiver: waiver.id };
  const values = { waiver: waiver.id, date: waiver.expires, message: finding.message };
  const message = fill(engineMessages.waiverExpired, values, finding.rule);
  return { ...finding, messageId: 'waiverExpired', message, waiver: waiver.id };
}
