import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A copy of a stream that can be read more than once; `dispose` removes it. */
export interface Spooled {
  readonly path: string;
  dispose(): Promise<void>;
}

/** Copies a stream, such as standard input, to a temporary file that only this user may read. It never outlives the process. */
export async function spool(stream: NodeJS.ReadableStream): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 's3-config-rules-'));
  const path = join(folder, 'standard-input');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const dispose = async () => {
    process.off('exit', remove);
    remove();
  };
  process.once('exit', remove);
  try {
    await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, dispose };
}
