import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import type { Finding } from '../../src/engine/finding.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in process, as a shell would. */
export async function run(
  args: readonly string[],
  stdin = '',
  isTTY = false,
  more: Partial<Io> & { readonly columns?: number } = {},
): Promise<Ran> {
  const { columns, ...place } = more;
  const terminal = { isTTY, ...(columns ? { columns } : {}) };
  const stdout = Object.assign(new Sink(), terminal);
  const stderr = Object.assign(new Sink(), terminal);
  const now = () => new Date('2026-06-15T00:00:00.000Z');
  const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr };
  const code = await main(args, { ...streams, now, ...place });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** The findings in what `evaluate` wrote as json or ndjson, without the run that they are of. */
export function findingsIn<F = Finding>(text: string): readonly F[] {
  if (text.startsWith('{"findings":')) return JSON.parse(text).findings;
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind !== 'run');
}

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
