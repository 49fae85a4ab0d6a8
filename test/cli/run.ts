import { Readable, Writable } from 'node:stream';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in process, as a shell would. */
export async function run(args: readonly string[], stdin = '', isTTY = false): Promise<Ran> {
  const stdout = new Sink();
  const stderr = Object.assign(new Sink(), { isTTY });
  const now = () => new Date('2026-06-15T00:00:00.000Z');
  const code = await main(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    now,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
