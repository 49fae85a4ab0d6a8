import { expect, it } from 'vitest';
import type { Receiver } from '../../src/facts/receiver.ts';
import { type Reach, wayThrough } from '../../src/knowledge/watching/alarm.ts';
import { topic } from '../alarm-values.ts';

const SENDER = {
  service: 'cloudwatch.amazonaws.com',
  source: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a',
} as const;
const other = (arn: string): Receiver => ({ arn, subscribers: null, topic: null });

it.each<[string, readonly Receiver[], Reach]>([
  ['nothing', [], 'nobody'],
  ['a topic with subscribers', [topic('some')], 'somebody'],
  ['a topic without', [topic('none')], 'nobody'],
  ["another account's topic", [topic('unseen')], 'unseen'],
  [
    "another account's topic, and one with subscribers",
    [topic('unseen'), topic('some')],
    'somebody',
  ],
  ['a function', [other('arn:aws:lambda:eu-central-1:123456789012:function:page')], 'somebody'],
  ['a queue', [other('arn:aws:sqs:eu-central-1:123456789012:events')], 'somebody'],
  [
    'a state machine',
    [other('arn:aws:states:eu-central-1:123456789012:stateMachine:x')],
    'somebody',
  ],
  [
    'OpsCenter',
    [other('arn:aws:ssm:eu-central-1:123456789012:opsitem:2#CATEGORY=Security')],
    'somebody',
  ],
  ['a runbook', [other('arn:aws:ssm:eu-central-1:123456789012:automation-definition/x')], 'nobody'],
  ['Incident Manager', [other('arn:aws:ssm-incidents::123456789012:response-plan/s3')], 'somebody'],
  [
    'an API destination',
    [other('arn:aws:events:eu-central-1:123456789012:api-destination/chat/1')],
    'somebody',
  ],
  ['another bus', [other('arn:aws:events:eu-central-1:210987654321:event-bus/central')], 'unseen'],
  [
    'an archive of a log',
    [other('arn:aws:logs:eu-central-1:123456789012:log-group:/all')],
    'nobody',
  ],
  ['a stream', [other('arn:aws:firehose:eu-central-1:123456789012:deliverystream/all')], 'nobody'],
  ['the stop of an instance', [other('arn:aws:automate:eu-central-1:ec2:stop')], 'nobody'],
  ['what is no ARN', [other('events'), other('')], 'nobody'],
])('who hears of what %s is told', (_name, receivers, reach) => {
  expect(wayThrough(receivers, SENDER, true).reach).toBe(reach);
});

it.each([
  'none',
  'unseen',
  'some',
] as const)('a topic with %s subscribers is enough where no subscription is asked for', (subscribers) => {
  expect(wayThrough([topic(subscribers)], SENDER, false).reach).toBe('somebody');
});
