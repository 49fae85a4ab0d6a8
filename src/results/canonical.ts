import { hash } from 'node:crypto';
import { isObject } from '../values/json.ts';

/**
 * JSON in the one form that all its spellings share: no white space, keys in the order of their UTF-16 code units (RFC 8785; numbers
 * and texts as ECMAScript writes them). Keys that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const members = keys.sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}

/** Of text in UTF-8, or of bytes, in lower-case hex. */
export const sha256 = (data: string | Uint8Array) => hash('sha256', data);

/** Of a value, in its canonical form. */
export const hashOf = (value: unknown) => sha256(canonicalJson(value));

/** Order by UTF-16 code units, the same in every language and time zone. */
export const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
