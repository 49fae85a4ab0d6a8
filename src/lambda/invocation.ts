import { ONLY_DAILY } from '../engine/pack-parameters.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { normalise, structured } from '../records/normalise.ts';
import { type Json, object, text, time, wrong } from '../values/json.ts';

/**
 * What AWS Config asks of the function, in any of the forms of its event (AWS Config Developer Guide, "Example Events for
 * AWS Config Rules").
 */
export interface Invocation {
  /** Id of the rule to run, from the rule's own InputParameters: Config decorates rule names inside packs. */
  readonly rule: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether AWS Config runs the rule only once a day, so that no event of a change is on its way. */
  readonly isOnlyDaily: boolean;
  readonly configRuleName: string;
  readonly account: string;
  readonly resultToken: string;
  readonly leftScope: boolean;
  /** When AWS Config first asked (ISO): a retry carries the time of the first attempt. null when the event does not say. */
  readonly askedAt: string | null;
  readonly task: Task;
}

/** `at` orders the results (ISO): Config keeps the later one, however often and in which order events arrive. */
export type Task = { readonly at: string } & (
  | { readonly kind: 'item'; readonly item: ConfigurationItem }
  /** The item was too large for the event: this one lacks its configuration. */
  | { readonly kind: 'oversized'; readonly item: ConfigurationItem }
  /** Judge everything that is recorded. */
  | { readonly kind: 'population' }
);

/** @throws Malformed naming the part of the event that is not as AWS Config documents it. */
export function invocationOf(event: unknown): Invocation {
  const outer = object(event, 'the event');
  const { rule, ...parameters } = parametersOf(outer['ruleParameters']);
  const message = object(structured(outer['invokingEvent']), 'invokingEvent');
  return {
    rule,
    parameters,
    isOnlyDaily: parameters[ONLY_DAILY] === 'true',
    configRuleName: text(outer['configRuleName'], 'configRuleName'),
    account: text(outer['accountId'], 'accountId'),
    resultToken: text(outer['resultToken'], 'resultToken'),
    leftScope: leftScopeOf(outer['eventLeftScope']),
    askedAt: askedAtOf(message['notificationCreationTime']),
    task: taskOf(message),
  };
}

/** A JSON text; absent, empty or null when the rule has no parameters. */
function parametersOf(value: unknown): Json {
  if (value === undefined || value === null || value === '') return {};
  return object(structured(value), 'ruleParameters');
}

/** A boolean; senders other than AWS Config write "True" and "False", or leave it out. */
function leftScopeOf(value: unknown): boolean {
  const word = typeof value === 'string' ? value.toLowerCase() : (value ?? false);
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw wrong('eventLeftScope', 'true or false', value);
}

function taskOf(message: Json): Task {
  const type = message['messageType'];
  switch (type) {
    case 'ConfigurationItemChangeNotification':
      return { kind: 'item', ...itemOf(message, 'configurationItem') };
    case 'OversizedConfigurationItemChangeNotification':
      return { kind: 'oversized', ...itemOf(message, 'configurationItemSummary') };
    // A delivered snapshot says that everything was recorded anew, which is the moment to judge everything.
    case 'ScheduledNotification':
    case 'ConfigurationSnapshotDeliveryCompleted':
      return {
        kind: 'population',
        at: timeOf(message['notificationCreationTime']),
      };
    default:
      throw wrong('messageType', 'a type that AWS Config sends to rules', type);
  }
}

/** An item without its time could overwrite the result of a later one, so it is refused. */
function itemOf(message: Json, key: string): { item: ConfigurationItem; at: string } {
  const item = normalise(object(message[key], key));
  return { item, at: text(item.captureTime, `${key}.configurationItemCaptureTime`) };
}

/** Nothing but the patience with failures depends on it here, so a time that cannot be read is none. */
const askedAtOf = (value: unknown) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;

/** AWS Config writes it as text; a number would be another format, and not be trusted. */
const timeOf = (value: unknown) =>
  time(text(value, 'notificationCreationTime'), 'notificationCreationTime');
