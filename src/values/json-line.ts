// JSON escapes only the lower controls. The upper ones, marks that reorder text, and tags that do not show (U+E0000 to U+E03FF) must
// not reach a terminal raw either.
const UNSAFE =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

/**
 * An object as one line of JSON that is safe to show: the same data, with every character that acts on a screen escaped.
 */
export const jsonLine = (value: object): string => escaped(JSON.stringify(value));

/** JSON over several lines made as safe. */
export function escaped(json: string): string {
  return json.replace(UNSAFE, (found) => {
    let escaped = '';
    for (let at = 0; at < found.length; at++) {
      escaped += `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}
