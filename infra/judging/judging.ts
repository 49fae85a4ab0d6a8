import { Fn, Size, type Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { heldBy } from '../../conformance-pack/packs.ts';
import { rules } from '../../rules/index.ts';
import {
  type Deployment,
  isJudgedInMembers,
  packOf,
} from '../../src/settings-file/deployment/deployment.ts';
import { AGGREGATOR_NAME } from '../central/aggregator.ts';
import { CENTRAL_ALARM_PREFIX } from '../central/alarms.ts';
import { startDaily } from '../central/daily.ts';
import { listingOf, listingReasons } from '../central/watcher.ts';
import type { Code } from '../code.ts';
import { packed } from '../member/packed.ts';
import { allow, arnHere } from '../policy.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';
import { addDataBucket, type DataBucket } from './data-bucket.ts';
import { addStatements, type Delivery, prefixOf, readingOf, readingReasons } from './delivery.ts';
import { historyReasons, type Kept, readingHistory } from './history-access.ts';

export const JUDGE_NAME = 's3-config-rules-judge-organization';
/** The most that Lambda gives of each (Lambda quotas): 15 minutes, 10,240 MB of files. */
const SECONDS = 900;
const DISK = Size.mebibytes(10_240);
/** Docs/performance.md has the measurement behind both. */
const MEMORY_MEGABYTES = 4096;
const FETCHED = Size.mebibytes(6144);
/** As cdk-nag spells it. */
const STREAMS = `arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/lambda/${JUDGE_NAME}:log-stream:*`;
/** One run may be late by two hours. */
const HOURS_OF_SILENCE = 26;

/** Judges once a day what AWS Config delivers of all accounts, and keeps results and dashboard in a bucket of its own. */
export function addJudging(
  stack: Stack,
  deployment: Deployment,
  delivery: Delivery,
  code: Code,
  topic: CfnTopic | undefined,
  kept: Kept | undefined,
): void {
  const data = addDataBucket(stack, deployment, code);
  const logs = new CfnLogGroup(stack, 'JudgingLogs', {
    logGroupName: `/aws/lambda/${JUDGE_NAME}`,
    retentionInDays: deployment.functions.logRetentionDays,
  });
  acknowledge(logs, {
    'HIPAA.Security-CloudWatchLogGroupEncrypted':
      'CloudWatch Logs encrypts with its own key; the logs hold no data of any bucket.',
  });
  const role = addRole(stack, deployment, delivery, data, kept);
  addStatements(stack, delivery, role.attrArn);
  const judge = new CfnFunction(stack, 'JudgingFunction', {
    functionName: JUDGE_NAME,
    description: `s3-config-rules ${code.release.version} judge-organization`,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { zipFile: packed(code.judge ?? '', 'judge-organization') },
    role: role.attrArn,
    timeout: SECONDS,
    memorySize: MEMORY_MEGABYTES,
    ephemeralStorage: { size: DISK.toMebibytes() },
    environment: {
      variables: {
        DELIVERY_BUCKET: delivery.bucket,
        DELIVERY_PREFIX: prefixOf(delivery),
        DATA_BUCKET: data.bucket.ref,
        ACCOUNT: Fn.ref('AWS::AccountId'),
        ...(isJudgedInMembers(deployment) ? { AGGREGATOR: AGGREGATOR_NAME } : {}),
        ...(kept ? { HISTORY_BUCKET: kept.bucket.ref } : {}),
        RULES: JSON.stringify(rules.filter(heldBy(packOf(deployment))).map(({ id }) => id)),
        UNITS: JSON.stringify(deployment.organization.units),
        CAPACITY: String(FETCHED.toBytes()),
        TITLE: `S3 compliance of ${deployment.organization.id}`,
        RELEASE_VERSION: code.release.version,
        SOURCE_COMMIT: code.release.commit,
      },
    },
  });
  judge.addResourceDependency(logs);
  startDaily(stack, judge, {
    ...{ id: 'Judging', name: JUDGE_NAME, target: 'judge' },
    description: 'Once a day: judge what AWS Config delivered of all accounts.',
  });
  addAlarms(stack, judge, topic);
}

function addRole(
  stack: Stack,
  deployment: Deployment,
  delivery: Delivery,
  { bucket, key }: DataBucket,
  kept: Kept | undefined,
): CfnRole {
  const { organization } = deployment;
  const below = (prefix: string) => Fn.join('', [bucket.attrArn, `/${prefix}*`]);
  const streams = arnHere('logs', `log-group:/aws/lambda/${JUDGE_NAME}:log-stream:*`);
  const read = ['run', 'regions', 'subjects', 'findings', 'changes'].map(
    (table) => `results/${table}/`,
  );
  const written = ['results/', 'dashboard/'];
  const role = addServiceRole(stack, 'JudgingRole', {
    name: 'judging',
    service: 'lambda.amazonaws.com',
    statements: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], streams),
      ...readingOf(delivery),
      ...listingOf(organization.id),
      allow(['s3:ListBucket'], bucket.attrArn, { StringLike: { 's3:prefix': 'results/run/*' } }),
      allow(['s3:GetObject'], read.map(below)),
      allow(['s3:PutObject'], written.map(below)),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.attrArn),
      ...(isJudgedInMembers(deployment)
        ? [
            allow(
              ['config:SelectAggregateResourceConfig'],
              Fn.getAtt('Aggregator', 'ConfigurationAggregatorArn'),
            ),
          ]
        : []),
      ...(kept ? readingHistory(kept) : []),
    ],
  });
  acknowledge(role, {
    ...listingReasons(organization.id),
    ...readingReasons(delivery),
    ...Object.fromEntries(
      [...read, ...written].map((prefix) => [
        `AwsSolutions-IAM5[Resource::<DataBucket.Arn>/${prefix}*]`,
        'Keys of results and of the dashboard name the day and the run.',
      ]),
    ),
    ...(kept ? historyReasons : {}),
    [`AwsSolutions-IAM5[Resource::${STREAMS}]`]: 'Lambda chooses the names of the streams.',
  });
  return role;
}

