import type { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { arnHere, ofThisAccount, onlyOverTls, policy } from '../policy.ts';
import { acknowledge } from '../validations.ts';
import { BUS_NAME } from './bus.ts';

const FOURTEEN_DAYS = 1_209_600;

/** Where events end that a target of a rule of the bus did not take within a day: for a person to look at. */
export function addUndelivered(stack: Stack, ruleArns: readonly string[]): CfnQueue {
  const queue = new CfnQueue(stack, 'UndeliveredQueue', {
    queueName: 's3-config-rules-undelivered',
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: FOURTEEN_DAYS,
    // Nothing redrives from here into yet another queue.
    redriveAllowPolicy: { redrivePermission: 'denyAll' },
  });
  acknowledge(queue, {
    'AwsSolutions-SQS3':
      'It is the dead-letter queue of the rules of the bus, and an alarm watches it.',
  });
  new CfnQueuePolicy(stack, 'UndeliveredQueuePolicy', {
    queues: [queue.ref],
    policyDocument: policy(onlyOverTls('sqs:*', queue.attrArn), {
      Sid: 'UndeliveredEvents',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue.attrArn,
      Condition: { StringEquals: ofThisAccount, ArnEquals: { 'aws:SourceArn': ruleArns } },
    }),
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
