import type { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy, type CfnQueueProps } from 'aws-cdk-lib/aws-sqs';

const FOURTEEN_DAYS = 1_209_600;

export const queueArn = (name: string) =>
  `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:s3-config-rules-${name}`;

export const addQueue = (stack: Stack, id: string, name: string, props: CfnQueueProps = {}) =>
  new CfnQueue(stack, id, {
    queueName: `s3-config-rules-${name}`,
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: FOURTEEN_DAYS,
    ...props,
  });

export const onlyOverTls = (queue: CfnQueue) => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: queue.attrArn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** Where everything ends that failed in spite of all retries: for a person to look at, within two weeks. */
export function addFailureQueue(stack: Stack): CfnQueue {
  const queue = addQueue(stack, 'FailureQueue', 'failures');
  new CfnQueuePolicy(stack, 'FailureQueuePolicy', {
    queues: [queue.ref],
    policyDocument: { Version: '2012-10-17', Statement: [onlyOverTls(queue)] },
  });
  return queue;
}
