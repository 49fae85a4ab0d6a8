import type { Receiver } from '../../facts/receiver.ts';
import { array, object, text } from '../../values/json.ts';
import { type Ask, orNull } from '../asked.ts';
import { topicOf } from './topic.ts';

export const TOPIC_QUESTIONS = [
  'DescribeKey',
  'GetKeyPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
] as const;
export type AskTopic = Ask<(typeof TOPIC_QUESTIONS)[number]>;

/**
 * What stands behind the ARNs of actions and targets: for each topic of the account, whether a subscription is confirmed, and
 * who may publish to it.
 * Before that its ARN reads PendingConfirmation, and afterwards it may read Deleted (Amazon SNS API reference,
 * ListSubscriptionsByTopic and Subscribe). A topic that no longer exists has no subscriber.
 */
export function receiversOf(
  ask: AskTopic,
  arns: unknown,
  account: string,
  where: string,
): Promise<readonly Receiver[]> {
  const read = async (arn: string): Promise<Receiver> => {
    const [, , service, region, owner] = arn.split(':');
    if (service !== 'sns') return { arn, subscribers: null, topic: null };
    if (owner !== account) return { arn, subscribers: 'unseen', topic: null };
    const answer = await orNull(
      ask('ListSubscriptionsByTopic', { TopicArn: arn }, region),
      'NotFound',
      'NotFoundException',
    );
    if (answer === null) return { arn, subscribers: 'none', topic: null };
    const subscriptions = array(answer.Subscriptions, 'Subscriptions');
    const isConfirmed = subscriptions.some((subscription) =>
      text(
        object(subscription, 'Subscriptions[]')['SubscriptionArn'],
        'SubscriptionArn',
      ).startsWith('arn:'),
    );
    const topic = await topicOf(arn, ask, account);
    return { arn, subscribers: isConfirmed ? 'some' : 'none', topic };
  };
  return Promise.all(array(arns, where).map((arn) => read(text(arn, `${where}[]`))));
}
