import type { EvaluationResult } from '@aws-sdk/client-config-service';
import { isUnknown, messageBehind, underWaivers } from '../engine/evaluate.ts';
import type { Finding, State } from '../engine/finding.ts';
import { requirementsOf } from '../engine/requirement.ts';
import type { Verdict } from '../engine/rule.ts';
import type { RuleWords } from '../engine/words.ts';
import { NO_REASON } from '../formats/asff-reported.ts';
import type { Identity } from '../records/reading.ts';
import { type AccountPaths, type Waiver, waiverFor } from '../settings/waiver.ts';
import { type Json, object, optionalText, property, text, time, wrong } from '../values/json.ts';
import { isBlank, printable } from '../values/text.ts';
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

/** Of two results of one finding the one that counts: the later, and of the same millisecond the one that fails. */
export function decisive(one: Change, other: Change): Change {
  if (one.recordedAt !== other.recordedAt) return one.recordedAt > other.recordedAt ? one : other;
  return isHarmless(other) && !isHarmless(one) ? one : other;
}

const isHarmless = ({ complianceType }: Change) =>
  complianceType === 'COMPLIANT' || complianceType === 'NOT_APPLICABLE';

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

/**
 * The finding that a result stands for. AWS Config repeats a result until it evaluates again, so that of a waived one the settings
 * decide whether a waiver holds for the resource, and which: not the one that the annotation names. What AWS Config holds for not
 * compliant stays so until it has evaluated again under a new waiver.
 * @param now the time that waivers are judged at (ISO).
 */
export function findingFrom(
  { rule, complianceType, annotation, recordedAt }: Change,
  subject: Identity,
  { waivers, accounts }: Exceptions,
  now: string,
): Finding {
  const { messageId, message, ...said } = sayingOf(annotation);
  const finding = {
    ...{ rule: rule.id, severity: rule.severity, subject, capturedAt: recordedAt },
    ...{ messageId, message, requirements: requirementsOf(rule, said.behind, null) },
  };
  const judged = (verdict: Verdict, state: State): Finding => ({ ...finding, verdict, state });
  const failed = () => judged('NON_COMPLIANT', said.isUnknown ? 'UNKNOWN' : 'FAIL');
  switch (complianceType) {
    case 'COMPLIANT':
      return judged('COMPLIANT', 'PASS');
    case 'NON_COMPLIANT':
      return failed();
    case 'NOT_APPLICABLE': {
      const isWaived =
        said.isWaived ||
        (said.isSilent && waiverFor(waivers, rule.id, subject, now, accounts) !== undefined);
      return isWaived
        ? underWaivers(failed(), { waivers, accounts, now })
        : judged('NOT_APPLICABLE', 'NOT_APPLICABLE');
    }
    default:
      // INSUFFICIENT_DATA, or a value that AWS Config may add: it must not count as a pass.
      return judged('NON_COMPLIANT', 'UNKNOWN');
  }
}

/** Reads `annotationOf` of the core backwards: "<messageId>: <sentence>", under a waiver with "waived <id>, " before it. */
function sayingOf(annotation = '') {
  const [match, waived = '', id = '', text = ''] = ANNOTATION.exec(annotation) ?? [];
  const sentence = match === undefined ? annotation : text;
  const messageId = isBlank(id) ? 'noReason' : printable(id);
  const message = isBlank(sentence) ? NO_REASON : printable(sentence);
  const behind = messageBehind({ messageId, message }) ?? messageId;
  return {
    ...{ messageId, message, behind },
    isWaived: waived !== '',
    isUnknown: isUnknown(behind),
    /** Nothing was said. */
    isSilent: isBlank(sentence) && isBlank(id),
  };
}

/** Two heads and a sentence; neither has a colon before the one that ends it. */
const ANNOTATION = /^(waived [^,:]*, )?([^:]*?): (.*)$/s;
