import type { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy, type CfnQueueProps } from 'aws-cdk-lib/aws-sqs';
import { type Grant, here } from '../permissions.ts';
import { arnHere, onlyOverTls, policy } from '../policy.ts';
import { acknowledge } from '../validations.ts';

const FOURTEEN_DAYS = 1_209_600;

export const queueArn = (name: string) => here('sqs', `s3-config-rules-${name}`);

export const addQueue = (stack: Stack, id: string, name: string, props: CfnQueueProps = {}) =>
  new CfnQueue(stack, id, {
    queueName: `s3-config-rules-${name}`,
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: FOURTEEN_DAYS,
    ...props,
  });

const FAILURES = 'failures';

/** What a function needs to hand over what it could not do. */
export const toFailures: Grant = { actions: ['sqs:SendMessage'], resource: queueArn(FAILURES) };

/** Where everything ends that failed in spite of all retries: for a person to look at, within two weeks. */
export function addFailureQueue(stack: Stack): CfnQueue {
  const queue = addQueue(stack, 'FailureQueue', FAILURES);
  // It is the dead-letter queue of the others.
  acknowledge(queue, {
    'AwsSolutions-SQS3': 'This is where the other queues and rules give up to.',
  });
  new CfnQueuePolicy(stack, 'FailureQueuePolicy', {
    queues: [queue.ref],
    policyDocument: policy(onlyOverTls('sqs:*', queue.attrArn), {
      Sid: 'EventsGiveUp',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue.attrArn,
      Condition: {
        ArnLike: { 'aws:SourceArn': arnHere('events', 'rule/s3-config-rules-*') },
      },
    }),
  });
  return queue;
}
