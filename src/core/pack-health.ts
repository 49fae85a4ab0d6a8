import type { DeliveryChannel, DeployedRule, Pack, PackRule, Recorder } from './pack.ts';
import type { EntryShape } from './parameters.ts';
import { list } from './text.ts';
import { hoursBetween } from './time.ts';

export const regionEntry: EntryShape = {
  pattern: '^[a-z]{2,5}-[a-z-]{2,30}-[0-9]{1,2}$',
  expected: 'a Region such as eu-central-1',
};
export const frameworkEntry: EntryShape = {
  pattern: '^[a-z0-9-]{1,32}$',
  expected: 'the id of a framework such as gdpr',
};
export const resourceTypeEntry: EntryShape = {
  pattern: '^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9:]+$',
  expected: 'a resource type such as AWS::S3::Bucket',
};

interface Place {
  /** Ids of the frameworks that the pack is for; all when empty. */
  readonly frameworks: readonly string[];
  readonly region: string;
  /** Where rules on the account and on IAM run; in every Region when empty. */
  readonly homeRegions: readonly string[];
}

/** The rules of the pack that should run in the Region. */
export function expectedRules(
  { rules }: Pack,
  { frameworks, region, homeRegions }: Place,
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
 * @param required types to be recorded instead of those that the rules read.
 */
export function recorderTrouble(
  recorder: Recorder,
  rules: readonly PackRule[],
  required: readonly string[],
  requireContinuous: boolean,
) {
  const { name, isRecording, status, error } = recorder;
  if (!isRecording) return { messageId: 'stopped', recorder: name } as const;
  if (status !== 'SUCCESS') {
    const reason = error === null ? '' : ` (${error})`;
    return { messageId: 'recorderFailing', recorder: name, status, reason } as const;
  }
  const judged = rules.flatMap(({ judges }) => judges);
  const read = unique([...judged, ...rules.flatMap(({ consults }) => consults)]);
  const missing = (required.length > 0 ? required : read).filter(
    (type) => !records(recorder, type),
  );
  if (missing.length > 0) {
    return { messageId: 'notRecorded', recorder: name, types: few(missing) } as const;
  }
  const late = unique(judged).filter((type) => isDaily(recorder, type));
  if (requireContinuous && late.length > 0) {
    return { messageId: 'recordedDaily', recorder: name, types: few(late) } as const;
  }
  return null;
}

const records = ({ only, leftOut }: Recorder, type: string) =>
  (only === null || only.includes(type)) && !leftOut.includes(type);

const isDaily = ({ isDaily: byDefault, exceptions }: Recorder, type: string) =>
  byDefault !== exceptions.includes(type);

/** What is wrong with the delivery of history and snapshots; null when they arrive. */
export function deliveryTrouble(
  { name: channel, failures, deliveredAt }: DeliveryChannel,
  maxStaleHours: number,
  now: string,
) {
  const [failure] = failures;
  if (failure) return { messageId: 'deliveryFailing', channel, ...failure } as const;
  if (deliveredAt === null) return { messageId: 'neverDelivered', channel } as const;
  if (hoursBetween(deliveredAt, now) <= maxStaleHours) return null;
  return { messageId: 'stale', channel, at: deliveredAt, maxStaleHours } as const;
}

/** What is wrong with the rules that should be there; null when all are active and run. */
export function ruleTrouble(expected: readonly PackRule[], deployed: readonly DeployedRule[]) {
  const of = (id: string) => deployed.filter(({ rule }) => rule === id);
  const missing = expected.filter(({ id }) => of(id).length === 0).map(({ id }) => id);
  if (missing.length > 0) {
    const [count, rules] = [missing.length, expected.length];
    return { messageId: 'rulesMissing', count, rules, missing: few(missing) } as const;
  }
  for (const { id } of expected) {
    const active = of(id).filter(({ state }) => ACTIVE.includes(state));
    const [idle] = active.length > 0 ? [] : of(id);
    if (idle) return { messageId: 'ruleNotActive', rule: id, state: idle.state } as const;
    const error = active.find((each) => each.error !== null)?.error ?? null;
    if (error !== null) return { messageId: 'ruleFailing', rule: id, error } as const;
  }
  return null;
}

/** A rule is EVALUATING for the moment after somebody asked for it (AWS Config API reference, ConfigRule). */
const ACTIVE: readonly string[] = ['ACTIVE', 'EVALUATING'];

const unique = (words: readonly string[]) => [...new Set(words)].sort();

/** Three names, and how many more there are. */
const few = (words: readonly string[]) =>
  words.length <= 3 ? list(words) : list([...words.slice(0, 3), `${words.length - 3} more`]);
