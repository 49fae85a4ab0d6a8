import { isAscii, isUtf8 } from 'node:buffer';
import { JsonProblem } from './problem.ts';
import { BYTE, isSpace, newScan, scanValue } from './scan.ts';

export { JsonProblem } from './problem.ts';

/** The largest single value that is held in memory. */
export const LARGEST_VALUE = 64 * 1024 * 1024;

/** What `ByteWindow.token` answers at the end of the input. */
export const END = -1;

const FIRST_SIZE = 1024 * 1024;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * A sliding view of a stream of bytes: what is not read yet, and what was read since `hold()`.
 * Its one buffer is used again and again, so what is taken out of it is always a copy, a string.
 */
export class ByteWindow {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #largest: number;
  #bytes = Buffer.allocUnsafe(0);
  #at = 0;
  #end = 0;
  #base = 0;
  #held: number | undefined;
  #searched = -1;

  constructor(chunks: AsyncIterable<Buffer>, largest = LARGEST_VALUE) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#largest = largest;
  }

  /** The position in the input. */
  get offset(): number {
    return this.#base + this.#at;
  }

  async skipByteOrderMark(): Promise<void> {
    while (this.#end < BYTE_ORDER_MARK.length && (await this.#more()));
    if (this.#bytes.subarray(0, Math.min(this.#end, 3)).equals(BYTE_ORDER_MARK)) this.skip(3);
  }

  /** Passes over white space and answers the next byte, which stays unread, or END. */
  async token(): Promise<number> {
    for (;;) {
      while (this.#at < this.#end && isSpace(this.#bytes[this.#at])) this.#at += 1;
      if (this.#at < this.#end) return this.#bytes[this.#at] ?? END;
      if (!(await this.#more())) return END;
    }
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Goes to where `find` says, of the bytes in memory; false where it says -1. */
  skipTo(find: (bytes: Buffer, at: number, end: number) => number): boolean {
    const to = find(this.#bytes, this.#at, this.#end);
    if (to >= 0) this.#at = to;
    return to >= 0;
  }

  /** Passes over so many bytes, or to the end of the input. */
  async pass(count: number): Promise<void> {
    let left = count;
    for (let ahead = this.#end - this.#at; left > ahead; ahead = this.#end - this.#at) {
      left -= ahead;
      this.#at = this.#end;
      if (!(await this.#more())) return;
    }
    this.#at += left;
  }

  /** From here on bytes are kept until `take()`. */
  hold(): void {
    this.#held = this.#at;
  }

  /** The text since `hold()`; nothing is held any more. */
  take(): string {
    const text = this.#decode(this.#held ?? this.#at, this.#at);
    this.#held = undefined;
    return text;
  }

  /** The next `count` bytes as text, without reading on. */
  peek(count: number): string {
    return this.#decode(this.#at, this.#at + count);
  }

  /** The last `count` bytes that were passed over. */
  behind(count: number): string {
    return this.#decode(this.#at - count, this.#at);
  }

  /** The last byte read and at most `count` that follow in memory, one character each. */
  around(count: number): string {
    return this.#bytes.toString('latin1', this.#at - 1, Math.min(this.#at + count, this.#end));
  }

  /** Passes over the value that begins here and answers its length in bytes. */
  async skipValue(): Promise<number> {
    const start = this.offset;
    const state = newScan();
    for (;;) {
      const end = scanValue(this.#bytes, this.#at, this.#end, state);
      this.#at = end < 0 ? this.#end : end;
      if (end >= 0) return this.offset - start;
      if (!(await this.#more())) {
        throw new JsonProblem(start, 'the input ends inside the value that begins', 'its end');
      }
    }
  }

  /** Goes back to what is still held, so that it is read in another way. */
  rewind(offset: number): void {
    this.#at = offset - this.#base;
    this.#held = undefined;
  }

  /** How many bytes the line has from here, without its end; -1 if it is the last one, or too long to hold. */
  async lineLength(): Promise<number> {
    for (let searched = 0; ; ) {
      const distance = this.#bytes.subarray(this.#at + searched, this.#end).indexOf(BYTE.lineFeed);
      if (distance >= 0) return searched + distance;
      searched = this.#end - this.#at;
      if (searched > this.#largest || !(await this.#more())) return -1;
    }
  }

  async isAtLineEnd(): Promise<boolean> {
    while (this.#at === this.#end) if (!(await this.#more())) return false;
    const byte = this.#bytes[this.#at];
    return byte === BYTE.lineFeed || byte === BYTE.carriageReturn;
  }

  /** Goes to the next line that begins with this byte; false at the end of the input. */
  async nextLine(first: number): Promise<boolean> {
    for (;;) {
      const end = this.#bytes.subarray(this.#at, this.#end).indexOf(BYTE.lineFeed);
      this.#at = end < 0 ? this.#end : this.#at + end + 1;
      while (this.#at === this.#end) if (!(await this.#more())) return false;
      if (end >= 0 && this.#bytes[this.#at] === first) return true;
    }
  }

  /** How many bytes before `wanted` begins, or -1 if it is not among the bytes in memory. */
  distanceTo(wanted: Buffer): number {
    // Without the memory of a miss, each element of a chunk would search the whole chunk again.
    if (this.#searched === this.#base + this.#end) return -1;
    const distance = this.#bytes.subarray(this.#at, this.#end).indexOf(wanted);
    if (distance < 0) this.#searched = this.#base + this.#end;
    return distance;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    if (this.#end + next.value.length > this.#bytes.length) this.#makeRoom(next.value.length);
    this.#bytes.set(next.value, this.#end);
    this.#end += next.value.length;
    return true;
  }

  #makeRoom(extra: number): void {
    const start = this.#held ?? this.#at;
    const live = this.#end - start;
    this.#refuseLarge(start, this.#end);
    // Twice what is needed, so that a value of many chunks is not copied once per chunk.
    const size = Math.max(FIRST_SIZE, 2 * (live + extra));
    const target = size > this.#bytes.length ? Buffer.allocUnsafe(size) : this.#bytes;
    target.set(this.#bytes.subarray(start, this.#end));
    this.#bytes = target;
    this.#base += start;
    this.#at -= start;
    this.#end = live;
    if (this.#held !== undefined) this.#held = 0;
  }

  #decode(from: number, to: number): string {
    this.#refuseLarge(from, to);
    const slice = this.#bytes.subarray(from, to);
    // For ASCII, which almost all Config data is, Latin-1 gives the same text several times faster.
    if (isAscii(slice)) return slice.toString('latin1');
    if (isUtf8(slice)) return slice.toString('utf8');
    throw new JsonProblem(this.#base + from, 'invalid UTF-8 in the value that begins', 'UTF-8');
  }

  #refuseLarge(from: number, to: number): void {
    if (to - from <= this.#largest) return;
    const problem = `a value larger than ${this.#largest / 1024 / 1024} MB begins`;
    throw new JsonProblem(this.#base + from, problem, 'smaller values');
  }
}
