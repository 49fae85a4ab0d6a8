import { Option } from 'commander';
import { rules as allRules } from '../../../rules/index.ts';
import { belongsTo } from '../../engine/requirement.ts';
import type { Rule } from '../../engine/rule.ts';
import { isInTier, TIERS, type Tier } from '../../engine/tier.ts';
import { needsOf } from '../../facets/needs.ts';
import { frameworks } from '../../frameworks/index.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import { UsageError } from '../io.ts';

/** The rules that --rules, --framework and --tier leave. @throws UsageError naming what does not exist, or when none is left. */
export function chosenRules(options: {
  readonly rules?: string;
  readonly framework?: string;
  readonly tier?: Tier;
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
      (framework === undefined || belongsTo(rule.requirements, [framework])) &&
      (options.tier === undefined || isInTier(rule, options.tier)),
  );
  if (chosen.length === 0) {
    throw new UsageError('--rules, --framework and --tier together select no rule.');
  }
  return chosen;
}

/** For help: "gdpr or hipaa". */
export const frameworkNames = frameworks.map(({ id }) => id).join(' or ');

export const tierOption = () =>
  new Option('--tier <tier>', 'only the rules of this tier and those below it').choices(TIERS);

/** Whether the rule judges what stands in this Region. Records of IAM belong to no Region, and without home Regions every Region is one. */
export const runsIn = (rule: Rule, region: string, homeRegions: readonly string[]) =>
  !needsOf(rule).homeRegionOnly ||
  homeRegions.length === 0 ||
  region === GLOBAL_REGION ||
  homeRegions.includes(region);

/** Whether the rule needs only the records of AWS Config. */
export const isRecorded = (rule: Rule) => needsOf(rule).fromRecords;
