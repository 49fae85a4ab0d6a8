// JSON escapes only the lower controls. The upper ones, and marks that reorder text, must not reach a terminal raw either.
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * An object as one line of JSON that is safe to show: the same data, with every character that acts on a screen escaped.
 */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
