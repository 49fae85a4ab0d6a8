import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { Gzip } from 'fflate';

/** How hard to compress: higher levels gain a few percent on these rows, and cost twice the time. */
const LEVEL = 1;
/** Characters that are gathered before they are compressed. Where a piece ends shows in the output: it depends on the lines only. */
const PIECE = 256 * 1024;
/** Byte 9 of the header says which system compressed; 255 is "unknown" (RFC 1952). */
const SYSTEM_AT = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * A file of lines, gzip: the same lines give the same bytes on every machine. That is why the compressor is written in JavaScript:
 * the zlib of Node.js compresses differently from release to release and from processor to processor.
 */
export class GzipFile {
  readonly #stream: WriteStream;
  readonly #gzip: Gzip;
  #text: string[] = [];
  #length = 0;
  #isFirst = true;
  #written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: 'wx', mode: 0o644 });
    // Awaited where the next write or the end is; until then it must not count as unhandled.
    this.#stream.on('error', () => {});
    this.#gzip = new Gzip({ level: LEVEL, mtime: 0 }, (bytes) => this.#out(bytes));
  }

  /** @param line without a line feed. @throws the error of the file system, here or at a later line. */
  async write(line: string): Promise<void> {
    this.#text.push(line, '\n');
    this.#length += line.length + 1;
    if (this.#length >= PIECE) await this.#compress(false);
  }

  /** @throws the error of the file system. */
  async end(): Promise<void> {
    await this.#compress(true);
    this.#stream.end();
    await finished(this.#stream);
  }

  /** Gives up; what was written stays in the file, which is closed then. */
  async destroy(): Promise<void> {
    if (this.#stream.closed) return;
    const closed = once(this.#stream, 'close');
    this.#stream.destroy();
    await closed;
  }

  async #compress(isLast: boolean): Promise<void> {
    const bytes = Buffer.from(this.#text.join(''));
    this.#text = [];
    this.#length = 0;
    this.#gzip.push(bytes, isLast);
    await this.#written;
    if (this.#stream.errored) throw this.#stream.errored;
  }

  #out(bytes: Uint8Array): void {
    if (this.#isFirst) bytes[SYSTEM_AT] = UNKNOWN_SYSTEM;
    this.#isFirst = false;
    if (this.#stream.write(bytes)) return;
    this.#written = once(this.#stream, 'drain').then(
      () => {},
      () => {},
    );
  }
}

async function finished(stream: WriteStream): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (!stream.writableFinished) await once(stream, 'finish');
}
