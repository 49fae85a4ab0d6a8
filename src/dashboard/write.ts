import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BuildOptions, type DataFile, dataFiles } from './build.ts';
import { folderPage, inlined, singlePage } from './html.ts';
import type { PageCode } from './page-code.ts';
import type { RunData } from './run-data.ts';

export interface WriteOptions extends BuildOptions {
  readonly output: string;
  readonly isSingle: boolean;
  readonly code: PageCode;
}

/** The folder holds something else, which must not be lost. */
export class OutputInUse extends Error {
  override readonly name = 'OutputInUse';
}

/**
 * Writes a dashboard into a folder, whole or not at all: next to it first, then in its place. @returns the path of the page.
 * @throws OutputInUse when the folder holds anything but a dashboard; then nothing was written.
 */
export async function writeDashboard(data: RunData, options: WriteOptions): Promise<string> {
  const output = resolve(options.output);
  await refuseOthers(output);
  await mkdir(dirname(output), { recursive: true });
  const draft = await mkdtemp(join(dirname(output), `.${basename(output)}-`));
  try {
    if (options.isSingle) await writeSingle(data, draft, options);
    else await writeFolder(data, draft, options);
    // A temporary folder is closed to others, which a web server would be.
    await chmod(draft, 0o755);
    await rm(output, { recursive: true, force: true });
    await rename(draft, output);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return join(output, 'index.html');
}

async function writeFolder(data: RunData, folder: string, { code, title, rules }: WriteOptions) {
  for await (const { name, bytes } of dataFiles(data, { title, rules })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  await writeFile(join(folder, 'page.js'), code.script);
  await writeFile(join(folder, 'style.css'), code.style);
  await writeFile(join(folder, 'index.html'), folderPage(title));
}

async function writeSingle(data: RunData, folder: string, { code, title, rules }: WriteOptions) {
  const [head, tail] = singlePage(title, code);
  async function* text() {
    yield head;
    for await (const file of dataFiles(data, { title, rules })) yield inlined(file as DataFile);
    yield tail;
  }
  await pipeline(text, createWriteStream(join(folder, 'index.html')));
}

/** A dashboard is known by its page; an empty folder is free. */
async function refuseOthers(output: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(output);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new OutputInUse(`${output} is not a folder. Name a new folder.`);
  }
  if (names.length === 0) return;
  const page = names.includes('index.html')
    ? await readFile(join(output, 'index.html'), 'utf8')
    : '';
  const own = ['index.html', 'page.js', 'style.css', 'data'];
  const isDashboard =
    page.slice(0, 4000).includes('content="s3-config-rules dashboard"') &&
    names.every((name) => own.includes(name));
  if (!isDashboard) {
    throw new OutputInUse(
      `${output} holds other files. Name a new folder, or one that holds only a dashboard.`,
    );
  }
}
