import type { Message } from '../engine/message.ts';
import type { Links } from '../engine/requirement.ts';
import type { Rule } from '../engine/rule.ts';
import type { Framework, Requirement } from '../frameworks/framework.ts';
import type {
  AccountRow,
  ChangeRow,
  Counts,
  DifferenceRow,
  EvidenceRow,
  FindingRow,
  RegionRow,
  SubjectRow,
} from './rows.ts';

/**
 * The results data set: what was judged, by what, from what and when (docs/decisions/0018-results-data-set.md). Each type is a
 * row of the table of its name; every table has the same key `runId` and is one file per run. Times are ISO 8601 in UTC, dates
 * are their first ten characters, hashes are SHA-256 in lower-case hex, lists are sorted.
 */
export const SCHEMA_VERSION = 1;

/** What is known of a run before anything is judged. `--format ndjson` begins with it, `--format json` has it under `run`. */
export interface RunHead {
  /** `20261102T120000Z-` and eight digits of the hash of everything that the run depends on: the same input has the same id. */
  readonly runId: string;
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** The time that waivers and ages were judged at. */
  readonly evaluatedAt: string;
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly commit: string;
    /** Of the code of all rules. */
    readonly rulesHash: string;
  };
  /** Of the settings as they took effect, written as canonical JSON (RFC 8785). */
  readonly settingsHash: string;
  readonly rules: readonly RuleHead[];
  /** Rules of the release that whoever ran it left out, sorted; absent where none was. What the sources cannot answer is not among them. */
  readonly leftOut?: readonly string[];
  readonly inputs: readonly InputHead[];
  /** The run before this one in the same data set, to which `changes` refers; null in the first, and without a data set. */
  readonly previousRun: string | null;
}

/** Table `run`, one row: what judged what, when. */
export interface RunRow extends RunHead {
  readonly rules: readonly RuleRun[];
  readonly inputs: readonly InputRow[];
  /** What could not be read, or not be assessed, one sentence each, sorted; empty for a whole run. */
  readonly problems: readonly Problem[];
  /** Accounts, Regions and resources that could not be assessed, or not whole. */
  readonly notAssessed: {
    readonly accounts: number;
    readonly regions: number;
    readonly subjects: number;
  };
  readonly subjects: number;
  /** One for each rule and each subject that it is for; the sum of `states`. */
  readonly findings: number;
  readonly states: Counts;
  /** How many rows each of the other tables has. A table that was left out has none here. */
  readonly rows: Readonly<Partial<Record<Exclude<TableName, 'run'>, number>>>;
}

/**
 * `finding`: an error of the program left findings unknown. `difference`: AWS Config holds other results than this run, or could not
 * be compared. The others: an input, or a part of the population, is not assessed.
 */
export interface Problem {
  readonly kind:
    | 'file'
    | 'record'
    | 'finding'
    | 'input'
    | 'account'
    | 'region'
    | 'subject'
    | 'difference';
  readonly message: string;
}

/** A rule with what it was run with. */
export interface RuleHead {
  readonly rule: string;
  readonly codeHash: string;
  readonly parametersHash: string;
  /** The effective parameters, as canonical JSON. */
  readonly parameters: string;
  /** Absent where this run judged. The hashes and parameters are then those of this run, and may be others there. */
  readonly judgedBy?: 'aws-config';
}

/** A rule as it ran. */
export interface RuleRun extends RuleHead {
  /** How many subjects it is for, and judged; the sum of `states`. */
  readonly subjects: number;
  readonly states: Counts;
  /** Of a rule that AWS Config judged: resources that it is for and of which AWS Config tells no result. They have no finding. */
  readonly unreported?: number;
}

/** A file, an object or an account that is read. Results of AWS Config (`results`) have the hash of all that were taken from it. */
export interface InputHead {
  readonly kind: 'file' | 's3' | 'account';
  /** Path relative to the source that was named, `s3://bucket/key`, or the account id. */
  readonly name: string;
  readonly holds: 'snapshot' | 'history' | 'items' | 'answers' | 'events' | 'results';
  readonly account: string | null;
  readonly region: string | null;
  /** The snapshot id in its name; null for other files. */
  readonly snapshotId: string | null;
  readonly versionId: string | null;
  /** When AWS Config made or delivered it, as its name or the object says. */
  readonly deliveredAt: string | null;
  readonly bytes: number;
  /** Null for a file that cannot be read, of which a problem of the run tells why. */
  readonly sha256: string | null;
}

export interface InputRow extends InputHead {
  /** How many records of resources that rules judge, or of buckets that no rule is for, come from it. */
  readonly subjects: number;
}

/** Table `settings`, one row: what the run was judged with, so that it can be judged again. */
export interface SettingsRow {
  readonly runId: string;
  readonly sha256: string;
  /** The settings as they took effect, as canonical JSON. */
  readonly settings: string;
}

/** Table `catalog`, one row: the words of the rules and the texts of the frameworks, as the run knew them. */
export interface CatalogRow {
  readonly runId: string;
  readonly rules: readonly CatalogRule[];
  readonly frameworks: readonly CatalogFramework[];
}

/** Everything that people read of a rule; `code` is left to the release. */
export type CatalogRule = Pick<
  Rule,
  'id' | 'title' | 'rationale' | 'limits' | 'severity' | 'areas' | 'subject'
> & {
  /** The requirements that it may support under the parameters of the run, by id, with strength and reason. */
  readonly requirements: Links;
  readonly messages: Readonly<Record<string, Message>>;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
};

export type CatalogFramework = Omit<Framework, 'requirements' | 'parts'> & {
  readonly requirements: readonly (Requirement & {
    /** "hipaa 164.312(b)", as `requirements` of findings spell it. */
    readonly id: string;
    /** "HIPAA Security Rule 164.312(b)", as people cite it. */
    readonly citation: string;
  })[];
};

/** The tables, by name, with the type of their rows. */
export interface Tables {
  readonly run: RunRow;
  readonly accounts: AccountRow;
  readonly regions: RegionRow;
  readonly subjects: SubjectRow;
  readonly findings: FindingRow;
  readonly changes: ChangeRow;
  readonly differences: DifferenceRow;
  readonly evidence: EvidenceRow;
  readonly settings: SettingsRow;
  readonly catalog: CatalogRow;
}
export type TableName = keyof Tables;
