import type { Assessed, Counts, Severity, State, Strength } from './states.ts';
import type { Cause, Changed, Exposure, Gap, Places, Point } from './summary.ts';

export * from './states.ts';

/**
 * The files that the page reads. `src/dashboard` writes them from one run of a results data set; the page reads nothing else.
 * Lists refer to each other by position, which keeps an organization of 100,000 buckets within 3 MB.
 */

/** How many subjects one file of details holds, counted from the first subject of an account. */
export const DETAIL_SIZE = 250;
/** The version of these files: a page never reads those of another one. */
export const FORMAT = 3;

/** `data/index.json.gz`: everything that the overview shows, and what the other files refer to. */
export interface Index {
  readonly format: typeof FORMAT;
  readonly title: string;
  readonly run: Run;
  readonly counts: Counts;
  readonly accounts: readonly Account[];
  readonly regions: readonly string[];
  /** Resource types as AWS Config names them. */
  readonly types: readonly string[];
  /** Most severe first, then by id. */
  readonly rules: readonly Rule[];
  readonly frameworks: readonly Framework[];
  /** Of all frameworks; `Rule.links` and `Outcome.supports` refer to them. */
  readonly requirements: readonly Requirement[];
  readonly waivers: readonly Waiver[];
  readonly causes: readonly Cause[];
  readonly gaps: readonly Gap[];
  readonly exposure: Exposure;
  /** Oldest first; this run is the last. */
  readonly history: readonly Point[];
  /** The changes since `run.previous` by kind, what needs a person first. */
  readonly changes: readonly Changed[];
  readonly coverage: CoverageTotals;
  /** What could not be read, or not whole, in sentences; the first of them. */
  readonly problems: readonly string[];
  readonly problemCount: number;
  /** What a reader must know before pasting a change. */
  readonly fixBasis: string;
  /** How many hex digits of a hash name a file of evidence; null where the data set holds no evidence. */
  readonly evidenceDigits: number | null;
  /** Where the other files of this run are, relative to `data/`. */
  readonly folder: string;
}

export interface Run {
  readonly id: string;
  readonly at: string;
  readonly previous: string | null;
  readonly tool: string;
  readonly version: string;
  readonly commit: string;
  readonly rulesHash: string;
  readonly settingsHash: string;
  readonly subjects: number;
  /** When the oldest and the newest snapshot that were judged were taken. */
  readonly observed: readonly [string, string] | null;
}

export interface Account {
  readonly id: string;
  readonly name: string | null;
  readonly ou: string | null;
  readonly assessed: Assessed;
  readonly reason: string | null;
  readonly counts: Counts;
  /** Position of its first subject, and how many it has. */
  readonly first: number;
  readonly size: number;
  /** Number of its first file of details. */
  readonly detail: number;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly limits: readonly string[];
  /** Resource kind in words: "bucket". */
  readonly noun: string;
  readonly counts: Counts;
  readonly places: Places;
  readonly messages: Readonly<Record<string, Message>>;
  readonly links: readonly Link[];
  /** What the cells of its column mean: cell 1 is the first, 0 is no judgement. */
  readonly outcomes: readonly Outcome[];
  readonly parameters: readonly {
    readonly name: string;
    readonly description: string;
    readonly value: string;
  }[];
  readonly codeHash: string;
  readonly parametersHash: string;
  /** Why no change is computed for its findings, in a sentence. */
  readonly unfixed?: string;
  /** It is in the catalog but did not run. */
  readonly leftOut?: true;
}

export interface Message {
  readonly sentence: string;
  readonly fix?: string;
  readonly caution?: string;
}

export interface Link {
  readonly requirement: number;
  readonly strength: Strength;
  readonly reason: string;
}

/** What several findings of a rule have in common. */
export interface Outcome {
  readonly state: State;
  readonly message: string;
  readonly waiver?: string;
  readonly count: number;
  /** The requirements that it is evidence for. */
  readonly supports: readonly number[];
}

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly citation: string;
  readonly url: string;
  readonly leftOut?: string;
}

export interface Requirement {
  /** "hipaa 164.312(b)". */
  readonly id: string;
  readonly framework: number;
  readonly citation: string;
  readonly title: string;
  readonly text: string;
  readonly implementation?: 'required' | 'addressable';
  readonly unserved?: string;
}

export interface Waiver {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly created: string;
  readonly expires: string;
  readonly standing: 'in force' | 'expired' | 'not begun';
  /** Days from the run to the end of the day it expires; negative when it has expired. */
  readonly daysLeft: number;
  /** Findings that it decided. */
  readonly findings: number;
}

export interface CoverageTotals {
  readonly accounts: Readonly<Record<Assessed, number>>;
  readonly regions: Readonly<Record<Assessed, number>>;
  readonly subjects: Readonly<Record<Assessed, number>>;
}
