import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { FormatContext, OpenFormat } from '../../formats/format.ts';
import { type FormatName, formats } from '../../formats/index.ts';
import { type Io, UsageError, write } from '../io.ts';

/** Where findings go, one by one as they are made. */
export interface Output extends OpenFormat {
  /** Writes what is still buffered, so that no finding is lost if the work stops early. */
  flush(): Promise<void>;
}

/** Opens what findings go to. */
export type OpenOutput = (context: FormatContext) => Promise<Output>;

/** @param file where to write instead of standard output. @throws UsageError when it cannot be written. */
export const outputTo =
  (format: FormatName, file: string | undefined, io: Io): OpenOutput =>
  async (context) => {
    const stream = file === undefined ? io.stdout : await openFile(file);
    const chunks = new Chunks(stream);
    const open = formats[format].open((text) => chunks.write(text), context);
    return {
      add: (finding) => open.add(finding),
      flush: () => chunks.flush(),
      async end(summary, run) {
        await open.end(summary, run);
        await chunks.flush();
        if (file === undefined) return;
        stream.end();
        await once(stream, 'finish');
      },
    };
  };

/** Gathers lines into few writes: one for each finding costs more than judging it. */
class Chunks {
  readonly #stream: NodeJS.WritableStream;
  #text = '';

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await write(this.#stream, text);
  }
}

const CHUNK = 65_536;

async function openFile(file: string): Promise<NodeJS.WritableStream> {
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output ${file} cannot be written: ${reason}`);
  }
  return stream;
}
