import type { RequirementId } from '../frameworks/index.ts';
import type { Identity } from '../records/reading.ts';
import type { Waiver } from '../settings/waiver.ts';
import { ANNOTATION_LIMIT, cut } from '../values/text.ts';
import type { Evidence, Severity, Verdict } from './rule.ts';

/**
 * How a finding stands in our outputs. AWS Config knows no UNKNOWN and no WAIVED:
 * missing evidence is NON_COMPLIANT to it, a waiver in force NOT_APPLICABLE.
 */
export type State = 'PASS' | 'FAIL' | 'NOT_APPLICABLE' | 'WAIVED' | 'UNKNOWN';
export const STATES: readonly State[] = ['FAIL', 'UNKNOWN', 'WAIVED', 'PASS', 'NOT_APPLICABLE'];

/** The result of one rule for one subject, with its time and evidence. */
export interface Finding {
  readonly rule: string;
  /** The rule's own verdict; under a waiver it stays what it was. */
  readonly verdict: Verdict;
  readonly state: State;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly subject: Identity;
  readonly requirements: readonly RequirementId[];
  /** Id of the waiver that decided the state. */
  readonly waiver?: string;
  /** Of a waiver in force: by whom the finding is waived, and until when, the last day included (ISO date). */
  readonly waiverTerms?: Pick<Waiver, 'owner' | 'approver' | 'expires'>;
  /** When the configuration was recorded (ISO, UTC); null when the record does not say. */
  readonly capturedAt: string | null;
  /** Evidence for the message, as data. */
  readonly evidence?: Evidence;
}

/** What is reported to AWS Config. */
export function verdictForConfig(finding: Finding): Verdict {
  return finding.state === 'WAIVED' ? 'NOT_APPLICABLE' : finding.verdict;
}

/** "<messageId>: <sentence>" within the limit of AWS Config; never empty. */
export const annotationOf = (finding: Finding): string =>
  cut(`${annotationHeadOf(finding)}: ${finding.message}`, ANNOTATION_LIMIT);

/** What stands before the sentence: the id of the message, and the waiver before it. */
export const annotationHeadOf = ({ state, waiver, messageId }: Finding): string =>
  state === 'WAIVED' ? `waived ${waiver}, ${messageId}` : messageId;
