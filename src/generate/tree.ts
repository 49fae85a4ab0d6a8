import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Files by their path from the root of the project, as text; one that ends with .gz is compressed when it is written. */
export type Files = ReadonlyMap<string, string>;

/** A folder in which every file of an ending is generated, so that one nobody generates is left over. */
export interface GeneratedFolder {
  readonly folder: string;
  /** Empty for every file, of the folders below, too. */
  readonly ending: string;
}

/** Writes the files that differ, and removes those that nothing generates any more. @param root the folder of the project. */
export async function writeTree(
  root: string,
  files: Files,
  folders: readonly GeneratedFolder[],
): Promise<void> {
  const leftOver = await leftOverIn(root, files, folders);
  for (const [path, text] of files) await writeIfOther(root, path, text);
  for (const path of leftOver) {
    await rm(join(root, path));
    process.stderr.write(`removed ${path}\n`);
  }
}

export async function writeIfOther(root: string, path: string, text: string): Promise<void> {
  const isZipped = path.endsWith('.gz');
  const current = await readFile(join(root, path)).catch(() => undefined);
  // Compared as text: another zlib may compress the same text to other bytes.
  if (current && (isZipped ? gunzipSync(current) : current).toString() === text) return;
  await writeFileIn(root, path, text);
  process.stderr.write(`wrote ${path}\n`);
}

export async function writeFileIn(root: string, path: string, text: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, path.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
}

async function leftOverIn(
  root: string,
  files: Files,
  folders: readonly GeneratedFolder[],
): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async ({ folder, ending }) => {
      const entries = await readdir(join(root, folder), { recursive: ending === '' });
      return entries
        .map((name) => `${folder}/${name.split(sep).join('/')}`)
        .filter((path) => path.endsWith(ending) && /\.[a-z]+$/.test(path));
    }),
  );
  return found.flat().filter((path) => !files.has(path));
}
