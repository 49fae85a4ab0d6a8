import { endOfText } from './text-end.ts';

/** A piece of JSON outside of texts, up to the next text. */
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * A key that stands twice in one object of a JSON text, at whatever depth; null if there is none. JSON.parse keeps the last of the two
 * and others the first (RFC 8259, section 4), so that such a record says one thing here and another there. What is JSON within a text
 * is not looked into. @param text valid JSON.
 */
export const doubledKey = (text: string): string | null => secondIn(text)?.key ?? null;

/** Of the two the first would count: the other half of what such a text may say. @param text valid JSON. */
export function firstReading(text: string): unknown {
  let read = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const second = secondIn(read);
    if (second === null) break;
    read = `${read.slice(0, second.from)}"\\u0000${round}"${read.slice(second.to)}`;
  }
  return JSON.parse(read);
}

/** Keys that are taken out: each takes reading all of the text. */
const MOST_ROUNDS = 20;

function secondIn(text: string): { key: string; from: number; to: number } | null {
  const open: Set<string>[] = [];
  let from = 0;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', from)) {
    walk(text, from, quote, open);
    const end = endOfText(text, quote + 1);
    from = end + 1;
    let next = from;
    // Blanks may stand before the colon that makes a text a key.
    while (text.charCodeAt(next) <= 0x20) next++;
    if (text[next] !== ':') continue;
    const raw = text.slice(quote + 1, end);
    const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
    const keys = open.at(-1);
    if (keys?.has(key)) return { key, from: quote, to: end + 1 };
    keys?.add(key);
  }
  return null;
}

function walk(text: string, from: number, to: number, open: Set<string>[]): void {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN) open.push(new Set());
    else if (code === CLOSE) open.pop();
  }
}
