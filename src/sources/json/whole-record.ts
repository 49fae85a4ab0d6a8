import { isObject } from '../../values/json.ts';
import { holdsItemArray, isRecord } from './shapes.ts';

/** A record that is read whole: what holds items is read item by item. */
export function isWholeRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && isRecord(value) && !holdsItemArray(value);
}
