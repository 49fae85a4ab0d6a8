import { isObject } from '../../values/json.ts';
import { counted, cut, printable } from '../../values/text.ts';
import { isCapturedAnswer } from '../captured-answers.ts';
import { isCoverageRow, isGap } from '../gap.ts';

/** SelectResourceConfig answers with JSON text, one string per resource. */
const TEXT_ARRAY = 'Results';

/** The top-level arrays whose elements are items, in snapshot files and answers of the API; that of an aggregator has a capital. */
const ITEM_ARRAYS: readonly string[] = [
  ...['configurationItems', 'baseConfigurationItems', 'BaseConfigurationItems'],
  TEXT_ARRAY,
];

const UNPROCESSED = ['unprocessedResourceKeys', 'UnprocessedResourceIdentifiers'] as const;

export const EXPECTED_DOCUMENT =
  'a Config snapshot or history file, a configuration item, an event that carries one, an answer of the Config API, or ' +
  'captured answers of services';

export const EXPECTED_ITEM = 'an object, or a JSON string in "Results"';

export function isItemArray(key: string): boolean {
  return ITEM_ARRAYS.includes(key);
}

/** One configuration item, an event or notification that carries one, or a captured answer: yielded whole. */
export function isRecord(value: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof value['resourceType'] === 'string' ||
    typeof value['invokingEvent'] === 'string' ||
    carriesItem(value) ||
    isCapturedAnswer(value) ||
    isGap(value) ||
    isCoverageRow(value) ||
    (isObject(value['detail']) && carriesItem(value['detail']))
  );
}

function carriesItem(value: Readonly<Record<string, unknown>>): boolean {
  return isObject(value['configurationItem']) || isObject(value['configurationItemSummary']);
}

/** Whether the object holds items that have to be read one by one. */
export function holdsItemArray(value: Readonly<Record<string, unknown>>): boolean {
  return ITEM_ARRAYS.some((key) => Array.isArray(value[key]));
}

/** The record that an element of the array `key` stands for, or undefined if it is not a record. */
export function recordOf(
  key: string,
  element: unknown,
): Readonly<Record<string, unknown>> | undefined {
  if (key !== TEXT_ARRAY) return isObject(element) ? element : undefined;
  return typeof element === 'string' ? { selectResult: element } : undefined;
}

/** In which order the records of an answer were captured. */
export class TimeOrder {
  #first: unknown;
  #last: unknown;

  add({ configurationItemCaptureTime: at }: Readonly<Record<string, unknown>>): void {
    this.#first ??= at;
    this.#last = at;
  }

  /** The AWS CLI prints seconds of the epoch, or ISO. */
  get isOldestFirst(): boolean {
    const [first, last] = [this.#first, this.#last].map((at) =>
      typeof at === 'number' ? at * 1000 : Date.parse(String(at)),
    );
    return first !== undefined && last !== undefined && first < last;
  }
}

/**
 * What an answer of the Config API says that it leaves out; null when it is whole. GetResourceConfigHistory answers the newest
 * record first unless it is asked otherwise, so that what follows it is older (AWS Config API reference, chronologicalOrder), and
 * is not needed here.
 */
export function restOf(
  value: Readonly<Record<string, unknown>>,
  { isOldestFirst }: Pick<TimeOrder, 'isOldestFirst'>,
): string | null {
  if (!holdsItemArray(value)) return null;
  for (const key of UNPROCESSED) {
    const unprocessed = value[key];
    if (Array.isArray(unprocessed) && unprocessed.length > 0) {
      return `${counted(unprocessed.length, 'resource')} not answered (${key})`;
    }
  }
  const token = ['nextToken', 'NextToken'].find(
    (key) => value[key] && (isOldestFirst || !('configurationItems' in value)),
  );
  return token === undefined ? null : `the answer goes on after ${token}`;
}

/** What an object is, for a message: its first keys. */
export function describeKeys(value: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, 5).map((key) => cut(printable(JSON.stringify(key)), 80));
  return `an object with the keys ${shown.join(', ')}${keys.length > 5 ? ', …' : ''}`;
}
