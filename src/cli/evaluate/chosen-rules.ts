import { rules as allRules } from '../../../rules/index.ts';
import { belongsTo } from '../../engine/requirement.ts';
import type { Rule } from '../../engine/rule.ts';
import { isInTier, TIERS } from '../../engine/tier.ts';
import { SEVERITIES } from '../../formats/summary.ts';
import { frameworks } from '../../frameworks/index.ts';
import { matches } from '../../policy/language/glob.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { printable } from '../../values/text.ts';
import { UsageError } from '../io.ts';

export { isRecorded, runsIn } from '../../assessment/runs-in.ts';

/** The options that choose rules. */
export interface RuleChoice {
  readonly rules?: string;
  readonly skipRules?: string;
  readonly framework?: string;
  readonly severity?: string;
  readonly tier?: string;
}

/** The rules that the options leave. @throws UsageError naming what does not exist, or when none is left. */
export function chosenRules(options: RuleChoice): readonly Rule[] {
  const ids = options.rules === undefined ? null : idsIn(wordsIn(options.rules), '--rules');
  const skipped = idsIn(wordsIn(options.skipRules ?? ''), '--skip-rules');
  const severities = oneOf(options.severity, 'severity', SEVERITIES);
  const tier = oneOf(options.tier, 'tier', TIERS)?.[0];
  const framework = oneOf(options.framework, 'framework', frameworkIds)?.[0];
  const chosen = allRules.filter(
    (rule) =>
      ids?.includes(rule.id) !== false &&
      !skipped.includes(rule.id) &&
      severities?.includes(rule.severity) !== false &&
      (tier === undefined || isInTier(rule, tier)) &&
      (framework === undefined || belongsTo(rule.requirements, [framework])),
  );
  if (chosen.length === 0) {
    const given = ['--rules', '--skip-rules', '--framework', '--severity', '--tier'];
    throw new UsageError(
      `${given.slice(0, -1).join(', ')} and ${given.at(-1)} together select no rule.`,
    );
  }
  return chosen;
}

const frameworkIds = frameworks.map(({ id }) => id);

/** For help: "gdpr or hipaa". */
export const frameworkNames = frameworkIds.join(' or ');

/** The words between commas. */
export const wordsIn = (text: string): readonly string[] =>
  text.split(',').flatMap((word) => word.trim() || []);

/** Options that are given more than once add up. */
export const gathered = (value: string, before: string | undefined) =>
  before === undefined ? value : `${before},${value}`;

/**
 * The ids of rules that patterns with * and ? stand for, each at least one.
 * @param names what else may be meant by a word. @throws UsageError
 */
export function idsIn(
  patterns: readonly string[],
  option: string,
  names: readonly string[] = allRules.map(({ id }) => id),
): readonly string[] {
  return patterns.flatMap((pattern) => {
    const found = allRules.filter(({ id }) => matches(pattern, id));
    if (found.length > 0) return found.map(({ id }) => id);
    throw new UsageError(
      `${option}: there is no rule ${printable(pattern)}.${didYouMean(pattern, names)} "rules list" names them all.`,
    );
  });
}

function oneOf<const T extends string>(
  given: string | undefined,
  noun: string,
  known: readonly T[],
): readonly T[] | undefined {
  if (given === undefined) return undefined;
  return wordsIn(given).map((word) => {
    const found = known.find((each) => each === word.toLowerCase());
    if (found !== undefined) return found;
    const all = `there is no ${noun} ${printable(word)}; there are ${known.join(', ')}.`;
    throw new UsageError(`--${noun}: ${all}${didYouMean(word, known)}`);
  });
}
