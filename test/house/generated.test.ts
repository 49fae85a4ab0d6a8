import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { derivedFiles, GENERATED_FOLDERS } from '../../src/generate/derived-files.ts';
import { withMap } from '../../src/generate/map.ts';
import { facetIndex, registry } from '../../src/generate/registries.ts';
import { exists, list, read, root } from './tree.ts';

const STALE = 'Run "npm run generate" and commit the result.';

describe('generated files', () => {
  const files = [...derivedFiles(rules)];

  it.each(files)('%s is up to date', (path, text) => {
    const current = exists(path) ? read(path) : '';
    expect(current === text, `Out of date: ${path}. ${STALE}`).toBe(true);
  });

  it.each([
    ['rules/index.ts', registry],
    ['src/facets/index.ts', facetIndex],
  ] as const)('%s is up to date', async (path, generate) => {
    expect(read(path) === (await generate(root)), STALE).toBe(true);
  });

  it('the map of the code is up to date', () => {
    const page = read('docs/architecture.md');
    expect(page === withMap(page), STALE).toBe(true);
  });

  const flat = GENERATED_FOLDERS.filter(({ ending }) => ending !== '');
  it.each(flat)('nothing is left over in $folder', ({ folder, ending }) => {
    const generated = files.map(([path]) => path);
    const present = list(folder, ending).map((name) => `${folder}/${name}`);
    expect(present.length).toBeGreaterThan(0);
    expect(present.filter((path) => !generated.includes(path))).toEqual([]);
  });
});
