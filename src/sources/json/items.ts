import { doubledKey } from '../../values/doubled-key.ts';
import { isObject } from '../../values/json.ts';
import { printable } from '../../values/text.ts';
import { Elements } from './elements.ts';
import type { Found, Needless } from './found.ts';
import { SeparatorGuess } from './guess.ts';
import type { JsonItemsOptions } from './options.ts';
import { BYTE } from './scan.ts';
import {
  describeKeys,
  EXPECTED_DOCUMENT,
  holdsItemArray,
  isItemArray,
  isRecord,
  restOf,
  TimeOrder,
} from './shapes.ts';
import { nextArray, nextElement, parseJson, unexpected } from './values.ts';
import { isWholeRecord } from './whole-record.ts';
import { ByteWindow, END, JsonProblem, LARGEST_VALUE } from './window.ts';

/** Searches for the next line that a file gets, behind lines whose end could not be told. */
const MOST_SEARCHES = 5;

type JsonObject = Readonly<Record<string, unknown>>;

/** There was no document at all: nothing, or only white space. */
export class EmptyInput extends JsonProblem {
  override readonly name = 'EmptyInput';

  constructor() {
    super(0, 'the input is empty', EXPECTED_DOCUMENT);
  }
}

/** Yields every record of a stream of JSON documents; holds one chunk and the values in it at a time. */
export async function* jsonItems(
  chunks: AsyncIterable<Buffer>,
  options: JsonItemsOptions = {},
): AsyncGenerator<JsonObject> {
  for await (const found of jsonRecords(chunks, options)) {
    for (const { value } of found) yield value;
  }
}

/** Yields every record of a stream of JSON documents, those of a chunk together. */
export async function* jsonRecords(
  chunks: AsyncIterable<Buffer>,
  options: JsonItemsOptions = {},
): AsyncGenerator<readonly Found[]> {
  const window = new ByteWindow(chunks, options.largest);
  try {
    yield* new Documents(window, options).read();
  } finally {
    await window.close();
  }
}

class Documents {
  readonly #window: ByteWindow;
  readonly #mayGuess: boolean;
  readonly #guess: SeparatorGuess;
  readonly #numbers = { next: 0 };
  readonly #needless: ReturnType<Needless['ahead']>;
  readonly #onBadLine: JsonItemsOptions['onBadLine'];
  #partial: JsonProblem | undefined;
  /** Whether a line was a document, so that the next one should be as well. */
  #hasLines = false;
  /** From where another document may be sought when this one is bad; undefined once some of its elements were given. */
  #resumesAt: number | undefined;
  #failedScans = 0;

  constructor(window: ByteWindow, { guess = true, needless, onBadLine }: JsonItemsOptions) {
    this.#window = window;
    this.#mayGuess = guess;
    this.#needless = needless?.ahead() ?? (() => undefined);
    this.#guess = new SeparatorGuess(window, guess);
    this.#onBadLine = onBadLine;
  }

  async *read(): AsyncGenerator<readonly Found[]> {
    const window = this.#window;
    await window.skipByteOrderMark();
    let byte = await window.token();
    if (byte === END) throw new EmptyInput();
    for (; byte !== END; byte = await window.token()) {
      if (byte === BYTE.openArray) {
        window.skip(1);
        for (let first = true; await nextElement(window, first); first = false) {
          yield* this.#document();
        }
      } else yield* this.#line();
    }
    // What there is was read; that something is missing is said at the end.
    if (this.#partial) throw this.#partial;
  }

  /** A document, which may be one line of many. */
  async *#line(): AsyncGenerator<readonly Found[]> {
    this.#resumesAt = this.#window.offset;
    try {
      if (this.#hasLines) yield* this.#nextOfLines();
      else yield* this.#document();
    } catch (error) {
      if (!(error instanceof JsonProblem) || !(await this.#findsNextLine())) throw error;
      await this.#onBadLine?.(error);
    }
  }

  async #findsNextLine(): Promise<boolean> {
    if (this.#onBadLine === undefined || this.#resumesAt === undefined) return false;
    // Each search may go through all that is held.
    if (this.#failedScans > MOST_SEARCHES) return false;
    this.#window.rewind(this.#resumesAt);
    return this.#window.nextLine(BYTE.openObject);
  }

  /** Among lines, one that is cut must not be read on into the lines after it: that takes long, and may even make sense. */
  async *#nextOfLines(): AsyncGenerator<readonly Found[]> {
    const window = this.#window;
    const guessed = this.#guess.next(isWholeRecord);
    if (guessed !== undefined) return yield this.#found(guessed, this.#guess.text);
    const start = window.offset;
    const length = await window.lineLength();
    const line = length < 0 ? '' : window.peek(length).trimEnd();
    // A document of several lines goes on behind such an end.
    if (length < 0 || /[[{,]$/.test(line)) return yield* this.#scannedDocument();
    const value = parseJson(line, start);
    if (!isWholeRecord(value)) return yield* this.#scannedDocument();
    window.skip(length);
    this.#guess.learn();
    yield this.#found(value, line);
  }

  async *#document(): AsyncGenerator<readonly Found[]> {
    const guessed = this.#guess.next(isWholeRecord);
    if (guessed === undefined) yield* this.#scannedDocument();
    else yield this.#found(guessed, this.#guess.text);
  }

  #found(value: JsonObject, text: string): readonly Found[] {
    return [{ value, text, index: this.#numbers.next++ }];
  }

  async *#scannedDocument(): AsyncGenerator<readonly Found[]> {
    const window = this.#window;
    const byte = await window.token();
    if (byte !== BYTE.openObject) throw unexpected(window, byte, EXPECTED_DOCUMENT);
    const start = window.offset;
    this.#failedScans++;
    window.hold();
    window.skip(1);
    // The document without its elements is JSON as well: parsing it checks what surrounds them.
    let frame = '';
    const order = new TimeOrder();
    const options = { guess: this.#mayGuess, numbers: this.#numbers, needless: this.#needless };
    for (;;) {
      const key = await nextArray(window, isItemArray);
      frame += window.take();
      if (frame.length > LARGEST_VALUE) throw new JsonProblem(start, 'too many keys', 'fewer');
      if (key === undefined) break;
      this.#resumesAt = undefined;
      yield* new Elements(window, key, order, options).read();
      frame += ']';
    }
    const isWhole = Buffer.byteLength(frame) === window.offset - start;
    const document = parseJson(frame, start, isWhole);
    this.#resumesAt = window.offset;
    this.#failedScans--;
    this.#guess.learn();
    if (isWhole) {
      this.#hasLines =
        this.#onBadLine !== undefined && !frame.includes('\n') && (await window.isAtLineEnd());
    }
    if (!isObject(document)) return;
    const rest = restOf(document, order);
    const doubled = isWhole ? null : doubledKey(frame);
    if (doubled !== null)
      this.#partial ??= new JsonProblem(
        start,
        `the key "${printable(doubled)}" stands twice`,
        'each key once',
      );
    if (rest !== null)
      this.#partial ??= new JsonProblem(start, rest, 'an answer with all its pages put together');
    if (isRecord(document)) {
      yield this.#found(document, isWhole ? frame : JSON.stringify(document));
    } else if (!holdsItemArray(document)) {
      throw new JsonProblem(start, describeKeys(document), EXPECTED_DOCUMENT);
    }
  }
}
