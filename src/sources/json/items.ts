import { isObject } from '../../values/json.ts';
import { SeparatorGuess } from './guess.ts';
import { BYTE } from './scan.ts';
import {
  describeKeys,
  EXPECTED_DOCUMENT,
  EXPECTED_ITEM,
  holdsItemArray,
  isItemArray,
  isRecord,
  recordOf,
  restOf,
} from './shapes.ts';
import { nextArray, nextElement, parseJson, readValue, unexpected } from './values.ts';
import { ByteWindow, END, JsonProblem, LARGEST_VALUE } from './window.ts';

export interface JsonItemsOptions {
  /** The largest value in bytes, for tests. */
  readonly largest?: number;
  /** Whether to try the shortcut past the byte scan, for tests; the items are the same. */
  readonly guess?: boolean;
  /** Told the text of each record before the record is given: JSON, byte for byte as it was read. */
  readonly onText?: (text: string) => void;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** There was no document at all: nothing, or only white space. */
export class EmptyInput extends JsonProblem {
  override readonly name = 'EmptyInput';

  constructor() {
    super(0, 'the input is empty', EXPECTED_DOCUMENT);
  }
}

/** Yields every record of a stream of JSON documents; holds one chunk and one value at a time. */
export async function* jsonItems(
  chunks: AsyncIterable<Buffer>,
  options: JsonItemsOptions = {},
): AsyncGenerator<JsonObject> {
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
  readonly #onText: (text: string) => void;
  #partial: JsonProblem | undefined;

  constructor(window: ByteWindow, { guess = true, onText = () => {} }: JsonItemsOptions) {
    this.#window = window;
    this.#mayGuess = guess;
    this.#onText = onText;
    this.#guess = new SeparatorGuess(window, guess);
  }

  async *read(): AsyncGenerator<JsonObject> {
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
      } else yield* this.#document();
    }
    // What there is was read; that something is missing is said at the end.
    if (this.#partial) throw this.#partial;
  }

  async *#document(): AsyncGenerator<JsonObject> {
    const guessed = this.#guess.next(isWholeRecord);
    if (guessed === undefined) {
      yield* this.#scannedDocument();
      return;
    }
    this.#onText(this.#guess.text);
    yield guessed;
  }

  async *#scannedDocument(): AsyncGenerator<JsonObject> {
    const window = this.#window;
    const byte = await window.token();
    if (byte !== BYTE.openObject) throw unexpected(window, byte, EXPECTED_DOCUMENT);
    const start = window.offset;
    window.hold();
    window.skip(1);
    // The document without its elements is JSON as well: parsing it checks what surrounds them.
    let frame = '';
    for (;;) {
      const key = await nextArray(window, isItemArray);
      frame += window.take();
      if (frame.length > LARGEST_VALUE) throw new JsonProblem(start, 'too many keys', 'fewer');
      if (key === undefined) break;
      yield* this.#elements(key);
      frame += ']';
    }
    const isWhole = Buffer.byteLength(frame) === window.offset - start;
    const document = parseJson(frame, start, isWhole);
    this.#guess.learn();
    if (!isObject(document)) return;
    const rest = restOf(document);
    if (rest !== null)
      this.#partial ??= new JsonProblem(start, rest, 'an answer with all its pages put together');
    if (isRecord(document)) {
      this.#onText(isWhole ? frame : JSON.stringify(document));
      yield document;
    } else if (!holdsItemArray(document)) {
      throw new JsonProblem(start, describeKeys(document), EXPECTED_DOCUMENT);
    }
  }

  async *#elements(key: string): AsyncGenerator<JsonObject> {
    const window = this.#window;
    const guess = new SeparatorGuess(window, this.#mayGuess);
    for (let first = true; await nextElement(window, first); first = false) {
      const start = window.offset;
      let element: unknown = guess.next(isObject);
      let text = guess.text;
      if (element === undefined) {
        ({ value: element, text } = await readValue(window));
        guess.learn();
      }
      const record = recordOf(key, element);
      if (record === undefined) throw new JsonProblem(start, `no item in "${key}"`, EXPECTED_ITEM);
      // A result of a query is text within text; its record is what can be read again by itself.
      this.#onText(typeof element === 'string' ? JSON.stringify(record) : text);
      yield record;
    }
    window.hold();
  }
}

function isWholeRecord(value: unknown): value is JsonObject {
  return isObject(value) && isRecord(value) && !holdsItemArray(value);
}
