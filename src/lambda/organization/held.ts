import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { engineMessages, underWaivers } from '../../engine/evaluate.ts';
import type { Finding } from '../../engine/finding.ts';
import { requirementsOf } from '../../engine/requirement.ts';
import type { Rule, Verdict } from '../../engine/rule.ts';
import { wordsOf } from '../../engine/words.ts';
import { reported } from '../../formats/asff-reported.ts';
import type { Identity } from '../../records/reading.ts';
import type { Held } from '../../results/index.ts';
import { findingFrom } from '../../security-hub/change.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Told } from './history.ts';

const EXPIRED = 'waiverExpired' satisfies keyof typeof engineMessages;

/**
 * A result of AWS Config as a finding. It supports requirements only where its message is one of the rule. What AWS Config holds for
 * compliant with a message that says otherwise is not known. @param now the time that waivers are judged at (ISO, UTC).
 */
export function heldOf(
  { rule, params }: ParametrisedRule,
  subject: Identity,
  told: Told,
  { waivers, organization: { accounts } }: Settings,
  now: string,
): Held {
  const { complianceType, recordedAt } = told;
  const words = wordsOf(rule);
  const where = { configRuleName: rule.id, account: subject.account, region: subject.region };
  const change = { ...told, ...where, rule: words, type: subject.type, id: subject.id };
  const found = findingFrom({ ...change, replaces: false }, subject, NO_WAIVERS, now);
  const isSaid = verdictSaidBy(rule, found.messageId);
  const isContrary = isSaid !== null && isSaid !== found.verdict;
  const base: Finding = reported(
    {
      ...found,
      ...(isContrary ? { verdict: 'NON_COMPLIANT', state: 'UNKNOWN' } : {}),
      requirements:
        isSaid === null || isContrary ? [] : requirementsOf(rule, found.messageId, params),
    },
    words,
  );
  const waived = underWaivers(base, { waivers, accounts, now });
  // A waiver that the account knew to have expired is said to have, once.
  const isSaidTwice = waived.messageId === EXPIRED && base.messageId === EXPIRED;
  return {
    finding: isSaidTwice ? base : waived,
    verdict: complianceType as Verdict,
    recordedAt: recordedAt === '' ? null : recordedAt,
  };
}

const NO_WAIVERS = { waivers: [], accounts: {} };

/** The verdict that a message is for; null where the rule and the engine have no such message. */
function verdictSaidBy({ messages }: Rule, messageId: string): Verdict | null {
  if (Object.hasOwn(messages, messageId)) return messages[messageId]?.verdict ?? null;
  if (!Object.hasOwn(engineMessages, messageId)) return null;
  return engineMessages[messageId as keyof typeof engineMessages].verdict;
}
