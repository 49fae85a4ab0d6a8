import type { DeployedRule, Pack, PackRule, Recorder } from '../../facts/pack.ts';
import { cut } from '../../values/text.ts';
import { assertPast } from '../past.ts';

/** What a pack says of itself, and what must be recorded for it. */
export interface Terms {
  /** Ids of the frameworks whose rules must be there; all rules when there is none, or several. */
  readonly frameworks: readonly string[];
  /** Where rules on the account and on IAM must be there; everywhere when empty. */
  readonly homeRegions: readonly string[];
  /** Tiers whose rules must be there; all rules when empty. */
  readonly tiers: readonly string[];
  /** Types that must be recorded; when empty, all that the rules read. */
  readonly requiredTypes: readonly string[];
  /** Whether changes of what the rules judge must be recorded at once, not once a day. */
  readonly requireContinuous: boolean;
}

/** The rules of the pack that should run in the Region: those of one framework, or all (belongsTo of the engine), of its tiers. */
export function expectedRules(
  { rules }: Pack,
  region: string,
  { frameworks, homeRegions, tiers }: Pick<Terms, 'frameworks' | 'homeRegions' | 'tiers'>,
): readonly PackRule[] {
  const isHome = homeRegions.length === 0 || homeRegions.includes(region);
  return rules.filter(
    (rule) =>
      (isHome || !rule.homeRegionOnly) &&
      (tiers.length === 0 || tiers.includes(rule.tier)) &&
      (frameworks.length !== 1 || rule.frameworks.some((each) => frameworks.includes(each))),
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

/** Whether a recorder records a type. */
export const records = ({ only, leftOut }: Recorder, type: string): boolean =>
  (only === null || only.includes(type)) && !leftOut.includes(type);

const isDaily = ({ isDaily: byDefault, exceptions }: Recorder, type: string) =>
  byDefault !== exceptions.includes(type);

const unique = (words: readonly string[]) => [...new Set(words)].sort();

/** The names that the pack gives to the functions, unless its parameters say others. */
export const FUNCTIONS: readonly string[] = ['s3-config-rules-live', 's3-config-rules-recorded'];

/** A rule is EVALUATING while an evaluation that was asked for runs (AWS Config API reference, ConfigRule). */
const ACTIVE: readonly string[] = ['ACTIVE', 'EVALUATING'];

/**
 * The first rule of which no copy is active, or of which one failed when it last ran (then with its error).
 * @throws EvidenceUnavailable where a copy last succeeded later than now, which would hide a failure.
 */
export function faultIn(
  genuine: ReadonlyMap<string, readonly DeployedRule[]>,
  now: string,
): { readonly rule: string; readonly state: string; readonly error: string | null } | undefined {
  for (const [rule, copies] of genuine) {
    const active = copies.filter(({ state }) => ACTIVE.includes(state));
    const [{ state } = { state: '' }] = copies;
    if (active.length === 0) return { rule, state, error: null };
    for (const { name, succeededAt } of active) {
      if (succeededAt !== null)
        assertPast('deployedRules', `a run of ${cut(name, 60)}`, succeededAt, now);
    }
    const failing = active.find(({ error }) => error !== null);
    if (failing) return { rule, state, error: failing.error };
  }
  return undefined;
}

/** A rule of AWS Config in the place of one of ours, and why it is none, fit to follow its name. */
export interface Impostor {
  readonly rule: string;
  readonly name: string;
  readonly because: string;
}

/**
 * Which of the expected rules are deployed: those that are, those that are not there, and what stands in for them. Each
 * account has its own functions (decision 12), so that one of another account may answer as it likes.
 */
export function deploymentOf(
  rules: readonly PackRule[],
  {
    deployedRules,
    account,
  }: { readonly deployedRules: readonly DeployedRule[]; readonly account: string },
  functions: readonly string[],
): {
  readonly genuine: ReadonlyMap<string, readonly DeployedRule[]>;
  readonly missing: readonly string[];
  readonly impostors: readonly Impostor[];
} {
  const faults = deployedRules.map((each) => ({
    ...each,
    because: disguiseOf(each, functions, account),
  }));
  const genuine = new Map(
    rules.map(({ id }) => [
      id,
      faults.filter(({ rule, because }) => rule === id && because === null),
    ]),
  );
  const missing = [...genuine].filter(([, found]) => found.length === 0).map(([id]) => id);
  const impostors = faults.flatMap(({ rule, name, because }) =>
    because !== null && missing.includes(rule) ? [{ rule, name, because }] : [],
  );
  return { genuine, missing, impostors };
}

/** What shows that the rule is not ours, whatever it says that it runs; null when nothing does. */
function disguiseOf(
  { owner, function: invoked, functionAccount, isNarrowed }: DeployedRule,
  functions: readonly string[],
  account: string,
) {
  if (owner !== 'CUSTOM_LAMBDA') return `is of the type ${owner} and invokes no function`;
  if (invoked === null) return 'invokes no function';
  if (!functions.includes(invoked)) return `invokes the function ${cut(invoked, 40)}`;
  if (functionAccount !== account) return `invokes a function in account ${functionAccount}`;
  return isNarrowed ? 'is limited to some resources' : null;
}
