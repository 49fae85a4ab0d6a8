import { constants, createReadStream, createWriteStream, openSync, rmSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { explain } from './error.ts';

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

/** Sources of which every one can be read more than once. */
export interface Rereadable {
  readonly paths: readonly string[];
  /** A text for the user: the names of copies in it become those of the sources. */
  label(text: string): string;
  dispose(): Promise<void>;
}

export const STANDARD_INPUT: ReadonlySet<string> = new Set([
  '-',
  '/dev/stdin',
  '/dev/fd/0',
  '/proc/self/fd/0',
]);

/**
 * Copies what can be read only once: standard input, named pipes, process substitution, devices.
 * @throws UnreadableInput when a path cannot be found or read.
 */
export async function rereadable(
  sources: readonly string[],
  stdin: NodeJS.ReadableStream,
): Promise<Rereadable> {
  const copies = new Map<string, Spooled>();
  const dispose = async () => {
    for (const copy of copies.values()) await copy.dispose();
  };
  const pathOf = async (source: string) => {
    const isStandard = STANDARD_INPUT.has(source);
    const name = isStandard ? 'standard input' : source;
    const known = copies.get(name);
    if (known !== undefined) return known.path;
    const stream = isStandard ? stdin : await onceReadable(source);
    if (stream === null) return source;
    const copy = await spool(stream);
    copies.set(name, copy);
    return copy.path;
  };
  try {
    const paths: string[] = [];
    for (const source of sources) paths.push(await pathOf(source));
    return {
      paths,
      label: (text) =>
        [...copies].reduce((label, [name, { path }]) => label.replaceAll(path, name), text),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The stream of a path that is neither a file nor a folder; null of one that is. @throws UnreadableInput */
async function onceReadable(path: string): Promise<NodeJS.ReadableStream | null> {
  try {
    const found = await stat(path);
    if (found.isFile() || found.isDirectory()) return null;
    if (!found.isFIFO()) return createReadStream(path);
    // Opening a pipe waits for its writer in a thread that nothing can end, not even Ctrl-C; a socket waits without one.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    throw await explain(path, error, async () => undefined);
  }
}
