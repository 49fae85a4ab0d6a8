import type { Stack } from 'aws-cdk-lib';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { type Grant, here } from '../permissions.ts';
import { arnHere } from '../policy.ts';
import { addEventQueue } from '../queue.ts';
import { acknowledge } from '../validations.ts';

const NAME = 'failures';

/** What a function needs to hand over what it could not do. */
export const toFailures: Grant = {
  actions: ['sqs:SendMessage'],
  resource: here('sqs', `s3-config-rules-${NAME}`),
};

/** Where everything ends that failed in spite of all retries: for a person to look at, within two weeks. */
export function addFailureQueue(stack: Stack): CfnQueue {
  const queue = addEventQueue(stack, 'FailureQueue', {
    name: NAME,
    from: [arnHere('events', 'rule/s3-config-rules-*')],
  });
  acknowledge(queue, {
    'AwsSolutions-SQS3':
      'This is where the other queues and rules give up to, and an alarm watches it.',
  });
  return queue;
}
