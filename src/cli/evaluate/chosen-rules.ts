import { rules as allRules } from '../../../rules/index.ts';
import { belongsTo } from '../../engine/requirement.ts';
import type { Rule } from '../../engine/rule.ts';
import { frameworks } from '../../frameworks/index.ts';
import { UsageError } from '../io.ts';

export { isRecorded, runsIn } from '../../assessment/runs-in.ts';

/** The rules that --rules and --framework leave. @throws UsageError naming what does not exist, or when none is left. */
export function chosenRules(options: {
  readonly rules?: string;
  readonly framework?: string;
}): readonly Rule[] {
  const ids = options.rules?.split(',').map((id) => id.trim());
  const unknown = ids?.find((id) => !allRules.some((rule) => rule.id === id));
  if (unknown !== undefined) {
    const known = allRules.map(({ id }) => id).join(', ');
    throw new UsageError(`--rules: there is no rule ${unknown || '""'}; the rules are ${known}.`);
  }
  const framework = frameworks.find(({ id }) => id === options.framework)?.id;
  if (options.framework !== undefined && framework === undefined) {
    const known = frameworks.map(({ id }) => id).join(', ');
    throw new UsageError(
      `--framework: there is no framework ${options.framework}; there are ${known}.`,
    );
  }
  const chosen = allRules.filter(
    (rule) =>
      (ids === undefined || ids.includes(rule.id)) &&
      (framework === undefined || belongsTo(rule.requirements, [framework])),
  );
  if (chosen.length === 0) throw new UsageError('--rules and --framework together select no rule.');
  return chosen;
}

/** For help: "gdpr or hipaa". */
export const frameworkNames = frameworks.map(({ id }) => id).join(' or ');
