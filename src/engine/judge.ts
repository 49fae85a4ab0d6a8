import type { ParameterValues } from '../settings/entry.ts';
import type { Judged } from './finding.ts';
import { fail, fill, skip } from './message.ts';
import type { Rule } from './rule.ts';
import { EvidenceUnavailable, type Subject } from './subject.ts';

/** The messages of the engine, for when a rule cannot give one. Every rule may end in one of these. */
export const engineMessages = {
  evidenceUnavailable: fail('The {facet} could not be assessed: {reason}.', {
    fix: 'Provide the missing evidence that the message names, for example the permission, and evaluate again.',
  }),
  resourceDeleted: skip('The resource no longer exists.'),
  resourceNotRecorded: skip('AWS Config does not record the resource.'),
  resourceOutOfScope: skip('The resource has left the scope of the rule.'),
  waiverExpired: fail('Waiver {waiver} expired on {date} ({under}). {message}', {
    fix: 'Fix what the message reports, or have the waiver renewed and approved.',
  }),
} as const;

/** What a rule says of a subject. Missing evidence becomes the state UNKNOWN; any other error is a defect and is thrown. */
export function judge(rule: Rule, subject: Subject, params: ParameterValues): Judged {
  try {
    const judgement = rule.evaluate(subject, params);
    return { ...judgement, state: STATE_OF[judgement.verdict] };
  } catch (error) {
    if (!(error instanceof EvidenceUnavailable)) throw error;
    return unseen(spelt(error.facet), error.reason, rule.id);
  }
}

/** The judgement where something could not be looked at. @param reason without a full stop. */
export function unseen(facet: string, reason: string, rule: string): Judged {
  const { verdict, sentence } = engineMessages.evidenceUnavailable;
  const message = fill(sentence, { facet, reason }, rule);
  return { verdict, messageId: 'evidenceUnavailable', message, state: 'UNKNOWN' };
}

/** "watchedTrails" as words: "watched trails"; "kmsAliases": "KMS aliases"; the name of a service is no words. */
const spelt = (facet: string) =>
  facet
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(acl|arn|iam|kms)\b/g, (word) => word.toUpperCase())
    .replace('guard duty', 'state of GuardDuty')
    .replace('sha256', 'SHA-256');

export const STATE_OF = {
  COMPLIANT: 'PASS',
  NON_COMPLIANT: 'FAIL',
  NOT_APPLICABLE: 'NOT_APPLICABLE',
} as const;
