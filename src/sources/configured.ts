import type { ConfigurationItem } from '../records/configuration-item.ts';
import { isObject, property } from '../values/json.ts';
import { partitionOf } from '../values/region.ts';

/** Types of the records that say something of other resources, besides buckets. */
export const INVENTORY_TYPES: readonly string[] = [
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::CloudTrail::Trail',
  'AWS::KMS::Alias',
];

/** The ARN of the alias that a record is of, and that of its key; undefined where the record does not say. */
export function aliasIn(
  item: ConfigurationItem,
): readonly [alias: string, key: string] | undefined {
  const name = configured(item, 'AliasName') ?? configured(item, 'aliasName');
  const target = configured(item, 'TargetKeyId') ?? configured(item, 'targetKeyId');
  if (!name?.startsWith('alias/') || !target) return undefined;
  const prefix = `arn:${partitionOf(item.region)}:kms:${item.region}:${item.account}:`;
  return [prefix + name, target.startsWith('arn:') ? target : `${prefix}key/${target}`];
}

/** A text of the configuration; undefined where there is none. */
export function configured(item: ConfigurationItem, key: string): string | undefined {
  const value = isObject(item.configuration) ? property(item.configuration, key) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
