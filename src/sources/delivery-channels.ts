import { Refused } from '../services/services.ts';
import { array, object, optionalText } from '../values/json.ts';
import type { CapturedAnswers } from './captured-answers.ts';
import type { RecordedInventory } from './recorded-inventory.ts';

const QUESTION = 'DescribeDeliveryChannels';

/**
 * Notes where AWS Config delivers, by the captured answers to DescribeDeliveryChannels: AWS Config records no channel. Where an
 * account's answer is an error or cannot be read, nobody knows which of its buckets are delivered to.
 */
export async function addCapturedChannels(
  inventory: RecordedInventory,
  answers: CapturedAnswers,
): Promise<void> {
  for (const { account, region } of answers.questions(QUESTION)) {
    try {
      addChannels(
        inventory,
        (await answers.of(account).ask(QUESTION, {}, region)).DeliveryChannels,
      );
    } catch (error) {
      const { message, action } = error instanceof Refused ? error : unreadBy(error as Error);
      inventory.lacksChannels(account, {
        unavailable: message,
        ...(action === undefined ? {} : { action }),
      });
    }
  }
}

/** @param channels the list of an answer to DescribeDeliveryChannels. @throws Malformed */
export function addChannels(inventory: RecordedInventory, channels: unknown): void {
  for (const each of array(channels, 'DeliveryChannels')) {
    const { s3BucketName, s3KeyPrefix, name } = object(each, 'DeliveryChannels');
    const bucket = optionalText(s3BucketName, 's3BucketName');
    if (bucket === null) continue;
    const prefix = optionalText(s3KeyPrefix, 's3KeyPrefix') ?? undefined;
    inventory.addDeliveryChannel(bucket, optionalText(name, 'name') ?? 'default', prefix);
  }
}

const unreadBy = ({ name, message }: Error) => ({
  message: `of the captured answer to ${QUESTION} ${message === '' ? name : message}`,
  action: undefined,
});
