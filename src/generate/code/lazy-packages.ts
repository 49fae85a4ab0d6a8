import type { Plugin } from 'esbuild';

/**
 * What most commands never use and every start would load, each with what is imported of it. esbuild refuses an import that does not
 * stand here.
 */
const LAZY: Readonly<Record<string, readonly string[]>> = {
  fflate: ['Gzip'],
  fzstd: ['Decompress'],
  'node:dns': ['lookup'],
  'node:http': ['Agent', 'createServer'],
  'node:https': ['Agent'],
  'node:readline': ['createInterface'],
  yaml: ['Document', 'stringify', 'visit'],
};

/** Loads these packages when something of them is first called. Together they take as long as an empty process of Node.js. */
export const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'import-statement' && Object.hasOwn(LAZY, path)
        ? { path, namespace: 'lazy', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ contents: lazyModule(path) }));
  },
};

/** A module whose functions and classes are those of the package. */
function lazyModule(name: string): string {
  const members = (LAZY[name] ?? []).map(
    (member) => `export function ${member}(...args) {
  const real = load(${JSON.stringify(name)}).${member};
  return new.target ? new real(...args) : real(...args);
}`,
  );
  return [
    `import { createRequire } from 'node:module';`,
    'const load = createRequire(import.meta.url);',
    ...members,
  ].join('\n');
}
