import type { ByteWindow } from './window.ts';

const SEPARATOR = /^\}[ \t\r\n]*,?[ \t\r\n]*\{[ \t\r\n]*"[^"\\]*"[ \t\r\n]*:/;
const LONGEST_SEPARATOR = 256;

/**
 * A shortcut past the byte scan: the bytes between one object and the next, up to the colon after
 * the first key, tend to be the same throughout a file, and a native search finds them fast.
 * A wrong guess can do no harm: JSON.parse accepts the slice only if it is one whole value, and
 * what begins at a given byte is whole at one length only, the one that the scan would find.
 */
export class SeparatorGuess {
  readonly #window: ByteWindow;
  #separator: Buffer | undefined;
  #trusted: boolean;
  #text = '';

  constructor(window: ByteWindow, trusted = true) {
    this.#window = window;
    this.#trusted = trusted;
  }

  /** The text of the value that {@link next} read last. */
  get text(): string {
    return this.#text;
  }

  /** To be called behind a value that was found by the scan. */
  learn(): void {
    if (!this.#trusted || this.#separator !== undefined) return;
    const separator = SEPARATOR.exec(this.#window.around(LONGEST_SEPARATOR))?.[0];
    if (separator !== undefined) this.#separator = Buffer.from(separator, 'latin1');
  }

  /** Reads the value that begins here if the guess holds and `accepts` likes it. */
  next<T>(accepts: (value: unknown, text: string) => value is T): T | undefined {
    if (this.#separator === undefined) return undefined;
    const distance = this.#window.distanceTo(this.#separator);
    if (distance < 0) return undefined;
    const [value, text] = this.#parse(distance + 1);
    if (!accepts(value, text)) {
      this.#distrust();
      return undefined;
    }
    this.#window.skip(distance + 1);
    this.#text = text;
    return value;
  }

  #parse(length: number): [value: unknown, text: string] {
    try {
      const text = this.#window.peek(length);
      return [JSON.parse(text), text];
    } catch {
      return [undefined, ''];
    }
  }

  /** One wrong guess ends it: nested objects look alike, and each failure parses in vain. */
  #distrust(): void {
    this.#trusted = false;
    this.#separator = undefined;
  }
}
