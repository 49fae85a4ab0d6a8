import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { byText } from '../canonical.ts';
import { linesOf } from './lines.ts';

/** Characters of rows that are held in memory before they are put on disk, sorted. */
const HELD = 32 * 1024 * 1024;

interface Row {
  readonly key: string;
  readonly line: string;
}

/**
 * Rows of any number in the order of their keys, in bounded memory: what does not fit goes to sorted files, which are merged at the
 * end. Rows of one key stay in the order in which they came.
 */
export class SortedRows {
  readonly #folder: string;
  readonly #held: number;
  readonly #files: string[] = [];
  #rows: Row[] = [];
  #length = 0;

  /** @param folder for the sorted files, which the caller removes; made when it is needed. */
  constructor(folder: string, held = HELD) {
    this.#folder = folder;
    this.#held = held;
  }

  /** @param line without a line feed. */
  async add(key: string, line: string): Promise<void> {
    this.#rows.push({ key, line });
    this.#length += key.length + line.length;
    if (this.#length > this.#held) await this.#spill();
  }

  async *rows(): AsyncGenerator<Row> {
    this.#sort();
    const inMemory = this.#rows;
    this.#rows = [];
    yield* merged([...this.#files.map(rowsOf), inMemory]);
  }

  #sort(): void {
    this.#rows.sort((one, other) => byText(one.key, other.key));
  }

  async #spill(): Promise<void> {
    this.#sort();
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, `${this.#files.length}.gz`);
    const lines = function* (rows: readonly Row[]) {
      // JSON has no raw tab in a text, so the first one ends the key.
      for (const { key, line } of rows) yield `${JSON.stringify(key)}\t${line}\n`;
    };
    const source = Readable.from(lines(this.#rows), { objectMode: true, highWaterMark: 256 });
    await pipeline(source, createGzip({ level: 1 }), createWriteStream(path, { mode: 0o600 }));
    this.#files.push(path);
    this.#rows = [];
    this.#length = 0;
  }
}

async function* rowsOf(path: string): AsyncGenerator<Row> {
  for await (const { text } of linesOf(path)) {
    const tab = text.indexOf('\t');
    yield { key: JSON.parse(text.slice(0, tab)), line: text.slice(tab + 1) };
  }
}

type Rows = Iterable<Row> | AsyncIterable<Row>;

/** Of rows with the same key those of an earlier source come first. */
async function* merged(sources: readonly Rows[]): AsyncGenerator<Row> {
  const heads = await Promise.all(
    sources.map(async (source) => {
      const rows = iteratorOf(source);
      return { rows, next: await rows.next() };
    }),
  );
  let left = heads.filter(({ next }) => next.done !== true);
  while (left.length > 0) {
    const [first, ...others] = left;
    if (first === undefined) return;
    let least = first;
    for (const head of others) {
      if (byText(head.next.value.key, least.next.value.key) < 0) least = head;
    }
    yield least.next.value;
    least.next = await least.rows.next();
    if (least.next.done === true) left = left.filter((head) => head !== least);
  }
}

const iteratorOf = (source: Rows): AsyncIterator<Row> | Iterator<Row> =>
  Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
