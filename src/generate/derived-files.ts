import { readdir, readFile } from 'node:fs/promises';
import { managedRules } from '../../conformance-pack/managed-rules.ts';
import { packs } from '../../conformance-pack/packs.ts';
import type { Rule } from '../engine/rule.ts';
import { ruleFacts } from '../facets/needs.ts';
import { frameworks } from '../frameworks/index.ts';
import { costPage } from '../pages/cost-page.ts';
import { coveragePage } from '../pages/coverage-page.ts';
import { examplesOf } from '../pages/policy-examples.ts';
import { requirementPage } from '../pages/requirement-page.ts';
import { rulePage } from '../pages/rule-page.ts';
import type { SubjectKind } from '../records/kinds.ts';
import { automationRuleFiles } from '../security-hub/automation-rules.ts';
import { settingsSchemaOf } from '../settings-file/settings-schema.ts';
import { packTemplate } from './conformance-pack.ts';

/** Folders in which every file of the ending given is generated, so that one nobody generates is left over. */
export const GENERATED_FOLDERS: readonly { readonly folder: string; readonly ending: string }[] = [
  { folder: 'conformance-pack', ending: '.yaml' },
  { folder: 'docs/automation-rules', ending: '.json' },
  { folder: 'docs/rules', ending: '.md' },
  { folder: 'docs/requirements', ending: '.md' },
];

/** The registry of rules, from the names of their files. It has to be there before the rules can be loaded. */
export async function registry(root: URL): Promise<string> {
  const files = (await readdir(new URL('rules/', root)))
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

/** The folder of each kind of subject below src/facets. */
const FACET_FOLDERS: Readonly<Record<SubjectKind, string>> = {
  account: 'account',
  accessPoint: 'access-point',
  bucket: 'bucket',
  iamPolicy: 'iam-policy',
  iamUser: 'iam-user',
};

/** The table of facets, from the tree: a facet is a file that exports its own name, in the folder of its kind of subject. */
export async function facetIndex(root: URL): Promise<string> {
  const imports: string[] = [];
  const folders = await Promise.all(
    Object.entries(FACET_FOLDERS).map(async ([kind, folder]) => {
      const entries = await facetsIn(new URL(`src/facets/${folder}/`, root));
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

async function facetsIn(folder: URL): Promise<{ name: string; file: string }[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const found = await Promise.all(
    files.sort().map(async (path) => {
      const file = path.replaceAll('\\', '/');
      const name = variable(file.slice(file.lastIndexOf('/') + 1, -'.ts'.length));
      const text = await readFile(new URL(file, folder), 'utf8');
      const exports = new RegExp(`^export (const ${name}\\b|\\{ ${name} \\})`, 'm');
      return exports.test(text) ? [{ name, file }] : [];
    }),
  );
  return found.flat();
}

const variable = (name: string) =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Every file that is generated from the rules, by its path from the root: pure, the same rules give the same bytes. */
export function derivedFiles(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const pack of packs)
    files.set(`conformance-pack/${pack.name}.yaml`, packTemplate(pack, rules));
  for (const rule of rules) {
    const page = rulePage(rule, ruleFacts(rule), examplesOf(rule));
    files.set(`docs/rules/${rule.id}.md`, page);
  }
  files.set('docs/rules/README.md', ruleIndex(rules));
  files.set('docs/coverage.md', coveragePage(rules, managedRules));
  files.set('docs/cost.md', costPage(rules));
  for (const framework of frameworks) {
    files.set(`docs/requirements/${framework.id}.md`, requirementPage(framework, rules));
  }
  for (const [name, text] of automationRuleFiles(rules)) {
    files.set(`docs/automation-rules/${name}`, text);
  }
  files.set(
    'examples/settings.schema.json',
    `${JSON.stringify(settingsSchemaOf(rules), null, 2)}\n`,
  );
  return files;
}

function ruleIndex(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`,
  );
  return [
    '# Rules',
    '',
    '<!-- Generated from rules/ by "npm run generate". -->',
    '',
    '| rule | what is true where it passes | severity |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