/**
 * It failed, or did not run. What never ran has no data, which is no news on the first day; later the change to that state is. An
 * alarm looks back for at most seven days (CloudWatch API reference, PutMetricAlarm).
 */
function addAlarms(stack: Stack, judge: CfnFunction, topic: CfnTopic | undefined): void {
  const actions = topic === undefined ? [] : [topic.ref];
  const of = {
    namespace: 'AWS/Lambda',
    dimensions: [{ name: 'FunctionName', value: judge.ref }],
    statistic: 'Sum',
    threshold: 1,
    alarmActions: actions,
    okActions: actions,
  };
  const alarms = [
    new CfnAlarm(stack, 'JudgingFailedAlarm', {
      ...of,
      alarmName: `${CENTRAL_ALARM_PREFIX}judging-failed`,
      alarmDescription: `The organization was not judged: ${JUDGE_NAME} failed. See its log group. Results are those of an earlier day.`,
      metricName: 'Errors',
      period: 86_400,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    }),
    new CfnAlarm(stack, 'JudgingSilentAlarm', {
      ...of,
      alarmName: `${CENTRAL_ALARM_PREFIX}judging-silent`,
      alarmDescription: `The organization was not judged for ${HOURS_OF_SILENCE} hours: nothing started ${JUDGE_NAME}.`,
      metricName: 'Invocations',
      period: 3600,
      evaluationPeriods: HOURS_OF_SILENCE,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'missing',
      insufficientDataActions: actions,
    }),
  ];
  if (topic !== undefined) return;
  for (const alarm of alarms) {
    acknowledge(alarm, {
      'HIPAA.Security-CloudWatchAlarmAction':
        'The deployment names no one to notify; the alarm is visible in CloudWatch.',
    });
  }
}
