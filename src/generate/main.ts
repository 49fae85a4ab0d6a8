import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { derivedFiles, GENERATED_FOLDERS } from './derived-files.ts';
import { withMap } from './map.ts';
import { facetIndex, registry } from './registries.ts';
import { type Files, writeIfOther, writeTree } from './tree.ts';

/** npm run generate. What cannot be loaded or rendered stops it, and leaves the tree as it was. */
const root = fileURLToPath(new URL('../../', import.meta.url));
await writeTree(root, await withRegistries(allFiles), GENERATED_FOLDERS);

/** Everything that is generated but the registries. */
async function allFiles(): Promise<Files> {
  // Only now can the rules be loaded: the registry that was just written names them.
  const { rules } = await import('../../rules/index.ts');
  const { exampleOrganization } = await import('../../examples/make/organization.ts');
  const { readmeOf } = await import('./readme.ts');
  const page = (path: string) => readFile(join(root, path), 'utf8');
  return new Map([
    ...derivedFiles(rules),
    ...exampleOrganization(),
    ['docs/architecture.md', withMap(await page('docs/architecture.md'))],
    ['README.md', await readmeOf(await page('README.md'), root)],
  ]);
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
