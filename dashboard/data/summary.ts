import type { Counts } from './states.ts';

/** Findings of one rule that say the same: what to fix once. */
export interface Cause {
  readonly rule: number;
  readonly message: string;
  readonly subjects: number;
  readonly of: number;
  /** Positions of the accounts, at most three, those with the most subjects first. */
  readonly accounts: readonly number[];
  readonly accountCount: number;
  /** The sentence that most of them say, and how many say it. */
  readonly example: string;
  readonly same: number;
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

export interface Point {
  readonly run: string;
  readonly at: string;
  readonly counts: Counts;
  /** Failing findings by severity, in the order of `SEVERITIES`. */
  readonly failing: readonly number[];
  readonly notAssessed: number;
}
