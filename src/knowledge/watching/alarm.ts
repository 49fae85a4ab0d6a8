import type { Alarm, Receiver } from '../../facts/alarm.ts';
import { cut } from '../../values/text.ts';

/** Does the news reach somebody, nobody, or a place in which nothing more can be seen from here? */
export type Reach = 'somebody' | 'unseen' | 'nobody';

/**
 * A function, a queue, a state machine, an API destination, OpsCenter and Incident Manager are taken at their word that
 * somebody hears of what they are handed; actions on instances and stores of data tell nobody. What another event bus does
 * with an event is not to be seen.
 */
export function reachOf(receivers: readonly Receiver[], needsSubscription: boolean): Reach {
  const reaches = receivers.map((receiver) => reachOfOne(receiver, needsSubscription));
  if (reaches.includes('somebody')) return 'somebody';
  return reaches.includes('unseen') ? 'unseen' : 'nobody';
}

function reachOfOne({ arn, subscribers }: Receiver, needsSubscription: boolean): Reach {
  if (subscribers !== null) {
    if (!needsSubscription || subscribers === 'some') return 'somebody';
    return subscribers === 'none' ? 'nobody' : 'unseen';
  }
  const [, , service = '', , , resource = ''] = arn.split(':');
  if (service === 'events') {
    if (resource.startsWith('event-bus/')) return 'unseen';
    return resource.startsWith('api-destination/') ? 'somebody' : 'nobody';
  }
  if (service === 'ssm') return resource === 'opsitem' ? 'somebody' : 'nobody';
  return TELLING.includes(service) ? 'somebody' : 'nobody';
}

const TELLING: readonly string[] = ['lambda', 'sqs', 'states', 'ssm-incidents'];

/** Why nobody is told when the alarm sounds, fit to follow "alarm X"; null when somebody is. Only for a reach of nobody. */
export function unheard({ actionsEnabled, receivers }: Alarm): string {
  if (!actionsEnabled) return 'has its actions disabled';
  if (receivers.length === 0) return 'has no action';
  return receivers.some(({ subscribers }) => subscribers === 'none')
    ? 'notifies a topic without a confirmed subscription'
    : 'has no action that notifies anyone';
}

export function reachOfAlarm(alarm: Alarm, needsSubscription: boolean): Reach {
  return alarm.actionsEnabled ? reachOf(alarm.receivers, needsSubscription) : 'nobody';
}

/** Names of others may be long, and a message is short. */
export const named = (name: string) => cut(name, 40);
