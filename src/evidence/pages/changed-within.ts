import type { RuleRun, RunRow } from '../../results/index.ts';
import { list } from '../../values/text.ts';

/**
 * What was not the same in all runs that a bundle is made from, in words: other code or a relaxed parameter lets something pass that
 * nobody fixed.
 */
export function changedWithin(runs: readonly { readonly run: RunRow }[]): string {
  const distinct = (of: (run: RunRow) => string) => [...new Set(runs.map(({ run }) => of(run)))];
  const versions = distinct(
    ({ tool: { version, commit } }) => `${version} (${commit.slice(0, 12)})`,
  );
  const settings = distinct(({ settingsHash }) => settingsHash).length;
  const code = rulesThatDiffer(runs, ({ codeHash }) => codeHash);
  const parameters = rulesThatDiffer(runs, ({ parametersHash }) => parametersHash);
  const changes = [
    ...(versions.length > 1 ? [`the release: ${versions.join(', then ')}`] : []),
    ...(code.length > 0 ? [`the code of ${list(code)}`] : []),
    ...(settings > 1 ? [`the settings: there are ${settings} in settings/`] : []),
    ...(parameters.length > 0 ? [`parameters of ${list(parameters)}`] : []),
  ];
  return changes.length === 0
    ? 'Neither the rules nor the settings'
    : `${changes.join('; ')}. In which run, parameters.csv says.`;
}

function rulesThatDiffer(
  runs: readonly { readonly run: RunRow }[],
  of: (rule: RuleRun) => string,
): readonly string[] {
  const first = new Map<string, string>();
  const differing = new Set<string>();
  for (const { run } of runs) {
    for (const rule of run.rules) {
      const before = first.get(rule.rule) ?? of(rule);
      first.set(rule.rule, before);
      if (before !== of(rule)) differing.add(rule.rule);
    }
  }
  return [...differing].sort();
}
