import type { LifecycleRule } from '../../../facts/bucket-settings.ts';
import {
  array,
  type Json,
  list,
  object,
  oneOf,
  optionalCount,
  optionalFlag,
  optionalText,
  property,
  time,
  wrong,
} from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketLifecycleConfiguration';

/** S3 stores no more (Amazon S3 User Guide, "Managing the lifecycle of objects"): what compares each with each stays quick. */
const MOST_RULES = 1000;

/** Absent when the bucket has no lifecycle. Unset numbers are -1 or null; the noncurrent days stand under an old or a new key. */
export const lifecycle = recorded<readonly LifecycleRule[]>(KEY, (value, { fromQuery }) => {
  if (value === undefined || value === null) return [];
  // Absent is the whole section when there are no rules: one without them says nothing. A query leaves out what is null.
  const rules = (fromQuery ? array : list)(object(value, KEY)['rules'], `${KEY}.rules`);
  if (rules.length > MOST_RULES) throw wrong(`${KEY}.rules`, `at most ${MOST_RULES} rules`, rules);
  return rules.map((entry, index) =>
    ruleOf(object(entry, `${KEY}.rules[${index}]`), `${KEY}.rules[${index}]`, fromQuery),
  );
});

function ruleOf(rule: Json, where: string, fromQuery: boolean): LifecycleRule {
  const noncurrent = optionalObject(rule, 'noncurrentVersionExpiration', where);
  const abort = optionalObject(rule, 'abortIncompleteMultipartUpload', where);
  return {
    id: optionalText(rule['id'], `${where}.id`) ?? '(no id)',
    enabled: oneOf(rule['status'], ['Enabled', 'Disabled'], `${where}.status`) === 'Enabled',
    ...narrowing(rule, where, fromQuery),
    expirationDays: optionalCount(rule['expirationInDays'], `${where}.expirationInDays`),
    expirationDate: dateOf(rule['expirationDate'], `${where}.expirationDate`),
    removesExpiredDeleteMarkers: optionalFlag(
      rule['expiredObjectDeleteMarker'],
      `${where}.expiredObjectDeleteMarker`,
    ),
    noncurrentDays: noncurrentDaysOf(rule, noncurrent, where),
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

/** @throws Malformed where the old and the new key contradict each other: neither the sooner nor the later is certain. */
function noncurrentDaysOf(rule: Json, noncurrent: Json, where: string): number | null {
  const key = 'noncurrentVersionExpirationInDays';
  const old = optionalCount(rule[key], `${where}.${key}`);
  const days = optionalCount(noncurrent['noncurrentDays'], `${where}.noncurrentDays`);
  if (old !== null && days !== null && old !== days)
    throw wrong(`${where}.${key}`, `${days}, as noncurrentDays is`, old);
  return days ?? old;
}

function optionalObject(rule: Json, key: string, where: string): Json {
  const value = rule[key];
  return value === undefined || value === null ? {} : object(value, `${where}.${key}`);
}

/** As ISO in UTC, also where it is recorded in seconds or milliseconds of the epoch. What is written in another way stays as it is. */
function dateOf(value: unknown, where: string): string | null {
  const epoch = typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value;
  if (typeof epoch === 'number') return time(inSeconds(epoch), where);
  return optionalText(value, where);
}

/** Seconds have at most eleven digits until the year 5138, milliseconds at least twelve since March 1973. */
const inSeconds = (epoch: number) => (epoch > 99_999_999_999 ? epoch / 1000 : epoch);

/** Which objects the rule reaches: those of an old-style prefix, or those that pass a filter. */
function narrowing(rule: Json, where: string, fromQuery: boolean): Reach {
  // One of them stands in every rule, if only as null; without both, a rule on a few objects would look as if it reached all.
  if (!fromQuery && !('prefix' in rule || 'filter' in rule))
    throw wrong(`${where}.filter`, 'a filter, or a prefix', undefined);
  const old = optionalText(rule['prefix'], `${where}.prefix`);
  const filter = filterOf(rule['filter'], `${where}.filter`, fromQuery);
  if (old === null) return filter;
  const isSame = filter.filter === null && (filter.prefix === '' || filter.prefix === old);
  // No page says what two different ones mean together, so such a rule may reach any object, and bounds none.
  return isSame ? { prefix: old, filter: null } : { prefix: '', filter: 'several conditions' };
}

function filterOf(value: unknown, where: string, fromQuery: boolean): Reach {
  if (value === undefined || value === null) return EVERYTHING;
  const filter = object(value, where);
  // A filter without its predicate would look as if it let everything through.
  if (!('predicate' in filter) && !(fromQuery && Object.keys(filter).length === 0)) {
    throw wrong(where, 'a filter with a predicate', filter);
  }
  return predicateOf(filter['predicate'], `${where}.predicate`);
}

type Reach = Pick<LifecycleRule, 'prefix' | 'filter'>;
const EVERYTHING: Reach = { prefix: '', filter: null };

/** A predicate of a type we do not know is taken to narrow: it must not make a rule look as if it covered the bucket. */
function predicateOf(value: unknown, where: string): Reach {
  if (value === undefined || value === null) return EVERYTHING;
  const predicate = object(value, where);
  switch (property(predicate, 'type')) {
    case 'LifecyclePrefixPredicate':
      return { prefix: optionalText(predicate['prefix'], `${where}.prefix`) ?? '', filter: null };
    case 'LifecycleTagPredicate':
      return { prefix: '', filter: 'a tag' };
    case 'LifecycleAndOperator':
      return allOf(array(predicate['operands'], `${where}.operands`), `${where}.operands`);
    default: {
      const type = optionalText(predicate['type'], `${where}.type`);
      return { prefix: '', filter: type ?? 'an unknown filter' };
    }
  }
}

/** An object has to meet all of them, one of which may be a prefix. */
function allOf(operands: readonly unknown[], where: string): Reach {
  const reaches = operands.map((operand) => predicateOf(operand, where));
  const prefixes = reaches.map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
  const prefix = prefixes.length === 1 ? (prefixes[0] ?? '') : '';
  const [only] = reaches;
  return reaches.length === 1 && only ? only : { prefix, filter: 'several conditions' };
}
