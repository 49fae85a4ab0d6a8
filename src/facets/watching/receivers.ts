import type { Receiver } from '../../facts/alarm.ts';
import { array, object, text } from '../../values/json.ts';
import { type Ask, orNull } from '../asked.ts';

/**
 * What stands behind the ARNs of actions and targets: for each topic of the account, whether a subscription is confirmed.
 * Before that its ARN reads PendingConfirmation, and afterwards it may read Deleted (Amazon SNS API reference,
 * ListSubscriptionsByTopic and Subscribe). A topic that no longer exists has no subscriber.
 */
export function receiversOf(
  ask: Ask<'ListSubscriptionsByTopic'>,
  arns: unknown,
  account: string,
  where: string,
): Promise<readonly Receiver[]> {
  const read = async (arn: string): Promise<Receiver> => {
    const [, , service, region, owner] = arn.split(':');
    if (service !== 'sns') return { arn, subscribers: null };
    if (owner !== account) return { arn, subscribers: 'unseen' };
    const answer = await orNull(
      ask('ListSubscriptionsByTopic', { TopicArn: arn }, region),
      'NotFound',
      'NotFoundException',
    );
    const subscriptions = array(answer?.Subscriptions, 'Subscriptions');
    const isConfirmed = subscriptions.some((subscription) =>
      text(
        object(subscription, 'Subscriptions[]')['SubscriptionArn'],
        'SubscriptionArn',
      ).startsWith('arn:'),
    );
    return { arn, subscribers: isConfirmed ? 'some' : 'none' };
  };
  return Promise.all(array(arns, where).map((arn) => read(text(arn, `${where}[]`))));
}
