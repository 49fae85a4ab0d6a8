import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listed } from './manifest.ts';
import { collidingNames, flawInName } from './names.ts';

/** Every file below a folder by its path with "/", and what may not stand in a bundle: links, sockets, unsafe names. */
export interface Tree {
  /** In the order of code units. */
  readonly files: readonly string[];
  readonly faults: readonly string[];
}

/** Looks at the names in a folder and follows no link. @throws an error of the file system when a folder cannot be read. */
export async function treeOf(folder: string): Promise<Tree> {
  const files: string[] = [];
  const faults: string[] = [];
  const walk = async (inner: string): Promise<void> => {
    const entries = await readdir(join(folder, inner), { withFileTypes: true });
    if (entries.length === 0 && inner !== '')
      faults.push(`${JSON.stringify(inner)} is an empty folder.`);
    for (const entry of entries) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      const flaw = flawInName(path);
      if (flaw !== null) faults.push(`The name ${JSON.stringify(path)} ${flaw}.`);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) files.push(path);
      else faults.push(`${JSON.stringify(path)} is neither a file nor a folder.`);
    }
  };
  await walk('');
  for (const path of collidingNames(files)) {
    faults.push(`The name ${JSON.stringify(path)} differs from another one only in case.`);
  }
  return { files: files.sort(), faults };
}

/** A file as it is on disk. @throws an error of the file system. */
export async function listedAs(folder: string, path: string): Promise<Listed> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(join(folder, path))) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { path, bytes, sha256: hash.digest('hex') };
}
