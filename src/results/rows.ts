import type { Finding, State } from '../engine/finding.ts';
import type { RequirementId } from '../frameworks/index.ts';
import type { Identity } from '../records/reading.ts';

/** The tables of the results data set with many rows; ./tables.ts says what holds for all of them. */

/** Whether something was judged: with all its rules, with some of them, or not at all. Then `reason` says why. */
export type Assessed = 'yes' | 'partly' | 'no';

/** Where it is known from that an account, a Region or a resource exists. */
export type KnownFrom =
  | 'settings'
  | 'organizations'
  | 'snapshot'
  | 'history'
  | 'items'
  | 'services'
  | 'aggregator';

export type Counts = Readonly<Record<State, number>>;

/** Table `accounts`. */
export interface AccountRow {
  readonly runId: string;
  readonly account: string;
  readonly name: string | null;
  /** `o-…/r-…/ou-…`; null where neither the settings nor the organization say it. */
  readonly ou: string | null;
  readonly knownFrom: readonly KnownFrom[];
  readonly assessed: Assessed;
  readonly reason: string | null;
  readonly subjects: number;
  readonly states: Counts;
}

/** Table `regions`: a Region of an account. */
export interface RegionRow {
  readonly runId: string;
  readonly account: string;
  readonly region: string;
  readonly knownFrom: readonly KnownFrom[];
  readonly recorder: 'on' | 'off' | 'unknown';
  readonly snapshotId: string | null;
  /** When the newest snapshot was taken; everything in it is as observed then. */
  readonly observedAt: string | null;
  readonly assessed: Assessed;
  readonly reason: string | null;
  readonly subjects: number;
}

/** Table `subjects`: each resource that is there, judged or not. */
export interface SubjectRow {
  readonly runId: string;
  readonly subject: Identity;
  readonly ou: string | null;
  /** A bucket that its own service lists has `services` as well, where the service was asked. */
  readonly knownFrom: readonly KnownFrom[];
  readonly created: string | null;
  readonly deleted: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the configuration item, in `evidence`; null for what only a service or the settings know. */
  readonly itemHash: string | null;
  readonly capturedAt: string | null;
  readonly observedAt: string | null;
  readonly assessed: Assessed;
  readonly reason: string | null;
  readonly states: Counts;
}

/** Table `findings`. */
export interface FindingRow extends Finding {
  readonly runId: string;
  /** UUID of version 5 of rule, account, Region, ARN and time of creation: it stays while the resource is there. */
  readonly id: string;
  /** What AWS Config is told: a waiver in force is NOT_APPLICABLE to it, missing evidence NON_COMPLIANT. */
  readonly verdictForConfig: Finding['verdict'];
  /** How strongly this message supports each of `requirements`. */
  readonly strengths: Readonly<Partial<Record<RequirementId, 'primary' | 'supporting'>>>;
  readonly itemHash: string | null;
  /** Of the answers of services that the rule read, in `evidence`. */
  readonly answerHashes: readonly string[];
  /** When the snapshot was taken, or the account was asked; `capturedAt` is when the resource last changed. */
  readonly observedAt: string | null;
  /**
   * Where this run did not judge it: who did. `observedAt` is then when AWS Config recorded the result, and `verdictForConfig` what
   * it holds. There is no record or answer behind it here.
   */
  readonly judgedBy?: 'aws-config';
  /** Since when it is in this state, as far as the data set goes back. */
  readonly stateSince: string;
  /**
   * Since when it fails without a pause; null where it does not fail. A waiver does not end a failure, and missing evidence neither
   * begins nor ends one.
   */
  readonly firstFailedAt: string | null;
  /** When it was last seen to fail, in whatever run; null if never. A failure that comes back is one `reopened`. */
  readonly lastFailedAt: string | null;
}

/** Why a finding is not what it was in the run before. `evidence`: it became readable or unreadable. */
export type Cause = 'resource' | 'rule' | 'parameter' | 'waiver' | 'evidence' | 'population';

/** How a finding stood in one run. */
export interface Standing {
  readonly state: State;
  readonly messageId: string;
  readonly waiver: string | null;
  readonly capturedAt: string | null;
}

/**
 * Table `changes`: findings whose state or message differs from the run before. `new`, `reopened`: it fails now. `fixed`: it fails no
 * more. `deleted`: the resource is gone, and was recorded as such. `gone`: there is no finding any more. `known`, `unknown`: evidence
 * came or is missing. `applies`: from not applicable to passed, or back. `message`: only the message differs.
 */
export interface ChangeRow {
  readonly runId: string;
  readonly id: string;
  readonly rule: string;
  readonly subject: Identity;
  readonly severity: Finding['severity'];
  /** null: it was not there. */
  readonly from: Standing | null;
  /** null: it is gone. */
  readonly to: Standing | null;
  readonly change:
    | 'new'
    | 'fixed'
    | 'reopened'
    | 'waived'
    | 'unwaived'
    | 'unknown'
    | 'known'
    | 'message'
    | 'applies'
    | 'deleted'
    | 'appeared'
    | 'gone';
  /** The likeliest of `causes`: of several the one that nobody fixed anything by. */
  readonly cause: Cause;
  /** Everything that differs between the two runs and may be why. */
  readonly causes: readonly Cause[];
  /** Since when the failure lasts, or lasted, that is open, fixed, waived or gone with this change; null where there is none. */
  readonly firstFailedAt: string | null;
}

/**
 * Why AWS Config holds another result. `record`: the resource changed after one of the two had judged it. `release`: the functions of
 * that account and Region run another release or other settings, as they say themselves.
 */
export type DifferenceReason = 'record' | 'release' | 'unknown';

/** Table `differences`: a finding of this run for which AWS Config holds another result. */
export interface DifferenceRow {
  readonly runId: string;
  /** Of the finding. */
  readonly id: string;
  readonly rule: string;
  readonly subject: Identity;
  readonly ours: Pick<
    FindingRow,
    'state' | 'messageId' | 'verdictForConfig' | 'capturedAt' | 'observedAt'
  >;
  /** Null for no result: AWS Config keeps no NOT_APPLICABLE. */
  readonly theirs: 'COMPLIANT' | 'NON_COMPLIANT' | null;
  /** When AWS Config last recorded a result on the resource, of whichever rule; null where it holds none, or does not say. */
  readonly recordedAt: string | null;
  readonly reason: DifferenceReason;
}

/** Table `evidence`: the raw input behind the rows that cite it, each once per run. */
export interface EvidenceRow {
  readonly runId: string;
  /** Of `raw` in UTF-8. */
  readonly sha256: string;
  readonly kind: 'item' | 'answer';
  /** The bytes that were judged, as text. */
  readonly raw: string;
}
