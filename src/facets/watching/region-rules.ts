import type { EventRule } from '../../facts/receiver.ts';
import { array, type Json, object, optionalText, text } from '../../values/json.ts';
import { partitionOf } from '../../values/region.ts';
import { type Ask, orNull } from '../asked.ts';
import { type AskTopic, receiversOf } from './receivers.ts';

export type AskRules = Ask<'ListRules' | 'ListTargetsByRule'> & AskTopic;

/** The rules on the default bus of a Region that are not disabled and have a pattern, with what they hand events to. */
export async function rulesIn(
  region: string,
  ask: AskRules,
  account: string,
): Promise<readonly EventRule[]> {
  const { Rules } = await ask('ListRules', {}, region);
  const rules = array(Rules, 'Rules').map((rule) =>
    ruleOf(object(rule, 'Rules[]'), region, ask, account),
  );
  return (await Promise.all(rules)).filter((rule) => rule !== null);
}

/** null for a rule that is disabled, or runs only on a schedule (EventBridge API reference, Rule). */
async function ruleOf(
  rule: Json,
  region: string,
  ask: AskRules,
  account: string,
): Promise<EventRule | null> {
  const state = text(rule['State'], 'State');
  const pattern = optionalText(rule['EventPattern'], 'EventPattern');
  if (!state.startsWith('ENABLED') || pattern === null) return null;
  const name = text(rule['Name'], 'Name');
  const answer = await orNull(
    ask('ListTargetsByRule', { Rule: name }, region),
    'ResourceNotFoundException',
  );
  const targets = array(answer?.Targets, 'Targets').map(
    (target) => object(target, 'Targets[]')['Arn'],
  );
  return {
    name,
    arn: optionalText(rule['Arn'], 'Arn') ?? arnOf(name, region, account),
    pattern,
    seesReads: state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    targets: await receiversOf(ask, targets, account, 'Targets'),
  };
}

const arnOf = (name: string, region: string, account: string) =>
  `arn:${partitionOf(region)}:events:${region}:${account}:rule/${name}`;
