import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A message as a batch of an event source mapping has it, so that one handler takes both. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
  /** When it was sent (milliseconds since 1970). */
  readonly sentAt: number;
  /** ARN of the rule of EventBridge that gave it up; null when it comes from elsewhere. */
  readonly rule: string | null;
}

/** SQS API reference, ReceiveMessage and DeleteMessageBatch. */
const PER_CALL = 10;

/**
 * Up to so many messages that are there now; it does not wait for more. SQS may overlook some of a short queue, which the next call finds.
 * @param hiddenSeconds how long nobody else sees them.
 */
export async function receive(
  sqs: SQSClient,
  url: string,
  { most, hiddenSeconds }: { readonly most: number; readonly hiddenSeconds: number },
): Promise<readonly QueueRecord[]> {
  const records: QueueRecord[] = [];
  while (records.length < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(PER_CALL, most - records.length),
        VisibilityTimeout: hiddenSeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
        // EventBridge User Guide, "Using dead-letter queues to process undelivered events".
        MessageAttributeNames: ['RULE_ARN'],
      }),
    );
    if (Messages.length === 0) break;
    for (const { MessageId = '', Body = '', ReceiptHandle = '', ...more } of Messages) {
      records.push({
        ...{ messageId: MessageId, body: Body, receiptHandle: ReceiptHandle },
        sentAt: Number(more.Attributes?.SentTimestamp ?? 0),
        rule: more.MessageAttributes?.['RULE_ARN']?.StringValue ?? null,
      });
    }
  }
  return records;
}

/** Those that could not be deleted come back after their time, and are handled twice. */
export async function remove(
  sqs: SQSClient,
  url: string,
  records: readonly QueueRecord[],
): Promise<void> {
  for (let from = 0; from < records.length; from += PER_CALL) {
    const Entries = records
      .slice(from, from + PER_CALL)
      .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  }
}
