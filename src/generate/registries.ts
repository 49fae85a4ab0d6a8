import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kindNames, type SubjectKind } from '../records/kinds.ts';

/**
 * The registry of rules, from the names of their files. It has to be there before the rules can be loaded.
 * @param root the folder of the project.
 */
export async function registry(root: string): Promise<string> {
  const files = (await readdir(join(root, 'rules')))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .sort();
  const names = files.map((file) => file.replace(/\.ts$/, ''));
  return [
    '// Generated from the names of the files by "npm run generate".',
    "import type { Rule } from '../src/engine/rule.ts';",
    ...names.map((name) => `import ${variable(name)} from './${name}.ts';`),
    '',
    'export const rules: readonly Rule[] = [',
    ...names.map((name) => `  ${variable(name)},`),
    '];',
    '',
  ].join('\n');
}

/** The folder of a kind of subject below src/facets: iamPolicy has iam-policy. */
const folderOf = (kind: SubjectKind) =>
  kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The table of facets, from the tree: a facet is a file that exports its own name, in the folder of its kind of subject. */
export async function facetIndex(root: string): Promise<string> {
  const imports: string[] = [];
  const folders = await Promise.all(
    kindNames.map(async (kind) => {
      const folder = folderOf(kind);
      const entries = await facetsIn(join(root, 'src/facets', folder));
      return { kind, folder, entries };
    }),
  );
  const kinds = folders.map(({ kind, folder, entries }) => {
    const rows = entries.map(({ name, file }) => {
      // A name that two kinds share is imported once for each of them.
      const alias = `${kind}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const isTaken = imports.some((line) => line.startsWith(`import { ${name} }`));
      const imported = isTaken ? `${name} as ${alias}` : name;
      imports.push(`import { ${imported} } from './${folder}/${file}';`);
      return isTaken ? `    ${name}: ${alias},` : `    ${name},`;
    });
    return [`  ${kind}: {`, ...rows, '    now,', '  },'].join('\n');
  });
  return [
    '// Generated from the tree by "npm run generate": a facet is a file that exports its own name, in the folder of its kind.',
    "import type { FacetsOf } from '../facts/index.ts';",
    "import type { SubjectKind } from '../records/kinds.ts';",
    ...[
      ...imports,
      "import type { Facet } from './facet.ts';",
      "import { now } from './now.ts';",
    ].sort((one, other) => (fromOf(one) < fromOf(other) ? -1 : 1)),
    '',
    '/** Every facet of each kind of subject; the compiler keeps it complete and of the right type. */',
    'export const facets: {',
    '  readonly [K in SubjectKind]: { readonly [F in keyof FacetsOf[K]]: Facet<FacetsOf[K][F]> };',
    '} = {',
    ...kinds,
    '};',
    '',
  ].join('\n');
}

const fromOf = (line: string) => line.slice(line.indexOf("'")).replace('.ts', '');

async function facetsIn(folder: string): Promise<{ name: string; file: string }[]> {
  const all = await readdir(folder, { recursive: true }).catch(() => []);
  const files = all.filter((file) => file.endsWith('.ts'));
  const found = await Promise.all(
    files.sort().map(async (path) => {
      const file = path.replaceAll('\\', '/');
      const name = variable(file.slice(file.lastIndexOf('/') + 1, -'.ts'.length));
      const text = await readFile(join(folder, file), 'utf8');
      const exports = new RegExp(`^export (const ${name}\\b|\\{ ${name} \\})`, 'm');
      return exports.test(text) ? [{ name, file }] : [];
    }),
  );
  return found.flat();
}

const variable = (name: string) =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
