import type { ReplicationRule } from '../../../facts/bucket-settings.ts';
import { object, oneOf, optionalText, text, wrong } from '../../../values/json.ts';
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
      account: optionalText(destination['Account'] ?? destination['account'], `${where}.Account`),
    };
  });
});
