import type { Context } from '../engine/evaluate.ts';
import type { Evaluation } from '../engine/evaluation.ts';
import type { Finding } from '../engine/finding.ts';
import type { Seen } from '../engine/precedents/asking.ts';
import type { Rule } from '../engine/rule.ts';
import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import type { Question } from '../sources/source.ts';
import type { Circumstances } from './subject.ts';

/** A rule with the parameters it runs with. */
export interface ParametrisedRule {
  readonly rule: Rule;
  readonly params: ParameterValues;
}

export interface Assessment {
  readonly settings: Pick<Settings, 'waivers' | 'organization'>;
  /** What rules may know of all rules. */
  readonly pack: Pack;
  /** The time of the evaluation (ISO, UTC): it decides about waivers and ages. */
  readonly now: string;
  /** Whether a rule judges records of this Region, beyond judging their type: a rule may belong to the home Region. */
  readonly applies?: (rule: Rule, place: Pick<ConfigurationItem, 'region'>) => boolean;
  /** Whether a record is judged at all; every one, when left out. */
  readonly wants?: (item: ConfigurationItem) => boolean;
  /** Judges subjects by what was decided of others before, where these are many; without it each is judged by itself. */
  readonly memory?: Memory;
}

/** How buckets are judged by what was decided of others. The findings are the same. */
export interface Memory {
  see(item: ConfigurationItem, circumstances: Circumstances): Seen;
  evaluation(rule: Rule, context: Omit<Context, 'capturedAt'>): Evaluation;
}

/** What was found on one record: a finding of each rule that judges it. */
export interface Assessed {
  readonly item: ConfigurationItem;
  readonly findings: readonly Finding[];
  /** Why some of these findings say no more than that evidence is missing, where another try may say more. */
  readonly failures: ReadonlyMap<Finding, unknown>;
  /** What the services were asked for each finding. */
  readonly questions: ReadonlyMap<Finding, readonly Question[]>;
}
