import { managedRules } from '../../conformance-pack/managed-rules.ts';
import { packs, tierPacks } from '../../conformance-pack/packs.ts';
import type { Rule } from '../engine/rule.ts';
import { ruleFacts } from '../facets/needs.ts';
import { frameworks } from '../frameworks/index.ts';
import { costPage } from '../pages/cost-page.ts';
import { coveragePage } from '../pages/coverage-page.ts';
import { examplesOf } from '../pages/policy-examples.ts';
import { requirementPage } from '../pages/requirement-page.ts';
import { rulePage } from '../pages/rule-page.ts';
import { schemaFiles } from '../results/schema/files.ts';
import { automationRuleFiles } from '../security-hub/automation-rules.ts';
import { settingsSchemaOf } from '../settings-file/settings-schema.ts';
import { commandLinePage } from './command-line.ts';
import { packTemplate } from './conformance-pack.ts';
import { lintConfiguration } from './lint-configuration.ts';
import type { GeneratedFolder } from './tree.ts';

/** Folders in which every file of the ending given is generated, so that one nobody generates is left over. */
export const GENERATED_FOLDERS: readonly GeneratedFolder[] = [
  { folder: 'examples/organization', ending: '' },
  { folder: 'conformance-pack', ending: '.yaml' },
  { folder: 'docs/automation-rules', ending: '.json' },
  { folder: 'docs/data-set', ending: '.json' },
  { folder: 'docs/rules', ending: '.md' },
  { folder: 'docs/requirements', ending: '.md' },
];

/** Every file that is generated from the rules, by its path from the root: pure, the same rules give the same bytes. */
export function derivedFiles(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const pack of [...packs, ...tierPacks])
    files.set(`conformance-pack/${pack.name}.yaml`, packTemplate(pack, rules));
  for (const rule of rules) {
    const page = rulePage(rule, ruleFacts(rule), examplesOf(rule));
    files.set(`docs/rules/${rule.id}.md`, page);
  }
  files.set('docs/rules/README.md', ruleIndex(rules));
  files.set('docs/coverage.md', coveragePage(rules, managedRules));
  files.set('docs/cost.md', costPage(rules));
  files.set('docs/command-line.md', commandLinePage());
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
  for (const [path, text] of schemaFiles()) files.set(path, text);
  files.set('biome.json', lintConfiguration());
  return files;
}

function ruleIndex(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, title, severity, tier = 'strict' }) =>
      `| [${id}](${id}.md) | ${title} | ${severity} | ${tier} |`,
  );
  return [
    '# Rules',
    '',
    '<!-- Generated from rules/ by "npm run generate". -->',
    '',
    '| rule | what is true where it passes | severity | tier |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
