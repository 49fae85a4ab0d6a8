import type { Counts } from './states.ts';

/** Findings of one rule that say the same: what to fix once. */
export interface Cause {
  readonly rule: number;
  readonly message: string;
  readonly subjects: number;
  readonly of: number;
  /** The sentence that most of them say, and how many say it. */
  readonly example: string;
  readonly same: number;
}

/** Where a rule fails. */
export interface Places {
  /** Positions of the accounts, at most two, those with the most failures first. */
  readonly accounts: readonly number[];
  /** In how many accounts. */
  readonly count: number;
}

/** Failures that only one of two runs could see: their sums cannot be compared without these. */
export interface Unseen {
  /** It failed in the run before, and could not be judged in this one. */
  readonly lost: number;
  /** It fails in this run, and could not be judged in the one before. */
  readonly found: number;
}

/** Judgements that wait for the same evidence. */
export interface Gap {
  readonly sentence: string;
  readonly findings: number;
  readonly subjects: number;
  readonly rules: readonly number[];
}

/** Who may reach buckets that should not; null where the rule did not run. */
export interface Exposure {
  readonly public: Reach | null;
  readonly shared: Reach | null;
}
export interface Reach {
  readonly rule: string;
  readonly reached: number;
  readonly unknown: number;
  readonly of: number;
}

/** Changes of a kind, or with a cause. */
export interface Changed {
  readonly id: string;
  readonly count: number;
  /** What follows the number: "new failures". */
  readonly words: string;
}

export interface Point extends Unseen {
  readonly run: string;
  readonly at: string;
  readonly counts: Counts;
  /** Failing findings by severity, in the order of `SEVERITIES`. */
  readonly failing: readonly number[];
  readonly notAssessed: number;
}
