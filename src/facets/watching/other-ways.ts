import type { CompositeAlarm, OtherWays } from '../../facts/alarm.ts';
import type { Reading } from '../../records/reading.ts';
import { NotCaptured } from '../../services/services.ts';
import { answeredFlag, array, type Json, object, optionalText, text } from '../../values/json.ts';
import { partitionOf } from '../../values/region.ts';
import { type Ask, readingFrom } from '../asked.ts';
import { receiversOf } from './receivers.ts';
import { type AskRules, rulesIn } from './region-rules.ts';

export type AskAlarms = Ask<'DescribeAlarms'> & AskRules;

/**
 * The composite alarms and the rules of EventBridge of a Region. They are other ways to comply, so what was not captured of
 * them counts as not there; what is refused is missing evidence.
 */
export function otherWaysIn(
  region: string,
  described: readonly unknown[],
  ask: AskAlarms,
  account: string,
): Promise<Reading<OtherWays>> {
  return readingFrom(async () => ({
    composites: await compositesIn(region, described, ask, account),
    rules: (await ifCaptured(rulesIn(region, ask, account))) ?? [],
  }));
}

async function compositesIn(
  region: string,
  described: readonly unknown[],
  ask: AskAlarms,
  account: string,
): Promise<readonly CompositeAlarm[]> {
  // Without AlarmTypes the service leaves composite alarms out, but an answer that was put together may have them.
  const question = { AlarmTypes: ['CompositeAlarm' as const] };
  const listed =
    described.length > 0
      ? described
      : array(
          (await ifCaptured(ask('DescribeAlarms', question, region)))?.CompositeAlarms,
          'CompositeAlarms',
        );
  return Promise.all(
    listed.map((each) => compositeOf(object(each, 'CompositeAlarms[]'), region, ask, account)),
  );
}

async function compositeOf(
  alarm: Json,
  region: string,
  ask: AskAlarms,
  account: string,
): Promise<CompositeAlarm> {
  const name = text(alarm['AlarmName'], 'AlarmName');
  return {
    name,
    arn: arnOfAlarm(alarm, name, region, account),
    rule: text(alarm['AlarmRule'], 'AlarmRule'),
    actionsEnabled: answeredFlag(alarm['ActionsEnabled'], 'ActionsEnabled'),
    isSuppressible: optionalText(alarm['ActionsSuppressor'], 'ActionsSuppressor') !== null,
    receivers: await receiversOf(ask, alarm['AlarmActions'], account, 'AlarmActions'),
  };
}

export const arnOfAlarm = (alarm: Json, name: string, region: string, account: string) =>
  optionalText(alarm['AlarmArn'], 'AlarmArn') ??
  `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`;

/** null when the question is not among those that were captured. */
async function ifCaptured<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotCaptured) return null;
    throw error;
  }
}
