import { rules as allRules } from '../../rules/index.ts';
import { assess } from '../assessment/assess.ts';
import { packOf } from '../assessment/pack-of.ts';
import type { Finding } from '../engine/finding.ts';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import { emptySettings, type Settings } from '../settings/settings.ts';
import { memorySource } from '../sources/memory-source.ts';

export interface EvaluateOptions {
  /** All rules when left out. */
  readonly rules?: readonly Rule[];
  /** Without settings, no key is approved, and no one outside the account of a bucket is trusted. */
  readonly settings?: Settings;
  /** The time of the evaluation (ISO, UTC): it decides about waivers and ages. Now when left out. */
  readonly now?: string;
}

/**
 * The findings of the rules on records of AWS Config, in the order of the records, then of the rules.
 *
 * A record is a configuration item in any encoding that AWS Config uses (snapshot, Lambda event, GetResourceConfigHistory,
 * BatchGetResourceConfig), or a captured answer of a service. What the records say of one another counts: give the account's
 * Block Public Access, trails and log targets together with the buckets. A rule that needs an answer that is not among the records
 * ends in the state UNKNOWN, and so does one whose subject cannot be judged because of an error; the others are judged all the same.
 * @throws Malformed when a record is neither a configuration item nor a captured answer.
 */
export async function evaluate(
  records: readonly unknown[],
  {
    rules = allRules,
    settings = emptySettings,
    now = new Date().toISOString(),
  }: EvaluateOptions = {},
): Promise<readonly Finding[]> {
  const parametrised = rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const findings: Finding[] = [];
  const assessment = { settings, now, pack: packOf(allRules) };
  for await (const assessed of assess(memorySource(records), parametrised, assessment)) {
    findings.push(...assessed.findings);
  }
  return findings;
}
