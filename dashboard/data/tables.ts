import type { Assessed } from './shape.ts';
import type { Changed } from './summary.ts';

/** The files next to the index; lists refer to the positions in it. */

/** `subjects.json.gz`: each subject at its position, account by account. */
export interface Columns {
  readonly names: readonly string[];
  /** Ids that are not the name, by position. */
  readonly ids: Readonly<Record<string, string>>;
  readonly regions: readonly number[];
  readonly types: readonly number[];
  /** `[partly or no, reason]` by position; the others were assessed. */
  readonly gaps: Readonly<Record<string, readonly [Assessed, string]>>;
  /** "key=value", most frequent first. Tags that only one subject carries stand in its details. */
  readonly tags: readonly string[];
  readonly tagsOf: readonly (readonly number[])[];
}

/** `changes.json.gz`: one entry of each list for each change. */
export interface Changes {
  /** Position of the subject; -1 where it is gone. */
  readonly subjects: readonly number[];
  /** Names of those that are gone, by position in these lists. */
  readonly gone: Readonly<
    Record<string, { readonly name: string; readonly account: string; readonly region: string }>
  >;
  readonly rules: readonly number[];
  readonly kinds: readonly string[];
  readonly kind: readonly number[];
  readonly causes: readonly Changed[];
  readonly cause: readonly number[];
  /** "FAIL latent" and so on; "" where there was no finding, or is none. */
  readonly states: readonly string[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** `coverage.json.gz`: each Region of each account. */
export interface Coverage {
  readonly account: readonly number[];
  readonly region: readonly number[];
  readonly assessed: readonly Assessed[];
  readonly recorder: readonly ('on' | 'off' | 'unknown')[];
  readonly observed: readonly (string | null)[];
  readonly subjects: readonly number[];
  readonly reasons: readonly string[];
  /** Position in `reasons`; -1 where there is none. */
  readonly reason: readonly number[];
  readonly knownFrom: readonly (readonly string[])[];
  /** Findings for which AWS Config holds another result, where its results were read; the first of them. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}
export interface Difference {
  /** Position of the subject; -1 where it is not among them. */
  readonly subject: number;
  readonly name: string;
  readonly rule: number;
  /** State and message: "FAIL noDenial". */
  readonly ours: string;
  /** The state as AWS Config holds it, in the same form; "" where it holds no result. */
  readonly theirs: string;
  readonly recorded: string | null;
  /** In words. */
  readonly why: string;
}

/** `detail/<number>.json.gz`: consecutive subjects of one account. */
export type Details = readonly Detail[];
export interface Detail {
  readonly arn: string;
  readonly created: string | null;
  readonly captured: string | null;
  readonly observed: string | null;
  readonly item: string | null;
  readonly deleted?: true;
  readonly tags: Readonly<Record<string, string>>;
  readonly findings: readonly DetailFinding[];
}
/** What the page shows as `STATE message`, since a time (ISO, UTC), and why, in words; the time is empty for how it was before. */
export type Standing = readonly [since: string, side: string, cause: string];
export interface DetailFinding {
  /** Newest first; left out where nothing is known but how it is now. */
  readonly past?: readonly Standing[];
  readonly id: string;
  readonly rule: number;
  /** Left out where it is the sentence of the rule as it stands. */
  readonly text?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly since: string;
  readonly failedSince: string | null;
  /** Of the answers of services that the rule read. */
  readonly answers?: readonly string[];
}

/** The change that fixes a finding, to be pasted. */
export interface Fix {
  readonly steps?: readonly {
    readonly message: string;
    readonly caution?: string;
    /** Tool and text. */
    readonly as: readonly (readonly [string, string])[];
  }[];
  /** What the rule says afterwards, or why there is nothing to paste. */
  readonly result: string;
}
/** By position of the rule. */
export type Fixes = Readonly<Record<number, Fix>>;

/**
 * `evidence/<digits>.json.gz`: raw inputs by SHA-256, with the fixes of what was judged from them; `evidence/none.json.gz` has
 * those of subjects without a record, by position.
 */
export type Evidence = Readonly<Record<string, { readonly raw?: string; readonly fixes?: Fixes }>>;
