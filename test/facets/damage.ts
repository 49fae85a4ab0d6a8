import { isObject } from '../../src/values/json.ts';

export type Path = readonly (string | number)[];

/** Each place in a value, one for all entries of a list. */
export function* places(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (Array.isArray(value))
    for (const index of value.keys()) yield* places(value[index], [...path, index]);
  else if (isObject(value))
    for (const key of Object.keys(value)) yield* places(value[key], [...path, key]);
}

/** What no answer and no record has at that place: an object instead of a text, a number instead of an object or a list. */
export function damaged(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined) return typeof value === 'object' && value !== null ? 7 : { odd: [1] };
  const inner = damaged((value as Record<string, unknown>)[first], rest);
  if (Array.isArray(value)) return value.map((each, at) => (at === first ? inner : each));
  return { ...(value as object), [first]: inner };
}

export const shapeOf = (path: Path) =>
  path.map((key) => (typeof key === 'number' ? '[]' : key)).join('.');
const onlyLetters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

/** Whether a reason names the end of a path, in whichever words: "type of an analyzer", "a resource type", "Targets[]". */
export function names(reason: string, path: Path): boolean {
  const said = onlyLetters(reason.split(', expected')[0] ?? '');
  const keys = path.filter((each) => typeof each === 'string').slice(-2);
  return keys.some((key) => said.includes(onlyLetters(key).replace(/s$/, '')));
}

/** Whether the reason for a reading that damage made another one names the damage. */
export function tells(reading: unknown, path: Path): boolean {
  const reasons = JSON.stringify(reading).matchAll(/"unavailable":"((?:[^"\\]|\\.)*)"/g);
  return [...reasons].some(([, reason = '']) => names(reason, path));
}
