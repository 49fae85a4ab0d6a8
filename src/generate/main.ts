import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withMap } from './map.ts';
import { facetIndex, registry } from './registries.ts';
import { type Files, type GeneratedFolder, writeFileIn, writeIfOther, writeTree } from './tree.ts';

/** npm run generate. What cannot be loaded or rendered stops it, and leaves the tree as it was. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const { files, folders } = await withRegistries(generated);
await writeTree(root, files, folders);

/** Everything that is generated except the registries. */
async function generated(): Promise<{ files: Files; folders: readonly GeneratedFolder[] }> {
  // Only now can the rules be loaded, and all that loads them: the registries that were just written name them.
  const { derivedFiles, GENERATED_FOLDERS } = await import('./derived-files.ts');
  const { rules } = await import('../../rules/index.ts');
  const { exampleOrganization } = await import('../../examples/make/organization.ts');
  const { readmeOf } = await import('./readme.ts');
  const { ruleCodeFile } = await import('./code/rule-code.ts');
  const page = (path: string) => readFile(join(root, path), 'utf8');
  const organization = exampleOrganization();
  const readme = await page('README.md');
  const files = new Map([
    ...derivedFiles(rules),
    ...organization,
    ['src/release/rule-code.ts', await ruleCodeFile(rules, page)],
    ['docs/architecture.md', withMap(await page('docs/architecture.md'))],
    ['README.md', await withExamples(organization, (folder) => readmeOf(readme, folder))],
  ]);
  return { files, folders: GENERATED_FOLDERS };
}

/** Reads the examples as they will be, from a folder of their own: those in the tree may be of before. */
async function withExamples<T>(examples: Files, read: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(await mkdtemp(join(tmpdir(), 's3-config-rules-')), '/');
  try {
    for (const [path, text] of examples) await writeFileIn(folder, path, text);
    for (const path of ['package.json', 'examples/settings.yaml']) {
      await copyFile(join(root, path), join(folder, path));
    }
    return await read(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Does the work with the registries that the tree now asks for; when it fails, they are again what they were. */
async function withRegistries<T>(work: () => Promise<T>): Promise<T> {
  const registries = {
    'rules/index.ts': await registry(root),
    'src/facets/index.ts': await facetIndex(root),
  };
  const before = new Map<string, string>();
  for (const [path, text] of Object.entries(registries)) {
    before.set(path, await readFile(join(root, path), 'utf8'));
    await writeIfOther(root, path, text);
  }
  try {
    return await work();
  } catch (error) {
    for (const [path, text] of before) await writeFile(join(root, path), text);
    process.stderr.write('Nothing was generated, because this failed:\n');
    throw error;
  }
}
