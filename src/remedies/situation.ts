import type { Finding } from '../engine/finding.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { ParameterValues } from '../settings/entry.ts';
import { isObject, type Json } from '../values/json.ts';

/** A finding that fails, with what it was judged from. */
export interface Situation {
  readonly finding: Pick<Finding, 'rule' | 'messageId' | 'subject' | 'evidence'>;
  readonly item: ConfigurationItem;
  readonly params: ParameterValues;
}

export const sectionOf = (item: ConfigurationItem, key: string): Json => {
  const section = item.supplementary?.[key];
  return isObject(section) ? section : {};
};

/** The policy of the bucket as it is recorded; null when there is none. @throws SyntaxError when it does not parse. */
export function policyOf(item: ConfigurationItem): Json | null {
  const { policyText } = sectionOf(item, 'BucketPolicy');
  if (typeof policyText !== 'string') return null;
  const policy: unknown = JSON.parse(policyText);
  if (!isObject(policy)) throw new SyntaxError('the policy is not an object');
  return policy;
}

export const number = ({ params }: Situation, name: string): number => Number(params[name]);

export const texts = ({ params }: Situation, name: string): readonly string[] => {
  const value = params[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};

/** The statement that a finding is about, where its evidence says it. */
export function statementIn({ finding: { evidence } }: Situation): number | null {
  const index = (evidence as { readonly statement?: unknown } | undefined)?.statement;
  return typeof index === 'number' ? index : null;
}
