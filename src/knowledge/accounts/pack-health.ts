import type { Pack, PackRule, Recorder } from '../../facts/pack.ts';

/** What a pack says of itself, and what must be recorded for it. */
export interface Terms {
  /** Ids of the frameworks whose rules must be there; all rules when empty. */
  readonly frameworks: readonly string[];
  /** Where rules on the account and on IAM must be there; everywhere when empty. */
  readonly homeRegions: readonly string[];
  /** Types that must be recorded; when empty, all that the rules read. */
  readonly requiredTypes: readonly string[];
  /** Whether changes of what the rules judge must be recorded at once, not once a day. */
  readonly requireContinuous: boolean;
}

/** The rules of the pack that should run in the Region. */
export function expectedRules(
  { rules }: Pack,
  region: string,
  { frameworks, homeRegions }: Pick<Terms, 'frameworks' | 'homeRegions'>,
): readonly PackRule[] {
  const isHome = homeRegions.length === 0 || homeRegions.includes(region);
  return rules.filter(
    (rule) =>
      (isHome || !rule.homeRegionOnly) &&
      (frameworks.length === 0 || rule.frameworks.some((each) => frameworks.includes(each))),
  );
}

/** Types that the rules of the pack need in the Region: those that are not recorded, and those that are recorded too late. */
export function recordingGaps(
  { pack, recorder, region }: { pack: Pack; recorder: Recorder; region: string },
  params: Terms,
): { readonly missing: readonly string[]; readonly late: readonly string[] } {
  return gapsOf(recorder, expectedRules(pack, region, params), params);
}

function gapsOf(
  recorder: Recorder,
  rules: readonly PackRule[],
  { requiredTypes: required, requireContinuous }: Terms,
) {
  const needed = required.length > 0 ? required : unique(rules.flatMap(({ needs }) => needs));
  const judged = unique(rules.flatMap(({ judges }) => judges));
  return {
    missing: needed.filter((type) => !records(recorder, type)),
    late: requireContinuous ? judged.filter((type) => isDaily(recorder, type)) : [],
  };
}

const records = ({ only, leftOut }: Recorder, type: string) =>
  (only === null || only.includes(type)) && !leftOut.includes(type);

const isDaily = ({ isDaily: byDefault, exceptions }: Recorder, type: string) =>
  byDefault !== exceptions.includes(type);

const unique = (words: readonly string[]) => [...new Set(words)].sort();
