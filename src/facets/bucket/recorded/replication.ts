import type { ReplicationRule } from '../../../facts/bucket-settings.ts';
import { type Json, object, oneOf, optionalText, text, wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketReplicationConfiguration';

/**
 * Absent if nothing is replicated, because S3 stores no configuration without rules; the rules are a map from rule id to
 * rule, and Account has a capital A.
 */
export const replication = recorded<readonly ReplicationRule[]>(KEY, (value) => {
  if (value === undefined || value === null) return [];
  const rules = Object.entries(object(object(value, KEY)['rules'], `${KEY}.rules`));
  if (rules.length === 0) throw wrong(`${KEY}.rules`, 'at least one rule', {});
  return rules.map(([id, entry]) => {
    const where = `${KEY}.rules.${id}`;
    const rule = object(entry, where);
    const destination = object(rule['destinationConfig'], `${where}.destinationConfig`);
    return {
      id,
      enabled: oneOf(rule['status'], ['Enabled', 'Disabled'], `${where}.status`) === 'Enabled',
      destination: text(destination['bucketARN'], `${where}.bucketARN`),
      narrowedTo: scopeOf(rule, where),
      account: optionalText(destination['Account'] ?? destination['account'], `${where}.Account`),
    };
  });
});

/**
 * Every object only if the prefix is empty (Amazon S3 API Reference, ReplicationRule) and there is no filter with a
 * condition. How AWS Config records a filter is not documented, so any that says something narrows the rule.
 */
function scopeOf(rule: Json, where: string): string | null {
  const prefix = optionalText(rule['prefix'], `${where}.prefix`);
  if (prefix !== null && prefix !== '') return `prefix ${prefix}`;
  const { filter } = rule;
  return filter === undefined || filter === null || saysNothing(filter) ? null : 'a filter';
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(saysNothing);
}
