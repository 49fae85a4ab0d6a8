import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { explain, UnreadableInput } from './error.ts';
import { newestDelivered } from './snapshot-files.ts';
import { type Reason, Unread } from './unread.ts';

/** One file to read. `inFolder`: found in a folder, not named by the user. */
export interface InputFile {
  readonly path: string;
  readonly size: number;
  readonly inFolder: boolean;
}

/** What the paths of the user stand for. */
export interface Listing {
  readonly current: readonly InputFile[];
  /** Older snapshots and history, which were delivered before what is current. */
  readonly passedOver: readonly InputFile[];
  /** What else there is in the folders. */
  readonly unread: Unread;
}

const DATA_FILE = /\.(json|jsonl|ndjson|gz|zst)$/i;

/** Where a collection from a live account notes what it is of. */
export const COLLECTED = 'collected.state';

/**
 * What AWS Config puts into the bucket to try whether it may write, logs that CloudTrail delivers into the same bucket (AWS CloudTrail
 * User Guide, "Finding your CloudTrail log files"), and documentation: no data.
 */
const COMPANION = /^(ConfigWritabilityCheckFile|\d{12}_CloudTrail(-[A-Za-z]+)?_)|\.md$/;

/**
 * The files that the paths stand for: in the order given, those of a folder sorted by name. Of a folder that AWS Config
 * delivers to, those that hold the current state; older files can still be named explicitly.
 * @param until the state that was known at this time (ISO, UTC) instead.
 * @param filesIn what a folder holds, for tests.
 */
export async function listFiles(
  paths: readonly string[],
  until?: string,
  filesIn: typeof filesOfFolder = filesOfFolder,
): Promise<Listing> {
  const current: InputFile[] = [];
  const passedOver: InputFile[] = [];
  const unread = new Unread();
  for (const path of paths) {
    const found = await attempt(path, () => stat(path));
    if (found.isDirectory()) {
      const delivered = newestDelivered(await filesIn(path, unread), until);
      // A call takes only so many arguments, and a folder may hold more files.
      for (const file of delivered.current) current.push(file);
      for (const file of delivered.passedOver) passedOver.push(file);
    } else current.push({ path, size: found.size, inFolder: false });
  }
  return { current, passedOver, unread };
}

async function filesOfFolder(path: string, unread: Unread): Promise<readonly InputFile[]> {
  const real = await attempt(path, () => realpath(path));
  const folder = new Folder(real, unread);
  await folder.walk(path, real);
  if (folder.files.length > 0) return folder.files;
  throw new UnreadableInput(
    path,
    'a folder without data',
    `at least one .json, .jsonl, .ndjson, .gz or .zst file in it${unread.isEmpty ? '' : `. ${unread}`}`,
  );
}

class Folder {
  readonly files: InputFile[] = [];
  readonly #root: string;
  readonly #unread: Unread;
  readonly #seen = new Set<string>();

  constructor(root: string, unread: Unread) {
    this.#root = root;
    this.#unread = unread;
  }

  /** `real` is the path without links: what is reached twice is read once, circles included. */
  async walk(path: string, real: string): Promise<void> {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const open = () => readdir(path, { withFileTypes: true });
    // A folder below costs no other folder its verdicts; without the one that was named there is nothing to judge.
    const entries = await (real === this.#root ? attempt(path, open) : open().catch(() => null));
    if (entries === null) return this.#note('refused', path);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name === COLLECTED || COMPANION.test(entry.name)) continue;
      await this.#visit(join(path, entry.name), join(real, entry.name), entry);
    }
  }

  async #visit(path: string, plain: string, entry: Dirent): Promise<void> {
    const isData = DATA_FILE.test(entry.name);
    if (entry.name.startsWith('.')) {
      // What begins with a dot belongs to programs, unless it is called like data.
      if (isData) this.#note('hidden', path);
      return;
    }
    if (!isData && entry.isFile()) return this.#note('name', path);
    const real = entry.isSymbolicLink() ? await this.#targetInside(path) : plain;
    if (real === undefined) return this.#note('link', path);
    const found = await stat(path).catch(() => null);
    if (found === null) return this.#note('refused', path);
    if (found.isDirectory()) return this.walk(path, real);
    if (!isData) return this.#note('name', path);
    if (!found.isFile()) return this.#note('pipe', path);
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    this.files.push({ path, size: found.size, inFolder: true });
  }

  #note(reason: Reason, path: string): void {
    this.#unread.add(reason, path);
  }

  /** A link that leads nowhere counts as leaving: there is nothing to read behind it. */
  async #targetInside(path: string): Promise<string | undefined> {
    const target = await realpath(path).catch(() => undefined);
    const isInside = target === this.#root || target?.startsWith(this.#root + sep);
    return isInside ? target : undefined;
  }
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw await explain(path, error, async () => undefined);
  }
}
