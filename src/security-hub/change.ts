import type { EvaluationResult } from '@aws-sdk/client-config-service';
import { engineMessages, isUnknown } from '../engine/evaluate.ts';
import type { Finding, State } from '../engine/finding.ts';
import { requirementsOf } from '../engine/requirement.ts';
import { fill, type Verdict } from '../engine/rule.ts';
import type { RuleWords } from '../engine/words.ts';
import type { Identity } from '../records/reading.ts';
import { type AccountPaths, isExpired, type Waiver, waiverFor } from '../settings/waiver.ts';
import { type Json, object, optionalText, property, text, time, wrong } from '../values/json.ts';
import { printable } from '../values/text.ts';
import { DECORATION } from './automation-rules.ts';

/** The latest result in AWS Config for one resource and one of our rules. */
export interface Change {
  /** As AWS Config names it, with what a pack adds. */
  readonly configRuleName: string;
  readonly rule: RuleWords;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly complianceType: string;
  /** Undefined if it was not reported, which does not mean that there is none. */
  readonly annotation: string | undefined;
  /** When AWS Config recorded the result (ISO): the order of results, in whichever order they arrive. */
  readonly recordedAt: string;
  /** Whether an earlier result is known to have been one that is published. */
  readonly replaces: boolean;
}

/**
 * Reads the event that AWS Config sends when a result changes (AWS Config Developer Guide, "Example Compliance Change
 * Notification"); undefined when it is about a rule that is not ours.
 * @throws Malformed naming the part that is not as documented.
 */
export function changeOf(event: unknown, rules: readonly RuleWords[]): Change | undefined {
  const detail = object(property(object(event, 'the event'), 'detail'), 'detail');
  const configRuleName = text(detail['configRuleName'], 'detail.configRuleName');
  const rule = ruleNamed(configRuleName, rules);
  if (rule === undefined) return undefined;
  const result = object(detail['newEvaluationResult'], 'detail.newEvaluationResult');
  return {
    ...{ configRuleName, rule },
    account: accountIn(detail),
    region: text(detail['awsRegion'], 'detail.awsRegion'),
    type: text(detail['resourceType'], 'detail.resourceType'),
    id: text(detail['resourceId'], 'detail.resourceId'),
    complianceType: text(result['complianceType'], 'detail.newEvaluationResult.complianceType'),
    annotation: optionalText(result['annotation'], 'annotation') ?? undefined,
    recordedAt: time(result['resultRecordedTime'], 'resultRecordedTime'),
    replaces: replacesPublished(detail['oldEvaluationResult']),
  };
}

/** A result of the API as the change it once was. */
export function changeIn(
  result: EvaluationResult,
  where: Pick<Change, 'configRuleName' | 'rule' | 'account' | 'region'>,
): Change {
  const { EvaluationResultIdentifier, ComplianceType, Annotation, ResultRecordedTime } = result;
  const { ResourceType = '', ResourceId = '' } =
    EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
  return {
    ...where,
    ...{ type: ResourceType, id: ResourceId, annotation: Annotation, replaces: true },
    complianceType: ComplianceType ?? 'INSUFFICIENT_DATA',
    recordedAt: (ResultRecordedTime ?? new Date(0)).toISOString(),
  };
}

/** Whether two changes are about the same finding. */
export const keyOf = ({ rule, account, region, type, id }: Change) =>
  [rule.id, account, region, type, id].join(' ');

export function ruleNamed(name: string, rules: readonly RuleWords[]): RuleWords | undefined {
  const at = name.indexOf(DECORATION);
  const id = at === -1 ? name : name.slice(0, at);
  return rules.find((rule) => rule.id === id);
}

function accountIn(detail: Json): string {
  const account = text(detail['awsAccountId'], 'detail.awsAccountId');
  if (!/^\d{12}$/.test(account)) throw wrong('detail.awsAccountId', 'an account id', account);
  return account;
}

function replacesPublished(old: unknown): boolean {
  if (old === null || old === undefined) return false;
  const was = object(old, 'detail.oldEvaluationResult')['complianceType'];
  return was === 'COMPLIANT' || was === 'NON_COMPLIANT' || was === 'NOT_APPLICABLE';
}

/** What an organization has decided to accept, from the settings. */
export interface Exceptions {
  readonly waivers: readonly Waiver[];
  /** Which account is where, for waivers by organizational unit. */
  readonly accounts: AccountPaths;
}

/** The finding that a result stands for. @param now the time that waivers are judged at (ISO). */
export function findingFrom(
  { rule, complianceType, annotation, recordedAt }: Change,
  subject: Identity,
  { waivers, accounts }: Exceptions,
  now: string,
): Finding {
  const said = sayingOf(annotation);
  const finding = {
    ...{ rule: rule.id, severity: rule.severity, subject, capturedAt: recordedAt },
    ...{ messageId: said.messageId, message: said.message },
    requirements: requirementsOf(rule, said.messageId, null),
  };
  const judged = (verdict: Verdict, state: State): Finding => ({ ...finding, verdict, state });
  switch (complianceType) {
    case 'COMPLIANT':
      return judged('COMPLIANT', 'PASS');
    case 'NON_COMPLIANT':
      return judged('NON_COMPLIANT', isUnknown(said.messageId) ? 'UNKNOWN' : 'FAIL');
    case 'NOT_APPLICABLE': {
      const id =
        said.waiver ??
        (annotation ? undefined : waiverFor(waivers, rule.id, subject, now, accounts)?.id);
      if (id === undefined) return judged('NOT_APPLICABLE', 'NOT_APPLICABLE');
      return underWaiver(judged('NON_COMPLIANT', 'WAIVED'), id, waivers, now);
    }
    default:
      // INSUFFICIENT_DATA, or a value that AWS Config may add: it must not count as a pass.
      return judged('NON_COMPLIANT', 'UNKNOWN');
  }
}

/** Of a waiver that a review of the settings took out before its time. */
const WAIVER_REMOVED = 'Waiver {waiver} is no longer in the settings. {message}';

/** A waiver ends by its date, while AWS Config repeats the result of the day it was in force. */
function underWaiver(
  finding: Finding,
  id: string,
  waivers: readonly Waiver[],
  now: string,
): Finding {
  const waiver = waivers.find((each) => each.id === id && each.rule === finding.rule);
  if (waiver && !isExpired(waiver, now)) return { ...finding, waiver: id };
  const values = { waiver: id, date: waiver?.expires ?? '', message: finding.message };
  const sentence = waiver ? engineMessages.waiverExpired.sentence : WAIVER_REMOVED;
  const message = fill(sentence, values, finding.rule);
  // What no one could see stays so: a date that passed is no evidence.
  if (isUnknown(finding.messageId)) return { ...finding, state: 'UNKNOWN' };
  return { ...finding, state: 'FAIL', messageId: 'waiverExpired', message, waiver: id };
}

/** Reads `annotationOf` of the core backwards: "<messageId>: <sentence>", under a waiver with "waived <id>, " before it. */
function sayingOf(annotation: string | undefined) {
  if (annotation === undefined)
    return { messageId: 'noReason', message: 'AWS Config gave no reason.' };
  const clean = printable(annotation);
  const colon = clean.indexOf(': ');
  if (colon === -1) return { messageId: 'noReason', message: clean };
  const [head, message] = [clean.slice(0, colon), clean.slice(colon + 2)];
  const comma = head.indexOf(', ');
  if (!head.startsWith(WAIVED) || comma === -1) return { messageId: head, message };
  return { waiver: head.slice(WAIVED.length, comma), messageId: head.slice(comma + 2), message };
}

const WAIVED = 'waived ';
