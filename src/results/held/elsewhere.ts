import type { ParametrisedRule } from '../../assessment/assessment.ts';
import type { Finding } from '../../engine/finding.ts';
import type { Verdict } from '../../engine/rule.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { DifferenceRow } from '../rows.ts';
import type { InputHead } from '../tables.ts';

/** A result that AWS Config holds, as a finding. */
export interface Held {
  readonly finding: Finding;
  /** What AWS Config was told. */
  readonly verdict: Verdict;
  /** When AWS Config recorded it (ISO, UTC). */
  readonly recordedAt: string | null;
}

/** Rules of which AWS Config holds no current result in an account and Region. */
export interface Lacking {
  readonly account: string;
  readonly region: string;
  readonly rules: readonly string[];
  /** Whether its rules there are not known to be current, so that nothing was taken. */
  readonly isPast: boolean;
}

/** Results that a run takes from elsewhere, because its rules ask services and the sources hold only records. */
export interface Elsewhere {
  readonly rules: readonly ParametrisedRule[];
  /** All that was taken, as an input of the run. */
  readonly input: InputHead;
  /** Is told of every record, before any rule judges it. */
  meet(item: ConfigurationItem): void;
  /** The results on a resource. */
  of(item: ConfigurationItem): readonly Held[];
  /** Resources that only these rules judge, as far as any result or record tells of them; asked for when all records were met. */
  others(isJudged: (item: ConfigurationItem) => boolean): Iterable<ConfigurationItem>;
  /** Accounts and Regions without any result of a rule that is for something there. */
  lacking(): readonly Lacking[];
  /** Of each rule, how many resources that it is for have no result where others in their account and Region have one. */
  unreported(): ReadonlyMap<string, number>;
}

/** Where AWS Config holds another result than the one of this run. */
export interface Differing extends Pick<DifferenceRow, 'theirs' | 'recordedAt' | 'reason'> {
  readonly rule: string;
}
