import { readdir } from 'node:fs/promises';
import { packs } from '../../conformance-pack/packs.ts';
import type { Rule } from '../core/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { rulePage } from '../formats/rule-page.ts';
import { RESOURCE_TYPE } from '../sources/subject.ts';
import { packTemplate } from './conformance-pack.ts';
import { examplesOf } from './examples.ts';

/** Folders in which every file of the ending given is generated, so that one nobody generates is left over. */
export const GENERATED_FOLDERS: readonly { readonly folder: string; readonly ending: string }[] = [
  { folder: 'conformance-pack', ending: '.yaml' },
  { folder: 'docs/rules', ending: '.md' },
];

/** The registry of rules, from the names of their files. It has to be there before the rules can be loaded. */
export async function registry(root: URL): Promise<string> {
  const files = (await readdir(new URL('rules/', root)))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .sort();
  const names = files.map((file) => file.replace(/\.ts$/, ''));
  const variable = (name: string) =>
    name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Generated from the names of the files by "npm run generate".',
    "import type { Rule } from '../src/core/rule.ts';",
    ...names.map((name) => `import ${variable(name)} from './${name}.ts';`),
    '',
    'export const rules: readonly Rule[] = [',
    ...names.map((name) => `  ${variable(name)},`),
    '];',
    '',
  ].join('\n');
}

/** Every file that is generated from the rules, by its path from the root: pure, the same rules give the same bytes. */
export function derivedFiles(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const pack of packs)
    files.set(`conformance-pack/${pack.name}.yaml`, packTemplate(pack, rules));
  for (const rule of rules) files.set(`docs/rules/${rule.id}.md`, rulePage(rule, factsOf(rule)));
  files.set('docs/rules/README.md', ruleIndex(rules));
  return files;
}

function factsOf(rule: Rule) {
  const { daily, permissions, function: name } = needsOf(rule.reads);
  const change = `Judged by the ${name} function when AWS Config records a change of ${RESOURCE_TYPE[rule.subject]}`;
  const { examples, given } = examplesOf(rule);
  const triggers = daily ? `${change}, and once a day.` : `${change}.`;
  return { triggers, permissions, examples, given };
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
