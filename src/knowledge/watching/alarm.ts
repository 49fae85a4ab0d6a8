import type { Alarm, CompositeAlarm } from '../../facts/alarm.ts';
import type { EventRule, Receiver } from '../../facts/receiver.ts';
import { isKnown, reasonOf } from '../../records/reading.ts';
import { cut } from '../../values/text.ts';
import { alarmFacts } from './alarm-events.ts';
import { soundingWith } from './composite.ts';
import { matchesRule } from './event-pattern.ts';
import { obstacleAt, type Sender } from './topic-access.ts';

/** Does the news reach somebody, nobody, or a place in which nothing more can be seen from here? */
export type Reach = 'somebody' | 'unseen' | 'nobody';

/** How far the news gets, and why no further: fit to follow the name of what should tell of it. */
export interface Way {
  readonly reach: Reach;
  readonly because: string;
}

const SOMEBODY: Way = { reach: 'somebody', because: '' };
const nobody = (because: string): Way => ({ reach: 'nobody', because });
const unseen = (because: string): Way => ({ reach: 'unseen', because });

/** The way that gets furthest; of several the first. */
function furthest(ways: readonly Way[]): Way | undefined {
  const is = (reach: Reach) => ways.find((way) => way.reach === reach);
  return is('somebody') ?? is('unseen') ?? ways[0];
}

/**
 * A function, a queue, a state machine, an API destination, OpsCenter and Incident Manager are taken at their word that
 * somebody hears of what they are handed; actions on instances and stores of data tell nobody. What another event bus does
 * with an event is not to be seen.
 */
export function wayThrough(
  receivers: readonly Receiver[],
  sender: Sender,
  needsSubscription: boolean,
): Way {
  const ways = receivers.map((receiver) => wayOf(receiver, sender, needsSubscription));
  const isTold = ({ because }: Way) => because !== '';
  return furthest([...ways.filter(isTold), ...ways]) ?? nobody('');
}

const NO_ONE = 'has no action that notifies anyone';

function wayOf(receiver: Receiver, sender: Sender, needsSubscription: boolean): Way {
  const { arn, subscribers } = receiver;
  if (subscribers !== null) return wayOfTopic(receiver, sender, needsSubscription);
  const [, , service = '', , , resource = ''] = arn.split(':');
  if (service === 'events') {
    if (resource.startsWith('event-bus/')) return unseen('hands it to another event bus');
    return resource.startsWith('api-destination/') ? SOMEBODY : nobody('');
  }
  if (service === 'ssm') return resource === 'opsitem' ? SOMEBODY : nobody('');
  return TELLING.includes(service) ? SOMEBODY : nobody('');
}

const TELLING: readonly string[] = ['lambda', 'sqs', 'states', 'ssm-incidents'];

function wayOfTopic(
  { arn, subscribers, topic }: Receiver,
  sender: Sender,
  needsSubscription: boolean,
): Way {
  if (subscribers === 'unseen' && needsSubscription)
    return unseen('notifies a topic of another account');
  if (subscribers === 'none' && needsSubscription) {
    return nobody('notifies a topic without a confirmed subscription');
  }
  if (topic === null) return SOMEBODY;
  const name = named(arn.slice(arn.lastIndexOf(':') + 1));
  if (!isKnown(topic))
    return unseen(`notifies topic ${name}, whose policy is not known: ${reasonOf(topic)}`);
  const obstacle = obstacleAt(topic.value, arn, sender);
  if (obstacle === null) return SOMEBODY;
  const because = `notifies topic ${name}, which ${obstacle.because}`;
  return obstacle.isSure ? nobody(because) : unseen(because);
}

/**
 * Who hears of an alarm that sounds: through its own actions, a composite alarm that sounds with it, or a rule of EventBridge
 * that is handed every change of its state.
 */
export function wayOfAlarm(alarm: Alarm, needsSubscription: boolean): Way {
  const own = wayOfActions(alarm, needsSubscription);
  if (own.reach === 'somebody') return own;
  const { others } = alarm;
  if (!isKnown(others)) {
    const because = `may be handed on by others, which are not known: ${reasonOf(others)}`;
    return furthest([own, unseen(because)]) ?? own;
  }
  const { composites, rules } = others.value;
  const handed = wayThroughRules(alarm, rules, needsSubscription);
  const sounding = soundingWith(alarm, composites).map(({ composite, isSure }) => {
    const way = furthest([
      wayOfActions(composite, needsSubscription),
      ...wayThroughRules(composite, rules, needsSubscription),
    ]);
    const name = named(composite.name);
    if (way === undefined || way.reach === 'nobody') {
      return nobody(`is part of composite alarm ${name}, which ${way?.because}`);
    }
    if (isSure)
      return way.reach === 'somebody'
        ? way
        : unseen(`is part of composite alarm ${name}, which ${way.because}`);
    return unseen(`is part of composite alarm ${name}, which other alarms may keep silent`);
  });
  // Without any action of its own, what the composite alarm lacks says more.
  const [first] = sounding;
  const best = furthest([...handed, ...sounding]);
  if (best !== undefined && best.reach !== 'nobody') return furthest([own, best]) ?? own;
  return own.reach === 'nobody' && alarm.receivers.length === 0 && first ? first : own;
}

function wayOfActions(alarm: Alarm | CompositeAlarm, needsSubscription: boolean): Way {
  if (!alarm.actionsEnabled) return nobody('has its actions disabled');
  if (alarm.receivers.length === 0) return nobody('has no action');
  const sender = { service: 'cloudwatch.amazonaws.com', source: alarm.arn } as const;
  const way = wayThrough(alarm.receivers, sender, needsSubscription);
  return way.because === '' && way.reach === 'nobody' ? nobody(NO_ONE) : way;
}

/** Events of alarms go to the default bus of their Region, whether their actions are enabled or not. */
function wayThroughRules(
  alarm: Alarm | CompositeAlarm,
  rules: readonly EventRule[],
  needsSubscription: boolean,
): readonly Way[] {
  const facts = alarmFacts(alarm);
  return rules
    .filter((rule) => matchesRule(rule, facts))
    .map((rule) => wayOfRule(rule, needsSubscription))
    .map(({ reach, because }) => ({ reach, because: `is handed to a rule that ${because}` }));
}

/** Who hears of an event that a rule of EventBridge matches. */
export function wayOfRule({ arn, targets }: EventRule, needsSubscription: boolean): Way {
  const way = wayThrough(
    targets,
    { service: 'events.amazonaws.com', source: arn },
    needsSubscription,
  );
  const isEmpty = way.because === '' && way.reach === 'nobody';
  return isEmpty ? nobody('has no target that notifies anyone') : way;
}

/** Names of others may be long, and a message is short. */
export const named = (name: string) => cut(name, 40);
