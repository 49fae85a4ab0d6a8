import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { gunzip } from './gunzip.ts';
import { unzstd } from './zstd.ts';
import { isZstd } from './zstd-frames.ts';

const CHUNK_SIZE = 256 * 1024;
const EMPTY = Buffer.alloc(0);

/** What a file is that is no text, by its first bytes. */
const OTHERS: readonly (readonly [begins: string, is: string])[] = [
  ['504b0304', 'a zip archive'],
  ['504b0506', 'a zip archive'],
  ['425a68', 'bzip2 data'],
  ['fd377a585a00', 'xz data'],
  ['fffe', 'text in UTF-16'],
  ['feff', 'text in UTF-16'],
  ['50415231', 'a Parquet file'],
];

/** A file of another kind, known by its first bytes. */
export class OtherContent extends Error {
  readonly code = 'OTHER_CONTENT';
}

/**
 * The text of a file in chunks, decompressed if it is gzip or Zstandard data, whatever its name, and once more if there is such data
 * in it. @throws OtherContent
 */
export async function* readBytes(
  path: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const chunks = counted(createReadStream(path, { highWaterMark: CHUNK_SIZE }), onRead);
  yield* textOf(chunks, DEEPEST);
}

/** A file that was compressed already is compressed again when somebody tidies up. More than that is an attack. */
const DEEPEST = 2;
const LONGEST_MAGIC = 6;

async function* textOf(bytes: AsyncGenerator<Buffer>, depth: number): AsyncGenerator<Buffer> {
  try {
    let head = EMPTY;
    // A pipe may give one byte at a time.
    while (head.length < LONGEST_MAGIC) {
      const next = await bytes.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
    }
    const whole = startingWith(head, bytes);
    if (depth > 0 && head[0] === 0x1f && head[1] === 0x8b) yield* textOf(gunzip(whole), depth - 1);
    else if (depth > 0 && isZstd(head)) yield* textOf(unzstd(whole), depth - 1);
    else {
      const start = head.subarray(0, LONGEST_MAGIC).toString('hex');
      const other = OTHERS.find(([begins]) => start.startsWith(begins));
      if (other !== undefined) throw new OtherContent(`this is ${other[1]}`);
      yield* whole;
    }
  } finally {
    await bytes.return(undefined);
  }
}

/** The 1-based line of a byte of the text, or undefined for an input that is gone, like a pipe. */
export async function lineOf(path: string, offset: number): Promise<number | undefined> {
  let line = 1;
  let left = offset;
  try {
    if (!(await stat(path)).isFile()) return undefined;
    for await (const chunk of readBytes(path)) {
      line += lineFeeds(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
  } catch {
    // The damage that is being explained, met again: the lines before it are counted.
  }
  return line;
}

function lineFeeds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) count += 1;
  return count;
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
  return undefined;
}

async function* startingWith(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}
