import type { RequirementId } from '../frameworks/index.ts';
import type { Identity } from '../records/reading.ts';
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
export function annotationOf(finding: Finding): string {
  const id =
    finding.state === 'WAIVED'
      ? `waived ${finding.waiver}, ${finding.messageId}`
      : finding.messageId;
  return cut(`${id}: ${finding.message}`, ANNOTATION_LIMIT);
}
