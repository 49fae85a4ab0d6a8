/** The longest annotation AWS Config stores, in UTF-16 code units (Config API reference, Evaluation). */
export const ANNOTATION_LIMIT = 256;

// Controls, lone surrogates, and marks that reorder, join or hide text: they must not reach a terminal, a log or a page unescaped.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text from others made safe to print: every character that could act on the reader's screen is shown as an escape. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Whether a reader sees nothing in the text: it is empty, or of blanks and other characters that do not show. */
export const isBlank = (text: string) =>
  !/[^\p{C}\p{Z}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u.test(text);

/** Cuts to at most `limit` code units, marking the cut, and never through a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const mark = '…';
  const end = limit - mark.length;
  return text.slice(0, splitsPair(text, end) ? end - 1 : end) + mark;
}

function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** As {@link list}, with "3 more" for those at the end that do not fit into as many code units. The first always stands. */
export function listWithin(words: readonly string[], limit: number): string {
  for (let shown = words.length; shown > 1; shown--) {
    const rest = words.length - shown;
    const text = list([...words.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])]);
    if (text.length <= limit) return text;
  }
  return words.length > 1 ? `${words[0]} and ${words.length - 1} more` : list(words);
}

/** "1 day", "30 days". */
export const counted = (count: number, noun: string) =>
  `${count} ${count === 1 ? noun : `${noun}s`}`;

/** Three words, and how many more there are. */
export const few = (words: readonly string[]) =>
  words.length <= 3 ? list(words) : list([...words.slice(0, 3), `${words.length - 3} more`]);
