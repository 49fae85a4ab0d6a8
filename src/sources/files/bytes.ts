import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { gunzip } from './gunzip.ts';

const CHUNK_SIZE = 256 * 1024;
const EMPTY = Buffer.alloc(0);

/** The text of a file in chunks, gunzipped if it is gzip data, whatever its name. */
export async function* readBytes(
  path: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const chunks = counted(createReadStream(path, { highWaterMark: CHUNK_SIZE }), onRead);
  try {
    let head = EMPTY;
    // A pipe may give one byte at a time, and the magic number is two.
    while (head.length < 2) {
      const next = await chunks.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
    }
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    const whole = startingWith(head, chunks);
    yield* isGzip ? gunzip(whole) : whole;
  } finally {
    await chunks.return(undefined);
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
