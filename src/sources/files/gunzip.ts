import { createGunzip, type Gunzip } from 'node:zlib';

// The default of 16 KB makes gunzip three to four times slower.
const OUTPUT_SIZE = 256 * 1024;
// Compressed bytes given at a time: bounds what one step can inflate to, about 1,000 times this.
const INPUT_SIZE = 16 * 1024;

/** Data after the last gzip member that is neither a further member nor padding with zeros. */
export class TrailingBytes extends Error {
  readonly code = 'TRAILING_BYTES';
}

/** What one step gave: the data, and what went wrong after it. */
interface Step {
  readonly ready: readonly Buffer[];
  readonly failure: Error | undefined;
}

/**
 * Inflates gzip data of any number of members. Unlike a piped stream, which drops its buffer when
 * it fails, it yields what was inflated before the damage (less the last step) and then throws.
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  try {
    // One step ahead: zlib works in its own thread while the caller looks at the step before.
    let next: Promise<Step> = Promise.resolve({ ready: [], failure: undefined });
    for await (const piece of piecesOf(chunks)) {
      const step = await next;
      if (step.failure === undefined) next = inflater.write(piece);
      yield* unpack(step);
    }
    yield* unpack(await next);
    yield* unpack(await inflater.finish());
  } finally {
    inflater.destroy();
  }
}

function* unpack(step: Step): Generator<Buffer> {
  yield* step.ready;
  if (step.failure !== undefined) throw step.failure;
}

async function* piecesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += INPUT_SIZE) yield chunk.subarray(at, at + INPUT_SIZE);
  }
}

class Inflater {
  readonly #engine: Gunzip = createGunzip({ chunkSize: OUTPUT_SIZE });
  #ready: Buffer[] = [];
  #failure: Error | undefined;
  #given = 0;
  #wake: () => void = () => {};

  constructor() {
    this.#engine.on('data', (data: Buffer) => this.#ready.push(data));
    this.#engine.on('error', (error) => {
      this.#failure = error;
    });
    // zlib does not call back a write that fails, but it always closes.
    this.#engine.on('close', () => this.#wake());
  }

  async write(piece: Buffer): Promise<Step> {
    this.#given += piece.length;
    if (!this.#engine.readableEnded) {
      await this.#until((done) => this.#engine.write(piece, done));
    }
    this.#refuseTrailing(piece);
    return this.#step();
  }

  async finish(): Promise<Step> {
    await this.#until(() => this.#engine.end());
    return this.#step();
  }

  destroy(): void {
    this.#engine.destroy();
  }

  #until(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#engine.destroyed) resolve();
      else start(resolve);
    });
  }

  /** zlib stops without a word at a zero byte after a member; only padding may follow there. */
  #refuseTrailing(piece: Buffer): void {
    const ignored = Math.min(piece.length, this.#given - this.#engine.bytesWritten);
    if (ignored > 0 && piece.subarray(piece.length - ignored).some((byte) => byte !== 0)) {
      this.#failure ??= new TrailingBytes('data follows the end of the gzip data');
    }
  }

  #step(): Step {
    const ready = this.#ready;
    this.#ready = [];
    return { ready, failure: this.#failure };
  }
}
