import { cut, printable } from '../../values/text.ts';
import { BYTE } from './scan.ts';
import { type ByteWindow, END, JsonProblem } from './window.ts';

// Six bytes for each of at most 22 characters ("\u0063…"), and the quotes, with room to spare.
const LONGEST_KEY = 160;

/** Goes to the next element of the array, or past its end: false. */
export async function nextElement(window: ByteWindow, first: boolean): Promise<boolean> {
  let byte = await window.token();
  if (byte === BYTE.closeArray) {
    window.skip(1);
    return false;
  }
  if (!first) {
    if (byte !== BYTE.comma) throw unexpected(window, byte, 'a comma or the end of the array');
    window.skip(1);
    byte = await window.token();
  }
  if (!beginsValue(byte)) throw unexpected(window, byte, 'an element of the array');
  return true;
}

/**
 * Goes past the members of an object, up to and into the next array whose key is wanted, and
 * answers that key, or undefined behind the end of the object. It only looks for the places:
 * the caller parses the text, and so finds any damage in between.
 */
export async function nextArray(
  window: ByteWindow,
  isWanted: (key: string) => boolean,
): Promise<string | undefined> {
  let key = '';
  let afterColon = false;
  for (;;) {
    const byte = await window.token();
    if (byte === BYTE.colon || byte === BYTE.comma) {
      window.skip(1);
      afterColon = byte === BYTE.colon;
    } else if (byte === BYTE.closeObject) {
      window.skip(1);
      return undefined;
    } else if (byte === BYTE.openArray && afterColon && isWanted(key)) {
      window.skip(1);
      return key;
    } else {
      if (!beginsValue(byte)) throw unexpected(window, byte, 'the rest of the object');
      const length = await window.skipValue();
      key = byte === BYTE.quote && length <= LONGEST_KEY ? keyOf(window.behind(length)) : '';
      afterColon = false;
    }
  }
}

/** The value that begins here, found by the byte scan, and its text. */
export async function readValue(
  window: ByteWindow,
): Promise<{ readonly value: unknown; readonly text: string }> {
  const start = window.offset;
  window.hold();
  await window.skipValue();
  const text = window.take();
  return { value: parseJson(text, start), text };
}

/**
 * JSON.parse that reports where in the input the damage is, as far as the engine says so and the
 * text is the input as it stands.
 */
export function parseJson(text: string, offset: number, isWhole = true): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The engine quotes the text after the reason; line and byte are a better location.
    const reason = cut(
      printable(message.split(/, (?:\.\.\.)?"| in JSON at /, 1)[0] ?? message),
      80,
    );
    const position = /at position (\d+)/.exec(message)?.[1];
    const expected = 'well-formed JSON';
    if (position === undefined || !isWhole) {
      const problem = `bad JSON (${reason}) in the value that begins`;
      throw new JsonProblem(offset, problem, expected, error);
    }
    const before = Buffer.byteLength(text.slice(0, Number(position)));
    throw new JsonProblem(offset + before, `bad JSON (${reason})`, expected, error);
  }
}

/** The text here, where something else was expected. */
export function unexpected(window: ByteWindow, byte: number, expected: string): JsonProblem {
  if (byte === END) return new JsonProblem(window.offset, 'the input ends too early', expected);
  const isVisible = byte > BYTE.space && byte < 0x7f;
  const shown = isVisible ? `'${String.fromCharCode(byte)}'` : `byte 0x${byte.toString(16)}`;
  return new JsonProblem(window.offset, `unexpected ${shown}`, expected);
}

function beginsValue(byte: number): boolean {
  return (
    byte !== END &&
    byte !== BYTE.comma &&
    byte !== BYTE.colon &&
    byte !== BYTE.closeArray &&
    byte !== BYTE.closeObject
  );
}

function keyOf(text: string): string {
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return '';
  }
}
