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
  end(summary: Summary): Promise<void>;
}

/** @param file where to write instead of standard output. @throws UsageError when it cannot be written. */
export async function openReport(
  format: Format,
  file: string | undefined,
  io: Io,
): Promise<Report> {
  const stream = file === undefined ? io.stdout : await openFile(file);
  const report = REPORTS[format](stream);
  return {
    add: (finding) => report.add(finding),
    async end(summary) {
      await report.end(summary);
      if (file === undefined) return;
      stream.end();
      await once(stream, 'finish');
    },
  };
}

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

const REPORTS: Readonly<Record<Format, (stream: NodeJS.WritableStream) => Report>> = {
  table: (stream) => ({
    add: async () => {},
    end: (summary) => write(stream, summaryTable(summary)),
  }),
  ndjson: (stream) => ({
    add: (finding) => write(stream, `${jsonLine(finding)}\n`),
    end: async () => {},
  }),
  json: (stream) => {
    let separator = '[\n';
    return {
      async add(finding) {
        await write(stream, separator + jsonLine(finding));
        separator = ',\n';
      },
      end: () => write(stream, separator === '[\n' ? '[]\n' : '\n]\n'),
    };
  },
};
