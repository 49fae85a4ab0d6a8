import type { RequirementId } from '../frameworks/index.ts';
import type { Identity } from '../records/reading.ts';
import type { Waiver } from '../settings/waiver.ts';
import { named, namedData } from '../values/stand-in.ts';
import { ANNOTATION_LIMIT, cut } from '../values/text.ts';
import type { Evidence, Judgement, Severity, Verdict } from './rule.ts';

/**
 * How a finding stands in our outputs. AWS Config knows no UNKNOWN and no WAIVED:
 * missing evidence is NON_COMPLIANT to it, a waiver in force NOT_APPLICABLE.
 */
export type State = 'PASS' | 'FAIL' | 'NOT_APPLICABLE' | 'WAIVED' | 'UNKNOWN';
export const STATES: readonly State[] = ['FAIL', 'UNKNOWN', 'WAIVED', 'PASS', 'NOT_APPLICABLE'];

/** A judgement with the state it puts the finding in: only the engine gives UNKNOWN, never a rule. */
export interface Judged extends Judgement {
  readonly state: State;
}

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

/** What findings share that rest on one judgement: everything but the subject and the time. */
export interface Told {
  readonly rule: string;
  readonly severity: Severity;
  readonly judged: Judged;
  readonly requirements: readonly RequirementId[];
  /** Whether a stand-in is in it for the name of each subject. */
  readonly isNamed: boolean;
}

/** What remembers, without showing it, what a finding shares with others. An object with the same keys does not. */
export class Sharing {
  readonly #told: Told | undefined;

  constructor(told: Told | undefined) {
    this.#told = told;
  }

  static toldOf(finding: Finding): Told | undefined {
    return #told in finding ? finding.#told : undefined;
  }
}

class ToldFinding extends Sharing implements Finding {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly state: State;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly subject: Identity;
  readonly requirements: readonly RequirementId[];
  readonly capturedAt: string | null;
  declare readonly evidence?: Evidence;

  constructor(told: Told, subject: Identity, capturedAt: string | null) {
    super(told);
    const { judged, isNamed } = told;
    const { message, evidence } = judged;
    this.rule = told.rule;
    this.verdict = judged.verdict;
    this.state = judged.state;
    this.messageId = judged.messageId;
    this.message = isNamed ? named(message, subject.name) : message;
    this.severity = told.severity;
    this.subject = subject;
    this.requirements = told.requirements;
    this.capturedAt = capturedAt;
    if (evidence) this.evidence = isNamed ? namedData(evidence, subject.name) : evidence;
  }
}

export const toldBy = (told: Told, subject: Identity, capturedAt: string | null): Finding =>
  new ToldFinding(told, subject, capturedAt);

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
