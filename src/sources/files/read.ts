import { jsonItems } from '../json/items.ts';
import { lineOf, readBytes } from './bytes.ts';
import { explain, UnreadableInput } from './error.ts';
import { type InputFile, listFiles } from './files.ts';

export { UnreadableInput } from './error.ts';
export { type Spooled, spool } from './spool.ts';

/** A record as it was found. `index` is its 0-based position among the records of the file. */
export interface RawItem {
  readonly value: unknown;
  /** The record as JSON, byte for byte as it stands in the file. */
  readonly text: string;
  readonly origin: { readonly file: string; readonly index: number };
}

/** Bytes as they lie on disk, over all files; a pipe has no size and adds nothing to the total. */
export interface Progress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly file: string;
}

export interface ReadOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Called with a damaged file, after which the next one is read; without it the damage is thrown. */
  readonly onDamage?: (damage: UnreadableInput) => void;
  /** Reads folders as they were at this time (ISO, UTC). */
  readonly until?: string | undefined;
}

/**
 * Yields every record that may be a configuration item, as it is read: from files whatever their
 * name, and from folders recursively, sorted by name, the .json, .json.gz, .ndjson and .ndjson.gz
 * files, save hidden ones and links out of the folder. Every value is an object.
 * Damage throws UnreadableInput, after all records before it were yielded.
 */
export async function* readItems(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<RawItem> {
  const { current: files } = await listFiles(paths, options.until);
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
  let bytesRead = 0;
  for (const file of files) {
    try {
      yield* readFile(file, (bytes) => {
        bytesRead += bytes;
        options.onProgress?.({ bytesRead, bytesTotal, file: file.path });
      });
    } catch (error) {
      if (!(error instanceof UnreadableInput) || !options.onDamage) throw error;
      options.onDamage(error);
    }
  }
}

async function* readFile(
  { path: file }: InputFile,
  onRead: (bytes: number) => void,
): AsyncGenerator<RawItem> {
  let index = 0;
  let text = '';
  const onText = (read: string) => {
    text = read;
  };
  try {
    for await (const value of jsonItems(readBytes(file, onRead), { onText })) {
      yield { value, text, origin: { file, index } };
      index += 1;
    }
  } catch (error) {
    throw await explain(file, error, (offset) => lineOf(file, offset));
  }
}
