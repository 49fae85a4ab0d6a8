// JSON escapes only the lower controls. The upper ones, marks that reorder text, and tags that do not show (U+E0000 to U+E03FF) must
// not reach a terminal raw either.
const UNSAFE =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

// JSON.stringify writes half of a surrogate pair as an escape, and nothing else so; many readers take no line that has one.
const HALF = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * An object as one line of JSON that is safe to show: the same data, with every character that acts on a screen escaped. Half of a
 * surrogate pair, which is no character, becomes U+FFFD.
 */
export const jsonLine = (value: object): string => escaped(JSON.stringify(value));

/** JSON over several lines made as safe. */
export function escaped(json: string): string {
  const whole = json.includes('\\ud') ? json.replace(HALF, '$1\ufffd') : json;
  return whole.replace(UNSAFE, (found) => {
    let text = '';
    for (let at = 0; at < found.length; at++) {
      text += `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }
    return text;
  });
}
