import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export const read = (path: string) => readFileSync(join(root, path), 'utf8');

export const exists = (path: string) => existsSync(join(root, path));

export const list = (folder: string, ending: string) =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));

const FOLDERS = [
  'bench',
  'conformance-pack',
  'dashboard',
  'examples',
  'infra',
  'rules',
  'src',
  'test',
];

/** Every TypeScript file of the project by its path from the root, found without git: a packed copy has none. */
export const sources: readonly string[] = FOLDERS.filter(exists).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('/node_modules/')),
);

export const linesOf = (path: string): readonly string[] =>
  read(path).replace(/\n$/, '').split('\n');

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
