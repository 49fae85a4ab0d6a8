import { say } from '../../engine/message.ts';
import {
  flag,
  fromPack,
  hours,
  listFrom,
  ownList,
  type ParamsOf,
} from '../../engine/parameters.ts';
import type { AccountFacets } from '../../facts/account.ts';
import type { Timed } from '../../facts/index.ts';
import type { DeliveryChannel, DeployedRule, Pack, PackRule, Recorder } from '../../facts/pack.ts';
import type { Identity } from '../../records/reading.ts';
import type { EntryShape } from '../../settings/entry.ts';
import { list } from '../../values/text.ts';
import { hoursBetween } from '../../values/time.ts';

const frameworkEntry: EntryShape = {
  pattern: '^[a-z0-9-]{1,32}$',
  expected: 'the id of a framework such as gdpr',
};
const resourceTypeEntry: EntryShape = {
  pattern: '^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9:]+$',
  expected: 'a resource type such as AWS::S3::Bucket',
};

export const healthTerms = {
  frameworks: fromPack(
    'frameworks',
    ownList(
      frameworkEntry,
      'Frameworks whose rules must be there, as the pack says; all rules when empty.',
    ),
  ),
  homeRegions: fromPack(
    'homeRegion',
    listFrom(
      'organization.homeRegions',
      'Where rules on the account and on IAM must be there, as the pack says; everywhere when empty.',
    ),
  ),
  requiredTypes: ownList(
    resourceTypeEntry,
    'Types that must be recorded; when empty, all that the rules read.',
  ),
  requireContinuous: flag(
    true,
    'Whether changes of what the rules judge must be recorded at once, not once a day.',
  ),
  maximumStaleHours: hours(36, 'How old the last delivery of history or of a snapshot may be.'),
} as const;

/** Does AWS Config record, deliver and run in the Region all that the rules of the pack need? */
export function judgeHealth(
  account: Identity &
    Pick<AccountFacets, 'pack' | 'recorder' | 'deliveryChannel' | 'deployedRules'> &
    Timed,
  params: Terms,
) {
  const { region, recorder, deliveryChannel: channel, now } = account;
  const rules = expectedRules(account.pack, region, params);
  if (recorder === null) return say('noRecorder', { region });
  const gap = judgeRecorder(recorder, rules, params);
  if (gap) return gap;
  if (channel === null) return say('noChannel', { region });
  const broken =
    judgeDelivery(channel, params.maximumStaleHours, now) ??
    judgeRules(rules, account.deployedRules);
  if (broken) return broken;
  return say('healthy', { recorder: recorder.name, channel: channel.name, count: rules.length });
}

/** What {@link healthTerms} become when a rule is asked. */
export type Terms = ParamsOf<typeof healthTerms>;

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

/**
 * What keeps the recorder from recording what the rules read; null when nothing does. Types are needed only where a rule
 * reads them, so those of IAM in the home Region alone; and they must be recorded continuously where a change of them is judged.
 */
function judgeRecorder(recorder: Recorder, rules: readonly PackRule[], params: Terms) {
  const { name, isRecording, status, error } = recorder;
  if (!isRecording) return say('stopped', { recorder: name });
  if (status !== 'SUCCESS') {
    const reason = error === null ? '' : ` (${error})`;
    return say('recorderFailing', { recorder: name, status, reason });
  }
  const { missing, late } = gapsOf(recorder, rules, params);
  if (missing.length > 0) return say('notRecorded', { recorder: name, types: few(missing) });
  if (late.length > 0) return say('recordedDaily', { recorder: name, types: few(late) });
  return null;
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

/** What is wrong with the delivery of history and snapshots; null when they arrive. */
function judgeDelivery(
  { name: channel, failures, deliveredAt }: DeliveryChannel,
  maximumStaleHours: number,
  now: string,
) {
  const [failure] = failures;
  if (failure) return say('deliveryFailing', { channel, ...failure });
  if (deliveredAt === null) return say('neverDelivered', { channel });
  if (hoursBetween(deliveredAt, now) <= maximumStaleHours) return null;
  return say('stale', { channel, at: deliveredAt, maximumStaleHours });
}

/** What is wrong with the rules that should be there; null when all are active and run. */
function judgeRules(expected: readonly PackRule[], deployed: readonly DeployedRule[]) {
  const of = (id: string) => deployed.filter(({ rule }) => rule === id);
  const missing = expected.filter(({ id }) => of(id).length === 0).map(({ id }) => id);
  if (missing.length > 0) {
    const [count, rules] = [missing.length, expected.length];
    return say('rulesMissing', { count, rules, missing: few(missing) });
  }
  for (const { id } of expected) {
    const active = of(id).filter(({ state }) => ACTIVE.includes(state));
    const [idle] = active.length > 0 ? [] : of(id);
    if (idle) return say('ruleNotActive', { rule: id, state: idle.state });
    const error = active.find((each) => each.error !== null)?.error ?? null;
    if (error !== null) return say('ruleFailing', { rule: id, error });
  }
  return null;
}

/** A rule is EVALUATING for the moment after somebody asked for it (AWS Config API reference, ConfigRule). */
const ACTIVE: readonly string[] = ['ACTIVE', 'EVALUATING'];

const unique = (words: readonly string[]) => [...new Set(words)].sort();

/** Three names, and how many more there are. */
const few = (words: readonly string[]) =>
  words.length <= 3 ? list(words) : list([...words.slice(0, 3), `${words.length - 3} more`]);
