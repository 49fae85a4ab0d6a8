import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { derivedFiles, GENERATED_FOLDERS, registry } from './derived-files.ts';

/** Writes every generated file that differs, and removes those that nothing generates any more. */
const root = new URL('../../', import.meta.url);

async function write(path: string, text: string): Promise<void> {
  const file = new URL(path, root);
  const current = await readFile(file, 'utf8').catch(() => undefined);
  if (current === text) return;
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
  process.stderr.write(`wrote ${path}\n`);
}

await write('rules/index.ts', await registry(root));

// Only now can the rules be loaded: the registry that was just written names them.
const { rules } = await import('../../rules/index.ts');
const files = derivedFiles(rules);
for (const [path, text] of files) await write(path, text);
for (const { folder, ending } of GENERATED_FOLDERS) {
  for (const name of await readdir(new URL(folder, root))) {
    const path = `${folder}/${name}`;
    if (!name.endsWith(ending) || files.has(path)) continue;
    await rm(new URL(path, root));
    process.stderr.write(`removed ${path}\n`);
  }
}

const { writeExample } = await import('../../examples/make/organization.ts');
await writeExample(root);

// The README shows what the program says of the example, so it comes last.
const { readmeOf } = await import('../generate/readme.ts');
const readme = await readFile(new URL('README.md', root), 'utf8');
await write('README.md', await readmeOf(readme, root.pathname));
