import { Fn, type Stack } from 'aws-cdk-lib';
import { type CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnLogGroup, CfnLogStream } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { rules } from '../../rules/index.ts';
import { complianceChanges } from '../../src/security-hub/subscriptions.ts';
import { arnHere, ofThisAccount } from '../policy.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';
import { ruleArn, untilUndelivered } from './undelivered.ts';

export const HISTORY_RULE = 's3-config-rules-history';
export const STREAM = 's3-config-rules-history';
/** Keys of objects begin so; the day (UTC) of the delivery follows, as the table expects it. */
export const EVENTS_PREFIX = 'events/';
const LOG_GROUP = `/aws/kinesisfirehose/${STREAM}`;
const LOG_STREAM = 'delivery';
/** The longest that Firehose waits: fewer and larger objects make cheaper queries. */
const BUFFER = { intervalInSeconds: 900, sizeInMBs: 128 };

/** Takes every change of compliance from the bus into the bucket of the history. */
export function addHistory(
  stack: Stack,
  bus: CfnEventBus,
  bucket: CfnBucket,
  keyArn: string,
  logRetentionDays: number,
  undelivered: CfnQueue,
): void {
  const logStream = addErrorLog(stack, logRetentionDays);
  const role = addDeliveryRole(stack, bucket, keyArn);
  const stream = new CfnDeliveryStream(stack, 'Stream', {
    deliveryStreamName: STREAM,
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    extendedS3DestinationConfiguration: {
      bucketArn: bucket.attrArn,
      roleArn: role.attrArn,
      prefix: `${EVENTS_PREFIX}!{timestamp:yyyy/MM/dd}/`,
      errorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
      compressionFormat: 'GZIP',
      bufferingHints: BUFFER,
      encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: keyArn } },
      // One event a line, as the table reads them; Firehose itself puts nothing between records.
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: 'AppendDelimiterToRecord',
            parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }],
          },
        ],
      },
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: LOG_GROUP,
        logStreamName: LOG_STREAM,
      },
    },
  });
  stream.addResourceDependency(logStream);
  const sender = addServiceRole(stack, 'SenderRole', {
    name: 'history-sender',
    service: 'events.amazonaws.com',
    trust: {
      StringEquals: ofThisAccount,
      ArnEquals: { 'aws:SourceArn': ruleArn(HISTORY_RULE) },
    },
    statements: [
      {
        Effect: 'Allow',
        Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        Resource: stream.attrArn,
      },
    ],
  });
  new CfnRule(stack, 'HistoryRule', {
    name: HISTORY_RULE,
    description: 'Takes changes of compliance of every account to the history.',
    eventBusName: bus.ref,
    eventPattern: complianceChanges(rules),
    targets: [
      {
        id: 'history',
        arn: stream.attrArn,
        roleArn: sender.attrArn,
        ...untilUndelivered(undelivered),
      },
    ],
  });
}

function addErrorLog(stack: Stack, retentionInDays: number): CfnLogStream {
  const logGroup = new CfnLogGroup(stack, 'DeliveryLogs', {
    logGroupName: LOG_GROUP,
    retentionInDays,
  });
  acknowledge(logGroup, {
    'HIPAA.Security-CloudWatchLogGroupEncrypted':
      'Firehose logs why it could not deliver, and no records; CloudWatch Logs encrypts it under a key of AWS.',
  });
  return new CfnLogStream(stack, 'DeliveryLogStream', {
    logGroupName: logGroup.ref,
    logStreamName: LOG_STREAM,
  });
}

/**
 * Firehose may write, and not read what it wrote: s3:GetObject, which its guide lists, is for transformations that it is not
 * asked for. It says for whom it acts by an external id (CloudWatch Logs User Guide, "Create a Firehose delivery stream").
 */
function addDeliveryRole(stack: Stack, bucket: CfnBucket, keyArn: string): CfnRole {
  const role = addServiceRole(stack, 'DeliveryRole', {
    name: 'history-delivery',
    service: 'firehose.amazonaws.com',
    trust: { StringEquals: { 'sts:ExternalId': Fn.ref('AWS::AccountId') } },
    statements: [
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: bucket.attrArn,
      },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: Fn.join('', [bucket.attrArn, '/*']),
      },
      {
        Effect: 'Allow',
        // S3 decrypts the data key between the parts of an upload.
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
      },
      {
        Effect: 'Allow',
        Action: 'logs:PutLogEvents',
        Resource: arnHere('logs', `log-group:${LOG_GROUP}:log-stream:${LOG_STREAM}`),
      },
    ],
  });
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::<HistoryBucket.Arn>/*]':
      'Firehose chooses the keys of the objects that it writes.',
  });
  return role;
}
