import { isObject } from '../../values/json.ts';
import { endOfText } from '../../values/text-end.ts';
import { holdsItemArray, isRecord } from './shapes.ts';
import { JsonProblem } from './window.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** One record, and not two that became one. */
export const isUntorn = (value: unknown, text: string): value is JsonObject =>
  isWholeRecord(value) && repeatedKey(text) === null;

/** A record that is read whole: what holds items is read item by item. */
export function isWholeRecord(value: unknown): value is JsonObject {
  return isObject(value) && isRecord(value) && !holdsItemArray(value);
}

/** @throws JsonProblem if two records became one where bytes between them were lost. */
export function refuseRepeated(text: string, start: number): void {
  const key = repeatedKey(text);
  if (key === null) return;
  throw new JsonProblem(start, `the key "${key}" stands twice in the record`, 'one record');
}

/**
 * Keys of a configuration item that are long, so that a search for them is quick, and far from each other, so that one of them is
 * there twice when bytes between two records were lost and the two became one object.
 */
const MARKS = [
  '"supplementaryConfiguration"',
  '"configurationItemCaptureTime"',
  '"configurationItemStatus"',
];

/** A key that stands twice in the outermost object of a JSON text, of which JSON.parse drops the first; null if there is none. */
function repeatedKey(text: string): string | null {
  const isSuspect = MARKS.some((mark) => {
    const first = text.indexOf(mark);
    return first >= 0 && text.indexOf(mark, first + mark.length) >= 0;
  });
  return isSuspect ? repeatedIn(text) : null;
}

function repeatedIn(text: string): string | null {
  const keys = new Set<string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (character === '"') {
      const end = endOfText(text, at + 1);
      const key = text.slice(at + 1, end);
      if (depth === 1 && /^\s*:/.test(text.slice(end + 1, end + 100))) {
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
    }
  }
  return null;
}
