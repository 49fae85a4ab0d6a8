import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { STANDARD_INPUT } from '../../sources/files/read.ts';
import { UsageError } from '../io.ts';
import type { Target } from './targets.ts';

/**
 * Refuses to write over what is read: evidence, settings or a baseline would be lost, however its name is spelt.
 * @param read files and folders that are read; those that do not exist are left to whoever reads them.
 * @throws UsageError
 */
export async function refuseInputs(
  targets: readonly Target[],
  read: readonly string[],
): Promise<void> {
  const files = targets.flatMap(({ file }) => (file === undefined ? [] : [file]));
  for (const file of files) {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || !found.isFile()) continue;
    const real = await realpath(file);
    for (const path of read) {
      const input = await stat(path).catch(() => undefined);
      if (input === undefined) continue;
      const isSame = input.dev === found.dev && input.ino === found.ino;
      const isInside =
        input.isDirectory() && isData(real) && real.startsWith(`${await realpath(path)}${sep}`);
      if (isSame || isInside) {
        throw new UsageError(
          `--output: ${file} is also an input${isInside ? `, in ${path}` : ''}. Write to another file: an input is never written over.`,
        );
      }
    }
  }
  await refuseTwins(files);
}

/** Standard input holds one thing. @throws UsageError where it is named for several, such as sources and --settings. */
export function refuseSharedInput(
  sources: readonly string[],
  named: Readonly<Record<string, string | false | undefined>>,
): void {
  const isInput = (path: unknown) => typeof path === 'string' && STANDARD_INPUT.has(path);
  const uses = [
    ...(sources.some(isInput) ? ['the source'] : []),
    ...Object.keys(named).filter((option) => isInput(named[option])),
  ];
  if (uses.length > 1)
    throw new UsageError(
      `Standard input cannot be ${uses.join(' and ')}. Name a file for one of them.`,
    );
}

/** Files of a folder that are read as evidence. Others may lie there and be written again. */
const isData = (path: string) => /\.(jsonl?|ndjson)(\.gz|\.zst)?$|\.(gz|zst)$/i.test(path);

/** Two names of one file. @throws UsageError */
async function refuseTwins(files: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const file of files) {
    const folder = await realpath(dirname(file)).catch(() => dirname(file));
    const real = await realpath(file).catch(() => join(folder, basename(file)));
    const other = seen.get(real);
    if (other !== undefined && !real.startsWith('/dev/')) {
      throw new UsageError(
        `--output: ${other} and ${file} are one file. Give each output a place of its own.`,
      );
    }
    seen.set(real, file);
  }
}
