import type { Stack } from 'aws-cdk-lib';
import { type CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ALARM_NAMES, isOfSilence } from '../member/alarms.ts';
import { arnHere, ofThisAccount, onlyOverTls, policy } from '../policy.ts';
import { CENTRAL_ALARM_PREFIX } from './alarms.ts';
import { addKey } from './keys.ts';
import { ruleArn, untilUndelivered } from './undelivered.ts';

export const NOTIFICATION_RULE = 's3-config-rules-notification';
const alarms = () => arnHere('cloudwatch', `alarm:${CENTRAL_ALARM_PREFIX}*`);

/**
 * A topic for alarms, those of every account and those of the central one. Made only where somebody reads it: a topic without
 * subscription looks as if somebody did.
 */
export function addTopic(stack: Stack, email: string): CfnTopic {
  const key = addKey(stack, 'NotificationKey', {
    name: 'notification',
    description: 'Encrypts what s3-config-rules notifies of.',
    keep: false,
    use: [
      {
        Sid: 'EventBridge',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        // EventBridge tells KMS neither rule nor account (SNS Developer Guide, "Encryption key management").
        Resource: '*',
      },
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: { StringEquals: ofThisAccount, ArnLike: { 'aws:SourceArn': alarms() } },
      },
    ],
  });
  const topic = new CfnTopic(stack, 'Topic', {
    topicName: 's3-config-rules',
    displayName: 's3-config-rules',
    kmsMasterKeyId: key.attrKeyId,
  });
  new CfnTopicPolicy(stack, 'TopicPolicy', {
    topics: [topic.ref],
    policyDocument: policy(
      onlyOverTls('sns:Publish', topic.ref),
      {
        Sid: 'AlarmsOfTheOrganization',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.ref,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(NOTIFICATION_RULE) } },
      },
      {
        Sid: 'AlarmsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.ref,
        Condition: { StringEquals: ofThisAccount, ArnLike: { 'aws:SourceArn': alarms() } },
      },
    ),
  });
  new CfnSubscription(stack, 'Mailbox', {
    topicArn: topic.ref,
    protocol: 'email',
    endpoint: email,
  });
  return topic;
}

/**
 * Hands the alarms of all accounts to the topic: that one went off, and that it is over. The first state of a new alarm is no
 * news, and an alarm on silence goes off as soon as it is there, until AWS Config first invokes the function: so it is told
 * only where the function had been invoked before, and not that it is over. Of the event only what CloudWatch and EventBridge
 * wrote is told: a description is the text of another account.
 */
export function addNotification(
  stack: Stack,
  bus: CfnEventBus,
  topic: CfnTopic,
  undelivered: CfnQueue,
): void {
  new CfnRule(stack, 'NotificationRule', {
    name: NOTIFICATION_RULE,
    description: 'Tells of alarms on the functions of every account.',
    eventBusName: bus.ref,
    eventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: {
        $or: [
          {
            alarmName: ALARM_NAMES,
            state: { value: ['ALARM'] },
            previousState: { value: ['OK'] },
          },
          {
            alarmName: ALARM_NAMES.filter((name) => !isOfSilence(name)),
            state: { value: ['OK'] },
            previousState: { value: ['ALARM'] },
          },
        ],
      },
    },
    targets: [
      {
        id: 'topic',
        arn: topic.ref,
        inputTransformer: {
          inputPathsMap: {
            account: '$.account',
            region: '$.region',
            time: '$.time',
            name: '$.detail.alarmName',
            state: '$.detail.state.value',
          },
          inputTemplate:
            '"<state>: alarm <name> of account <account> in <region>, <time>. See the alarm in that account."',
        },
        ...untilUndelivered(undelivered),
      },
    ],
  });
}
