import { Decompress } from 'fzstd';
import { ZstdFrames, ZstdProblem } from './zstd-frames.ts';

/** Bytes given to the decoder at a time: bounds what one step can grow to. */
const INPUT_SIZE = 16 * 1024;

/**
 * Decodes Zstandard data of any number of frames. The decoder of Node 22 and later is not used: it ends with the first frame, and
 * takes data that is cut for whole. Checksums are not compared. @throws ZstdProblem after what was decoded before the damage.
 */
export async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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

/** Codes of the library are numbers, and so is a wrong index that damage leads it to. */
function problemOf(error: unknown): unknown {
  if (error instanceof ZstdProblem || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : error.name;
  return /^(\d|RangeError|TypeError)/.test(code)
    ? new ZstdProblem('ZSTD_DAMAGED', { cause: error })
    : error;
}
