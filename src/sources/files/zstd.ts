import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { ZstdFrames, ZstdProblem } from './zstd-frames.ts';

/** Bytes given to the decoder at a time: bounds what one step can grow to. */
const INPUT_SIZE = 16 * 1024;

type Create = typeof zlib.createGunzip;

/**
 * Decodes Zstandard data of any number of frames: by Node where it can (22.15 and later), else by a library, which does not compare
 * the checksums. @throws ZstdProblem after what was decoded before the damage.
 */
export function unzstd(
  chunks: AsyncIterable<Buffer>,
  create: Create | undefined = nodes,
): AsyncGenerator<Buffer> {
  return create === undefined ? byLibrary(chunks) : byNode(chunks, create);
}

const { createZstdDecompress: nodes } = zlib as { createZstdDecompress?: Create };

async function* byNode(chunks: AsyncIterable<Buffer>, create: Create): AsyncGenerator<Buffer> {
  const decoder = create();
  const whenReady = () =>
    new Promise<void>((resolve) => {
      decoder.once('drain', resolve);
      decoder.once('close', resolve);
    });
  const feed = async () => {
    for await (const chunk of chunks) {
      if (decoder.destroyed) return;
      if (!decoder.write(chunk)) await whenReady();
    }
    decoder.end();
  };
  const fed = feed().catch((error: Error) => decoder.destroy(error));
  try {
    for await (const data of decoder) yield data as Buffer;
  } catch (error) {
    throw problemOf(error);
  } finally {
    decoder.destroy();
    await fed;
  }
}

async function* byLibrary(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const frames = new ZstdFrames();
  let ready: Buffer[] = [];
  const decoder = new Decompress((data) => ready.push(Buffer.from(data)));
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += INPUT_SIZE) {
      const piece = chunk.subarray(at, at + INPUT_SIZE);
      const failure = failureOf(() => {
        frames.pass(piece);
        decoder.push(piece);
      });
      yield* ready;
      ready = [];
      if (failure !== undefined) throw failure;
    }
  }
  if (!frames.isAtEnd) throw new ZstdProblem('ZSTD_CUT');
}

function failureOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return problemOf(error);
  }
  return undefined;
}

/** Codes of the library are numbers, and so is a wrong index that damage leads it to; those of Node begin with Z. */
function problemOf(error: unknown): unknown {
  if (error instanceof ZstdProblem || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : error.name;
  if (/window/i.test(code)) return new ZstdProblem('ZSTD_WINDOW', { cause: error });
  if (code === 'Z_BUF_ERROR') return new ZstdProblem('ZSTD_CUT', { cause: error });
  return /^(\d|Z|RangeError|TypeError)/.test(code)
    ? new ZstdProblem('ZSTD_DAMAGED', { cause: error })
    : error;
}
