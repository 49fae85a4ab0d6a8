import type { LifecycleRule } from '../../../facts/bucket-settings.ts';
import {
  array,
  type Json,
  object,
  oneOf,
  optionalCount,
  optionalFlag,
  optionalText,
  property,
  wrong,
} from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketLifecycleConfiguration';

/** Absent when the bucket has no lifecycle. Unset numbers are -1 or null; the noncurrent days stand under an old or a new key. */
export const lifecycle = recorded<readonly LifecycleRule[]>(KEY, (value, { fromQuery }) => {
  if (value === undefined || value === null) return [];
  return array(object(value, KEY)['rules'], `${KEY}.rules`).map((entry, index) =>
    ruleOf(object(entry, `${KEY}.rules[${index}]`), `${KEY}.rules[${index}]`, fromQuery),
  );
});

function ruleOf(rule: Json, where: string, fromQuery: boolean): LifecycleRule {
  const noncurrent = optionalObject(rule, 'noncurrentVersionExpiration', where);
  const abort = optionalObject(rule, 'abortIncompleteMultipartUpload', where);
  return {
    id: optionalText(rule['id'], `${where}.id`) ?? '(no id)',
    enabled: oneOf(rule['status'], ['Enabled', 'Disabled'], `${where}.status`) === 'Enabled',
    narrowedTo: narrowing(rule, where, fromQuery),
    expirationDays: optionalCount(rule['expirationInDays'], `${where}.expirationInDays`),
    expirationDate: dateOf(rule['expirationDate'], `${where}.expirationDate`),
    removesExpiredDeleteMarkers: optionalFlag(
      rule['expiredObjectDeleteMarker'],
      `${where}.expiredObjectDeleteMarker`,
    ),
    noncurrentDays:
      optionalCount(noncurrent['noncurrentDays'], `${where}.noncurrentDays`) ??
      optionalCount(
        rule['noncurrentVersionExpirationInDays'],
        `${where}.noncurrentVersionExpirationInDays`,
      ),
    newerNoncurrentVersions: optionalCount(
      noncurrent['newerNoncurrentVersions'],
      `${where}.newerNoncurrentVersions`,
    ),
    abortIncompleteUploadDays: optionalCount(
      abort['daysAfterInitiation'],
      `${where}.daysAfterInitiation`,
    ),
  };
}

function optionalObject(rule: Json, key: string, where: string): Json {
  const value = rule[key];
  return value === undefined || value === null ? {} : object(value, `${where}.${key}`);
}

/** Any date that is set counts; how it is written (ISO text or epoch) does not matter to a rule. */
function dateOf(value: unknown, where: string): string | null {
  return typeof value === 'number' ? `${value}` : optionalText(value, where);
}

/** What the rule is narrowed to, or null for every key: an old-style prefix, or a filter with a predicate. */
function narrowing(rule: Json, where: string, fromQuery: boolean): string | null {
  const prefix = optionalText(rule['prefix'], `${where}.prefix`);
  if (prefix !== null) return `prefix ${prefix}`;
  if (rule['filter'] === undefined || rule['filter'] === null) return null;
  const filter = object(rule['filter'], `${where}.filter`);
  // A filter without its predicate would look as if it let everything through.
  if (!('predicate' in filter) && !(fromQuery && Object.keys(filter).length === 0)) {
    throw wrong(`${where}.filter`, 'a filter with a predicate', filter);
  }
  return predicateOf(filter['predicate'], where);
}

/** A predicate of a type we do not know is taken to narrow: it must not make a rule look as if it covered the bucket. */
function predicateOf(value: unknown, where: string): string | null {
  if (value === undefined || value === null) return null;
  const predicate = object(value, `${where}.filter.predicate`);
  switch (property(predicate, 'type')) {
    case 'LifecyclePrefixPredicate': {
      const prefix = optionalText(predicate['prefix'], `${where}.filter.predicate.prefix`);
      return prefix === null ? null : `prefix ${prefix}`;
    }
    case 'LifecycleTagPredicate':
      return 'a tag';
    case 'LifecycleAndOperator':
      return 'several conditions';
    default:
      return (
        optionalText(predicate['type'], `${where}.filter.predicate.type`) ?? 'an unknown filter'
      );
  }
}
