import type { SQSClient } from '@aws-sdk/client-sqs';
import { isObject } from '../../values/json.ts';
import type { QueueAnswer } from '../publisher.ts';
import { type QueueRecord, receive, remove } from './queue.ts';

export interface Drained {
  readonly sqs: SQSClient;
  readonly url: string;
  /** Name of the EventBridge rule that starts it. */
  readonly schedule: string;
  readonly batchSize: number;
  /** How long nobody else sees a message that was received. */
  readonly hiddenSeconds: number;
  readonly now: () => Date;
}

type Handler = (event: unknown) => Promise<QueueAnswer | undefined>;

/**
 * In milliseconds. The schedule starts the function again before that is over twice, so at most two empty the queue at the same time.
 */
const LONGEST = 840_000;

/**
 * A handler that, when the schedule says so, empties a queue through another handler. An event source mapping would ask an empty
 * queue day and night, in every account and Region; a schedule costs next to nothing where nothing happens.
 */
export const drained =
  (handle: Handler, queue: Drained): Handler =>
  async (event) => {
    if (!isFrom(event, queue.schedule)) return await handle(event);
    const { sqs, url, batchSize: most, hiddenSeconds } = queue;
    const end = queue.now().getTime() + LONGEST;
    while (queue.now().getTime() < end) {
      const records = await receive(sqs, url, { most, hiddenSeconds });
      if (records.length === 0) return undefined;
      const failed = failuresOf(await handle({ Records: records }));
      await remove(
        sqs,
        url,
        records.filter(({ messageId }) => !failed.has(messageId)),
      );
      if (failed.size === records.length) return undefined;
    }
    return undefined;
  };

/** EventBridge names the rule of a scheduled event in its resources (User Guide, "Scheduled events"). */
function isFrom(event: unknown, schedule: string): boolean {
  const resources = isObject(event) ? event['resources'] : undefined;
  return Array.isArray(resources) && resources.some((arn) => String(arn).endsWith(`/${schedule}`));
}

const failuresOf = (answer: QueueAnswer | undefined): ReadonlySet<QueueRecord['messageId']> =>
  new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
