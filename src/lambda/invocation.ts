import type { ConfigurationItem } from '../core/configuration-item.ts';
import { isObject, type Json, Malformed, object, text } from '../facets/json.ts';
import { normalise, structured } from '../sources/configuration-item.ts';

/** What AWS Config asks of the function, in any of the forms of its event (AWS Config Developer Guide, "Example Events for AWS Config Rules"). */
export interface Invocation {
  /** Id of the rule to run, from the rule's own InputParameters: Config decorates rule names inside packs. */
  readonly rule: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly configRuleName: string;
  readonly account: string;
  readonly resultToken: string;
  readonly leftScope: boolean;
  readonly task: Task;
}

export type Task =
  | { readonly kind: 'item'; readonly item: ConfigurationItem }
  /** The item was too large for the event: this one lacks its configuration. */
  | { readonly kind: 'oversized'; readonly summary: ConfigurationItem }
  /** Judge everything that is recorded, as of this time (ISO). */
  | { readonly kind: 'population'; readonly at: string };

/** @throws Malformed naming the part of the event that is not as AWS Config documents it. */
export function invocationOf(event: unknown): Invocation {
  const outer = object(event, 'the event');
  const { rule, ...parameters } = parametersOf(outer['ruleParameters']);
  return {
    rule: text(rule, 'ruleParameters.rule'),
    parameters,
    configRuleName: text(outer['configRuleName'], 'configRuleName'),
    account: text(outer['accountId'], 'accountId'),
    resultToken: text(outer['resultToken'], 'resultToken'),
    leftScope: /^true$/i.test(String(outer['eventLeftScope'] ?? false)),
    task: taskOf(object(structured(outer['invokingEvent']), 'invokingEvent')),
  };
}

/** A JSON text; absent, empty or null when the rule has no parameters. */
function parametersOf(value: unknown): Json {
  if (value === undefined || value === null || value === '') return {};
  return object(structured(value), 'ruleParameters');
}

function taskOf(message: Json): Task {
  switch (message['messageType']) {
    case 'ConfigurationItemChangeNotification':
      return { kind: 'item', item: normalise(message['configurationItem']) };
    case 'OversizedConfigurationItemChangeNotification': {
      const summary = message['configurationItemSummary'];
      if (!isObject(summary)) throw new Malformed('configurationItemSummary is missing');
      return { kind: 'oversized', summary: normalise(summary) };
    }
    // A delivered snapshot says that everything was recorded anew, which is the moment to judge everything.
    case 'ScheduledNotification':
    case 'ConfigurationSnapshotDeliveryCompleted':
      return { kind: 'population', at: timeOf(message['notificationCreationTime']) };
    default:
      throw new Malformed(
        `messageType is ${JSON.stringify(message['messageType'])}, which no rule is invoked for`,
      );
  }
}

function timeOf(value: unknown): string {
  const time = new Date(text(value, 'notificationCreationTime'));
  if (Number.isNaN(time.getTime()))
    throw new Malformed(`notificationCreationTime is ${value}, no time`);
  return time.toISOString();
}
