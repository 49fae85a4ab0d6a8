import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Finding } from '../core/finding.ts';
import { jsonLine } from '../formats/json.ts';
import type { Summary } from '../formats/summary.ts';
import { summaryTable } from '../formats/table.ts';
import { type Io, UsageError, write } from './io.ts';

export const FORMATS = ['table', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** Where findings go, one by one as they are made. */
export interface Report {
  add(finding: Finding): Promise<void>;
  /** Hands on what is still held back: nothing that was found may be lost when the work breaks off. */
  flush(): Promise<void>;
  end(summary: Summary): Promise<void>;
}

/** @param file where to write instead of standard output. @throws UsageError when it cannot be written. */
export async function openReport(
  format: Format,
  file: string | undefined,
  io: Io,
): Promise<Report> {
  const stream = file === undefined ? io.stdout : await openFile(file);
  const chunks = new Chunks(stream);
  const report = REPORTS[format](chunks);
  return {
    add: (finding) => report.add(finding),
    flush: () => chunks.flush(),
    async end(summary) {
      await report.end(summary);
      await chunks.flush();
      if (file === undefined) return;
      stream.end();
      await once(stream, 'finish');
    },
  };
}

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

const REPORTS: Readonly<Record<Format, (chunks: Chunks) => Omit<Report, 'flush'>>> = {
  table: (chunks) => ({
    add: async () => {},
    end: (summary) => chunks.write(summaryTable(summary)),
  }),
  ndjson: (chunks) => ({
    add: (finding) => chunks.write(`${jsonLine(finding)}\n`),
    end: async () => {},
  }),
  json: (chunks) => {
    let separator = '[\n';
    return {
      async add(finding) {
        await chunks.write(separator + jsonLine(finding));
        separator = ',\n';
      },
      end: () => chunks.write(separator === '[\n' ? '[]\n' : '\n]\n'),
    };
  },
};
