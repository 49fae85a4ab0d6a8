import {
  frozen,
  isObject,
  type Json,
  Malformed,
  object,
  oneOf,
  optionalTime,
  text,
  wrong,
} from '../values/json.ts';
import { type ConfigurationItem, ITEM_STATUSES } from './configuration-item.ts';
import { marked } from './doubled-text.ts';
import { arnOf } from './kinds.ts';

/** How often one value may have been stringified: GetResourceConfigHistory does it to the ACL twice, a copied answer once more. */
const STRINGIFIED_AT_MOST = 3;
/** An event around a message around an item. */
const WRAPPED_AT_MOST = 2;

/**
 * Reads a configuration item from any encoding AWS Config uses: the Lambda event and SNS, GetResourceConfigHistory and
 * BatchGetResourceConfig (everything stringified), snapshot and history files, SelectResourceConfig results.
 * @param raw only the item; {@link unwrap} finds it in what surrounds it.
 * @throws Malformed if it is not a configuration item.
 */
export function normalise(raw: unknown, fromQuery = false): ConfigurationItem {
  const item = object(fromQuery ? nested(raw) : raw, 'the configuration item');
  const resourceType = text(item['resourceType'], 'resourceType');
  const resourceId = text(item['resourceId'], 'resourceId');
  const resourceName = optional(item, 'resourceName') ?? resourceId;
  const region = text(item['awsRegion'], 'awsRegion');
  const account = accountOf(item);
  const read: ConfigurationItem = {
    resourceType,
    resourceId,
    resourceName,
    arn:
      optional(item, 'ARN', 'arn') ?? arnOf(resourceType, { name: resourceName, region, account }),
    account,
    region,
    status: statusOf(item, fromQuery),
    captureTime: optionalTime(item['configurationItemCaptureTime'], 'configurationItemCaptureTime'),
    created: createdOf(item),
    configuration: structured(item['configuration']),
    supplementary: supplementaryOf(item['supplementaryConfiguration']),
    tags: structured(item['tags']),
    fromQuery,
  };
  const supplementary = item['supplementaryConfiguration'];
  const entries = isObject(supplementary) ? Object.values(supplementary) : [supplementary];
  return marked(read, [raw, item['configuration'], item['tags'], ...entries]);
}

/** The configuration item, or the summary of one too large to send, inside a Lambda event, a notification or an EventBridge event. */
export function unwrap(value: unknown, depth = 0): ConfigurationItem {
  const record = structured(value);
  if (!isObject(record) || depth > WRAPPED_AT_MOST)
    throw wrong('the record', 'a configuration item', record);
  const selected = record['selectResult'];
  if ('selectResult' in record) return marked(normalise(structured(selected), true), [selected]);
  for (const wrapper of ['invokingEvent', 'detail']) {
    if (isObject(structured(record[wrapper])))
      return marked(unwrap(record[wrapper], depth + 1), [value]);
  }
  const item = record['configurationItem'] ?? record['configurationItemSummary'];
  if (item !== undefined && item !== null)
    return marked(normalise(structured(item)), [value, item]);
  if ('messageType' in record && !('resourceType' in record)) {
    throw wrong('configurationItem', 'the item that a message carries', item);
  }
  return marked(normalise(record), [value]);
}

/** An account has no record of its own: this stands for it, seen from one Region at one time (ISO). */
export const accountItem = (account: string, region: string, at: string): ConfigurationItem =>
  normalise({
    resourceType: 'AWS::::Account',
    resourceId: account,
    awsAccountId: account,
    awsRegion: region,
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: at,
  });

function optional(item: Json, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = item[key];
    if (value !== undefined && value !== null && value !== '') return text(value, key);
  }
  return undefined;
}

/** A time that cannot be read costs no more than itself: no rule judges by it. */
function createdOf(item: Json): string | null {
  try {
    return optionalTime(item['resourceCreationTime'], 'resourceCreationTime');
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function accountOf(item: Json): string {
  const account = item['awsAccountId'] ?? item['accountId'];
  if (typeof account !== 'string' || !/^\d{12}$/.test(account)) {
    throw wrong('awsAccountId', 'an account id of twelve digits', account);
  }
  return account;
}

/** An advanced query returns recorded resources only, and the status just when it was selected. */
function statusOf(item: Json, fromQuery: boolean): ConfigurationItem['status'] {
  const status = item['configurationItemStatus'];
  if (status === undefined && fromQuery) return 'OK';
  return oneOf(status, ITEM_STATUSES, 'configurationItemStatus');
}

function supplementaryOf(value: unknown): Json | null {
  const section = structured(value);
  if (!isObject(section)) return null;
  const texts = Object.keys(section).filter((key) => typeof section[key] === 'string');
  if (texts.length === 0) return section;
  return { ...section, ...Object.fromEntries(texts.map((key) => [key, textual(section[key])])) };
}

/** Entries that many buckets have in the same words, such as the ACL of their owner. */
const structures = new Map<string, unknown>();
const MOST_STRUCTURES = 1000;
const LONGEST_STRUCTURE = 2000;

/** As {@link structured}; what is text is read once, and is then the same frozen value. */
function textual(entry: unknown): unknown {
  if (typeof entry !== 'string' || entry.length > LONGEST_STRUCTURE) return structured(entry);
  const known = structures.get(entry);
  if (known !== undefined) return known;
  if (structures.size >= MOST_STRUCTURES) structures.clear();
  const made = frozen(structured(entry));
  structures.set(entry, made);
  return made;
}

/** A value with its layers of JSON text taken off. Text that is not JSON stays text, for the facet to refuse. */
export function structured(value: unknown): unknown {
  let current = value;
  for (let layer = 0; layer < STRINGIFIED_AT_MOST && typeof current === 'string'; layer++) {
    try {
      current = JSON.parse(current);
    } catch {
      return current;
    }
  }
  return current;
}

/** Advanced queries name columns with dots ("configuration.name"); some exports keep them as flat keys. */
function nested(raw: unknown): unknown {
  if (!isObject(raw) || !Object.keys(raw).some((key) => key.includes('.'))) return raw;
  const result: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(raw)) {
    const keys = path.split('.');
    if (keys.includes('__proto__'))
      throw new Malformed(`the column ${path} does not belong in a configuration item`);
    let place = result;
    for (const key of keys.slice(0, -1)) {
      const inner = Object.hasOwn(place, key) ? place[key] : undefined;
      const next: Record<string, unknown> = isObject(inner) ? { ...inner } : {};
      place[key] = next;
      place = next;
    }
    place[keys.at(-1) ?? path] = value;
  }
  return result;
}
