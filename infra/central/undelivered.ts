import type { Stack } from 'aws-cdk-lib';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { arnHere } from '../policy.ts';
import { addEventQueue } from '../queue.ts';
import { acknowledge } from '../validations.ts';
import { BUS_NAME } from './bus.ts';

/** Where events end that a target of a rule of the bus did not take within a day: for a person to look at. */
export function addUndelivered(stack: Stack, ruleArns: readonly string[]): CfnQueue {
  const queue = addEventQueue(stack, 'UndeliveredQueue', {
    name: 'undelivered',
    from: ruleArns,
    // Nothing redrives from here into yet another queue.
    redriveAllowPolicy: { redrivePermission: 'denyAll' },
  });
  acknowledge(queue, {
    'AwsSolutions-SQS3':
      'It is the dead-letter queue of the rules of the bus, and an alarm watches it.',
  });
  return queue;
}

/** What a target does with an event that it cannot take at once: as long as EventBridge tries at all, then into the queue. */
export const untilUndelivered = (queue: CfnQueue) => ({
  retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
  deadLetterConfig: { arn: queue.attrArn },
});

/** ARN of a rule of the bus, by its name, as its target and its role name each other. */
export const ruleArn = (rule: string) => arnHere('events', `rule/${BUS_NAME}/${rule}`);
