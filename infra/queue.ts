import type { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy, type CfnQueueProps } from 'aws-cdk-lib/aws-sqs';
import { onlyOverTls, policy } from './policy.ts';

const FOURTEEN_DAYS = 1_209_600;

/** A queue that keeps its messages as long as SQS does, over TLS only, and takes events from EventBridge rules. */
export function addEventQueue(
  stack: Stack,
  id: string,
  {
    name,
    from,
    ...props
  }: CfnQueueProps & {
    readonly name: string;
    /** ARNs of the rules, with wildcards where they are many. */
    readonly from: readonly string[];
  },
): CfnQueue {
  const queue = new CfnQueue(stack, id, {
    queueName: `s3-config-rules-${name}`,
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: FOURTEEN_DAYS,
    ...props,
  });
  new CfnQueuePolicy(stack, `${id}Policy`, {
    queues: [queue.ref],
    policyDocument: policy(onlyOverTls('sqs:*', queue.attrArn), {
      Sid: 'EventsOfTheseRules',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue.attrArn,
      Condition: { ArnLike: { 'aws:SourceArn': from } },
    }),
  });
  return queue;
}
