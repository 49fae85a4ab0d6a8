import { instantIn } from './time.ts';

/** Readers for JSON written by others. Each says where the value stood and what was expected. */

/** A recorded value does not have the documented shape. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property: a record named "__proto__" or "constructor" must not find built-in properties. */
export function property(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The value, frozen all through, because many hold it. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

export function object(value: unknown, where: string): Json {
  if (!isObject(value)) throw wrong(where, 'an object', value);
  return value;
}

/** A list that must be there: a missing one would otherwise read as "none". */
export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list', value);
  return value;
}

/** A list that AWS leaves out or writes as null when it is empty. */
export function array(value: unknown, where: string): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(where, 'a list', value);
  return value;
}

export function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(where, 'a text', value);
  return value;
}

export function optionalText(value: unknown, where: string): string | null {
  return value === null || value === undefined || value === '' ? null : text(value, where);
}

/** true, false and their stringified forms. */
export function flag(value: unknown, where: string): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(where, 'true or false', value);
}

export function optionalFlag(value: unknown, where: string): boolean {
  return value === null || value === undefined ? false : flag(value, where);
}

/** true or false as a service answers: without quotation marks, which only records have. */
export function answeredFlag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw wrong(where, 'true or false', value);
  return value;
}

export function optionalAnsweredFlag(value: unknown, where: string): boolean {
  return value === null || value === undefined ? false : answeredFlag(value, where);
}

/** A positive number of days or versions; AWS Config writes null, 0 and -1 for one that is not set. */
export function optionalCount(value: unknown, where: string): number | null {
  if (value === null || value === undefined) return null;
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < -1) {
    throw wrong(where, 'a whole number', value);
  }
  return number > 0 ? number : null;
}

/** As AWS Config writes times, and this code: nothing is left to do. Days that only some months have are looked at again. */
const CANONICAL =
  /^(?:19[7-9]\d|[2-9]\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** A time as the SDK hands it over (Date) or the AWS CLI prints it (ISO 8601, or seconds of the epoch), as ISO in UTC. */
export function time(value: unknown, where: string): string {
  if (typeof value === 'string' && CANONICAL.test(value)) return value;
  const at = typeof value === 'number' ? value * 1000 : Date.parse(isoIn(value));
  // Before and after the years of four digits, times are written otherwise.
  if (!(at >= 0 && at < 253_402_300_800_000)) throw wrong(where, 'a time', value);
  return new Date(at).toISOString();
}

function isoIn(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return typeof value === 'string' ? (instantIn(value) ?? '') : '';
}

export function optionalTime(value: unknown, where: string): string | null {
  return value === null || value === undefined ? null : time(value, where);
}

export function oneOf<const T extends string>(
  value: unknown,
  allowed: readonly T[],
  where: string,
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw wrong(where, allowed.join(' or '), value);
  return found;
}

export function wrong(where: string, expected: string, value: unknown): Malformed {
  return new Malformed(`${where} is ${shown(value)}, expected ${expected}`);
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const literal = JSON.stringify(value) ?? String(value);
  return literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
}
