import { isObject } from '../../values/json.ts';
import type { Ahead, Found } from './found.ts';
import { SeparatorGuess } from './guess.ts';
import { BYTE, isSpace } from './scan.ts';
import { EXPECTED_ITEM, recordOf, type TimeOrder } from './shapes.ts';
import { nextElement, readValue } from './values.ts';
import { type ByteWindow, JsonProblem } from './window.ts';

/** Records that are given at a time, at most: they are held in memory together. */
const MOST_AT_ONCE = 64;

export interface ElementsOptions {
  /** Whether to try the shortcut past the byte scan. */
  readonly guess: boolean;
  /** The position of the next record, which counts on. */
  readonly numbers: { next: number };
  /** What is not needed and begins at an offset. */
  readonly needless: (offset: number) => Ahead | undefined;
}

/** The elements of an array of records, as many at a time as are in memory. */
export class Elements {
  readonly #window: ByteWindow;
  readonly #key: string;
  readonly #order: TimeOrder;
  readonly #options: ElementsOptions;
  readonly #guess: SeparatorGuess;
  #isFirst = true;

  constructor(window: ByteWindow, key: string, order: TimeOrder, options: ElementsOptions) {
    this.#window = window;
    this.#key = key;
    this.#order = order;
    this.#options = options;
    this.#guess = new SeparatorGuess(window, options.guess);
  }

  /** @throws JsonProblem, after all records before the damage were given. */
  async *read(): AsyncGenerator<readonly Found[]> {
    const window = this.#window;
    for (;;) {
      const found = this.#inMemory();
      if (found.length > 0) yield found;
      if (found.length === MOST_AT_ONCE) continue;
      if (!(await nextElement(window, this.#isFirst))) break;
      this.#isFirst = false;
      const run = this.#options.needless(window.offset);
      if (run !== undefined) {
        await window.pass(run.bytes);
        this.#options.numbers.next += run.count;
        for (const at of [run.since, run.until])
          this.#order.add({ configurationItemCaptureTime: at });
      } else yield [await this.#next()];
    }
    window.hold();
  }

  /** What follows in memory, and where the guess holds: no wait stands between these. */
  #inMemory(): readonly Found[] {
    const window = this.#window;
    const found: Found[] = [];
    while (found.length < MOST_AT_ONCE) {
      const before = window.offset;
      if (!window.skipTo((bytes, at, end) => objectAhead(bytes, at, end, this.#isFirst))) break;
      const from = window.offset;
      const value =
        this.#options.needless(from) === undefined ? this.#guess.next(isObject) : undefined;
      if (value === undefined) {
        window.rewind(before);
        break;
      }
      this.#isFirst = false;
      found.push(this.#found(value, this.#guess.text, from));
    }
    return found;
  }

  async #next(): Promise<Found> {
    const window = this.#window;
    const start = window.offset;
    let element: unknown = this.#guess.next(isObject);
    let text = this.#guess.text;
    if (element === undefined) {
      ({ value: element, text } = await readValue(window));
      this.#guess.learn();
    }
    const record = recordOf(this.#key, element);
    if (record === undefined)
      throw new JsonProblem(start, `no item in "${this.#key}"`, EXPECTED_ITEM);
    // A result of a query is text within text; its record is what can be read again by itself.
    return this.#found(record, typeof element === 'string' ? JSON.stringify(record) : text, start);
  }

  #found(value: Found['value'], text: string, from: number): Found {
    this.#order.add(value);
    const index = this.#options.numbers.next++;
    return { value, text, index, span: [from, this.#window.offset] };
  }
}

/** Where the object begins that is the next element, or -1 where there is none in memory. */
function objectAhead(bytes: Buffer, from: number, end: number, isFirst: boolean): number {
  let at = from;
  while (at < end && isSpace(bytes[at])) at += 1;
  if (!isFirst) {
    if (bytes[at] !== BYTE.comma) return -1;
    at += 1;
    while (at < end && isSpace(bytes[at])) at += 1;
  }
  return at < end && bytes[at] === BYTE.openObject ? at : -1;
}
