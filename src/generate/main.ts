import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withMap } from './map.ts';
import { facetIndex, registry } from './registries.ts';
import { type Files, type GeneratedFolder, writeIfOther, writeTree } from './tree.ts';

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
  const page = (path: string) => readFile(join(root, path), 'utf8');
  const files = new Map([
    ...derivedFiles(rules),
    ...exampleOrganization(),
    ['docs/architecture.md', withMap(await page('docs/architecture.md'))],
    ['README.md', await readmeOf(await page('README.md'), root)],
  ]);
  return { files, folders: GENERATED_FOLDERS };
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
