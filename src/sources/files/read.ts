import type { Needless } from '../json/found.ts';
import { jsonRecords } from '../json/items.ts';
import type { JsonProblem } from '../json/window.ts';
import { lineOf, readBytes } from './bytes.ts';
import { explain, UnreadableInput } from './error.ts';
import { type InputFile, listFiles } from './files.ts';

export { UnreadableInput } from './error.ts';
export { type Rereadable, rereadable, STANDARD_INPUT, spool } from './spool.ts';

/** A record as it was found. `index` is its 0-based position among the records of the file. */
export interface RawItem {
  readonly value: unknown;
  /** The record as JSON, byte for byte as it stands in the file. */
  readonly text: string;
  readonly origin: { readonly file: string; readonly index: number };
  /** Where it stands in the uncompressed file, where it is an element of an array. */
  readonly span?: readonly [from: number, to: number];
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
  /** Called with a line of NDJSON that is no record, after which the next line is read; without it the damage is thrown. */
  readonly onBadLine?: (damage: UnreadableInput) => void;
  /** The records of a file that are passed over. */
  readonly needless?: ReadonlyMap<string, Needless>;
}

/** Bad lines of a file that are told one by one: finding out the number of a line takes reading up to it. */
const LINES_TOLD = 5;

/**
 * Yields every record that may be a configuration item, as it is read: from files whatever their
 * name, and from folders recursively, sorted by name, the .json, .jsonl, .ndjson, .gz and .zst
 * files, save hidden ones and links out of the folder. Every value is an object.
 * Damage throws UnreadableInput, after all records before it were yielded.
 */
export async function* readItems(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<RawItem> {
  for await (const items of readTogether(paths, options)) yield* items;
}

/** As {@link readItems}; records that were in memory together are given together. */
export async function* readTogether(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<readonly RawItem[]> {
  const { current: files } = await listFiles(paths, options.until);
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
  let bytesRead = 0;
  for (const file of files) {
    try {
      const onRead = (bytes: number) => {
        bytesRead += bytes;
        options.onProgress?.({ bytesRead, bytesTotal, file: file.path });
      };
      yield* readFile(file, onRead, options);
    } catch (error) {
      if (!(error instanceof UnreadableInput) || !options.onDamage) throw error;
      options.onDamage(error);
    }
  }
}

async function* readFile(
  { path: file }: InputFile,
  onRead: (bytes: number) => void,
  { onBadLine, needless }: ReadOptions,
): AsyncGenerator<readonly RawItem[]> {
  const badLines = onBadLine && new BadLines(file, onBadLine);
  const options = {
    needless: needless?.get(file),
    ...(badLines ? { onBadLine: (bad: JsonProblem) => badLines.add(bad) } : {}),
  };
  try {
    for await (const found of jsonRecords(readBytes(file, onRead), options)) {
      yield found.map(({ index, ...record }) => ({ ...record, origin: { file, index } }));
    }
  } catch (error) {
    throw await explain(file, error, (offset) => lineOf(file, offset));
  } finally {
    badLines?.end();
  }
}

/** Tells of the first bad lines of a file, and then how many more there are. */
class BadLines {
  readonly #file: string;
  readonly #tell: (damage: UnreadableInput) => void;
  #count = 0;

  constructor(file: string, tell: (damage: UnreadableInput) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  async add(problem: JsonProblem): Promise<void> {
    this.#count++;
    if (this.#count > LINES_TOLD) return;
    const damage = await explain(this.#file, problem, (offset) => lineOf(this.#file, offset));
    if (damage instanceof UnreadableInput) this.#tell(damage);
  }

  end(): void {
    const more = this.#count - LINES_TOLD;
    if (more <= 0) return;
    this.#tell(
      new UnreadableInput(this.#file, `bad lines, ${more} more`, 'one record in each line'),
    );
  }
}
