import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { explain, UnreadableInput } from './error.ts';
import { type Delivered, newestDelivered } from './snapshot-files.ts';

/** One file to read. `inFolder`: found in a folder, not named by the user. */
export interface InputFile {
  readonly path: string;
  readonly size: number;
  readonly inFolder: boolean;
}

const DATA_FILE = /\.(json|ndjson)(\.gz)?$/i;

// AWS Config puts it into the bucket to try whether it may write; it holds no data.
const COMPANION = /^ConfigWritabilityCheckFile/;

/**
 * The files that the paths stand for: in the order given, those of a folder sorted by name. Of a folder that AWS Config
 * delivers to, those that hold the current state; older files can still be named explicitly.
 * @param until the state that was known at this time (ISO, UTC) instead.
 */
export async function listFiles(
  paths: readonly string[],
  until?: string,
): Promise<Delivered<InputFile>> {
  const current: InputFile[] = [];
  const passedOver: InputFile[] = [];
  for (const path of paths) {
    const found = await attempt(path, () => stat(path));
    if (found.isDirectory()) {
      const delivered = newestDelivered(await filesOfFolder(path), until);
      current.push(...delivered.current);
      passedOver.push(...delivered.passedOver);
    } else current.push({ path, size: found.size, inFolder: false });
  }
  return { current, passedOver };
}

async function filesOfFolder(path: string): Promise<InputFile[]> {
  const real = await attempt(path, () => realpath(path));
  const files = await new Folder(real).walk(path, real);
  if (files.length > 0) return files;
  throw new UnreadableInput(
    path,
    'a folder without data',
    'at least one .json, .json.gz, .ndjson or .ndjson.gz file in it',
  );
}

class Folder {
  readonly #root: string;
  readonly #seen = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** `real` is the path without links: what is reached twice is read once, circles included. */
  async walk(path: string, real: string): Promise<InputFile[]> {
    if (this.#seen.has(real)) return [];
    this.#seen.add(real);
    const files: InputFile[] = [];
    const entries = await attempt(path, () => readdir(path, { withFileTypes: true }));
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.') || COMPANION.test(entry.name)) continue;
      files.push(...(await this.#visit(join(path, entry.name), join(real, entry.name), entry)));
    }
    return files;
  }

  async #visit(path: string, plain: string, entry: Dirent): Promise<InputFile[]> {
    const isData = DATA_FILE.test(entry.name);
    if (!isData && entry.isFile()) return [];
    const real = entry.isSymbolicLink() ? await this.#targetInside(path) : plain;
    if (real === undefined) return [];
    const found = await attempt(path, () => stat(path));
    if (found.isDirectory()) return this.walk(path, real);
    if (!isData || !found.isFile() || this.#seen.has(real)) return [];
    this.#seen.add(real);
    return [{ path, size: found.size, inFolder: true }];
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
