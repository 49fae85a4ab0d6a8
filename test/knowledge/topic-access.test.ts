import { describe, expect, it } from 'vitest';
import type { Topic, TopicKey } from '../../src/facts/receiver.ts';
import { obstacleAt, type Sender } from '../../src/knowledge/watching/topic-access.ts';
import { ACCOUNT, DEFAULT_POLICY, REGION, TOPIC } from '../alarm-answers.ts';
import { policyOf } from '../facet-values.ts';

type Entry = 'in' | 'perhaps' | 'out';
const ALARM = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:s3-changes`;
const RULE = `arn:aws:events:${REGION}:${ACCOUNT}:rule/s3-changes`;
const cloudWatch: Sender = { service: 'cloudwatch.amazonaws.com', source: ALARM };
const eventBridge: Sender = { service: 'events.amazonaws.com', source: RULE };

function entryOf(topic: Topic, sender: Sender): Entry {
  const obstacle = obstacleAt(topic, TOPIC, sender);
  if (obstacle === null) return 'in';
  return obstacle.isSure ? 'out' : 'perhaps';
}
const publish = (parts: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
  Action: 'sns:Publish',
  Resource: TOPIC,
  ...parts,
});
const deny = (Condition: object, parts: object = {}) => ({
  ...publish({ Effect: 'Deny', Principal: '*', Condition }),
  ...parts,
});
const byDefault = DEFAULT_POLICY.Statement[0] ?? {};
const when = (Condition: object) => publish({ Condition });

describe('the policy of a topic', () => {
  it.each<[string, readonly object[], Entry, Entry]>([
    ['that a new topic has', [byDefault], 'in', 'out'],
    ['that names the services', [publish()], 'in', 'in'],
    ['for anyone', [publish({ Principal: '*' })], 'in', 'in'],
    ['for every action', [publish({ Action: 'SNS:*' })], 'in', 'in'],
    [
      'for topics that begin so',
      [publish({ Resource: `arn:aws:sns:${REGION}:${ACCOUNT}:*` })],
      'in',
      'in',
    ],
    [
      'for EventBridge alone',
      [publish({ Principal: { Service: 'events.amazonaws.com' } })],
      'out',
      'in',
    ],
    [
      'for the account of the topic',
      [publish({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })],
      'out',
      'out',
    ],
    ['for another action', [publish({ Action: 'sns:Subscribe' })], 'out', 'out'],
    ['for another topic', [publish({ Resource: `${TOPIC}-2` })], 'out', 'out'],
    [
      'for all but some actions',
      [publish({ Action: undefined, NotAction: 'sns:Subscribe' })],
      'in',
      'in',
    ],
    [
      'for what acts for the account',
      [when({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })],
      'in',
      'in',
    ],
    [
      'for what acts for another account',
      [when({ StringEquals: { 'aws:SourceAccount': '999999999999' } })],
      'out',
      'out',
    ],
    ['for this alarm', [when({ ArnEquals: { 'aws:SourceArn': ALARM } })], 'in', 'out'],
    [
      'for alarms of the Region',
      [when({ ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` } })],
      'in',
      'out',
    ],
    ['for another alarm', [when({ ArnEquals: { 'aws:SourceArn': `${ALARM}-2` } })], 'out', 'out'],
    [
      'for an organization',
      [when({ StringEquals: { 'aws:SourceOrgID': 'o-example1234' } })],
      'perhaps',
      'perhaps',
    ],
    [
      'for members of an organization',
      [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } })],
      'out',
      'out',
    ],
    [
      'under a condition that is not known',
      [when({ StringEquals: { 'x:Unknown': 'y' } })],
      'perhaps',
      'perhaps',
    ],
    [
      'with a ban on plain HTTP',
      [publish(), deny({ Bool: { 'aws:SecureTransport': 'false' } })],
      'in',
      'in',
    ],
    [
      'with a ban on strangers',
      [publish(), deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-example1234' } })],
      'out',
      'out',
    ],
    [
      'with a ban on strangers but services of AWS',
      [
        publish(),
        deny({
          StringNotEquals: { 'aws:PrincipalOrgID': 'o-example1234' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ],
      'in',
      'in',
    ],
    ['with a ban on all', [publish(), deny({}, { Condition: undefined })], 'out', 'out'],
    [
      'with a ban on another action',
      [publish(), deny({}, { Condition: undefined, Action: 'sns:DeleteTopic' })],
      'in',
      'in',
    ],
    [
      'with a ban that may apply',
      [publish(), deny({ StringEquals: { 'x:Unknown': 'y' } })],
      'perhaps',
      'perhaps',
    ],
    [
      'with a ban outside a network',
      [publish(), deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })],
      'out',
      'out',
    ],
    ['with no statement', [], 'out', 'out'],
  ])('%s', (_name, statements, forAlarms, forEvents) => {
    const topic = { policy: policyOf(...statements), key: null };
    expect([entryOf(topic, cloudWatch), entryOf(topic, eventBridge)]).toEqual([
      forAlarms,
      forEvents,
    ]);
  });
});

const use = (parts: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  ...parts,
});
const root = use({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*' });
const key = (...statements: readonly object[]): TopicKey => ({
  name: 'alias/topics',
  isAwsManaged: false,
  state: 'Enabled',
  policy: policyOf(...statements),
});

describe('the key of a topic', () => {
  it.each<[string, TopicKey, Entry]>([
    ['that names CloudWatch', key(root, use()), 'in'],
    ['that names the account alone', key(root), 'out'],
    ['that lets decrypt alone', key(root, use({ Action: 'kms:Decrypt' })), 'out'],
    ['that lets encrypt alone', key(root, use({ Action: 'kms:GenerateDataKey*' })), 'out'],
    [
      'that names EventBridge',
      key(root, use({ Principal: { Service: 'events.amazonaws.com' } })),
      'out',
    ],
    [
      'for what acts for the account',
      key(use({ Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } })),
      'in',
    ],
    [
      'for messages of the topic',
      key(
        use({ Condition: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': TOPIC } } }),
      ),
      'in',
    ],
    [
      'for calls through SNS',
      key(
        use({ Condition: { StringEquals: { 'kms:ViaService': `sns.${REGION}.amazonaws.com` } } }),
      ),
      'perhaps',
    ],
    ['that AWS manages', { ...key(), isAwsManaged: true, policy: null }, 'out'],
    ['that is disabled', { ...key(root, use()), state: 'Disabled', policy: null }, 'out'],
    [
      'that is to be deleted',
      { ...key(root, use()), state: 'PendingDeletion', policy: null },
      'out',
    ],
    ['that is gone', { ...key(), state: null, policy: null }, 'out'],
    ['of another account', { ...key(), policy: null }, 'perhaps'],
  ])('%s', (_name, given, expected) => {
    expect(entryOf({ policy: policyOf(publish()), key: given }, cloudWatch)).toBe(expected);
  });
});
