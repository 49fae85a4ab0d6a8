import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { Watched } from '../../src/lambda/watching/watch.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import type { Code } from '../code.ts';
import { packed } from '../member/packed.ts';
import { allow, arnHere, type Statement } from '../policy.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';
import { CENTRAL_ALARM_PREFIX } from './alarms.ts';
import { startDaily } from './daily.ts';
import { addHeartbeats, HEARTBEATS } from './heartbeats.ts';

const NAME = 's3-config-rules-coverage';
interface Consumers {
  readonly topic?: CfnTopic;
  readonly kept?: { readonly bucket: CfnBucket; readonly keyArn: string };
}

/** Listens to the heartbeats of all accounts and Regions, and once a day compares them with the units and the stack sets. */
export function addWatcher(
  stack: Stack,
  bus: CfnEventBus,
  deployment: Deployment,
  code: Code,
  consumers: Consumers,
): void {
  const heartbeats = addHeartbeats(stack, bus);
  const logs = new CfnLogGroup(stack, 'CoverageLogs', {
    logGroupName: `/aws/lambda/${NAME}`,
    retentionInDays: deployment.functions.logRetentionDays,
  });
  for (const each of [heartbeats, logs]) {
    acknowledge(each, {
      'HIPAA.Security-CloudWatchLogGroupEncrypted':
        'CloudWatch Logs encrypts with its own key; the logs hold no data of any bucket.',
    });
  }
  const role = addServiceRole(stack, 'CoverageRole', {
    name: 'coverage',
    service: 'lambda.amazonaws.com',
    statements: statementsFor(deployment.organization.id, consumers),
  });
  acknowledge(role, {
    ...listingReasons(deployment.organization.id),
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:*:*:stackset/s3-config-rules*:*]':
      'The id of a stack set is known only when it is there.',
    'AwsSolutions-IAM5[Resource::<HistoryBucket.Arn>/coverage/*]':
      'The key of a report is its day.',
    [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/lambda/${NAME}:log-stream:*]`]:
      'Lambda chooses the names of the streams.',
  });
  const watcher = new CfnFunction(stack, 'CoverageFunction', {
    functionName: NAME,
    description: `s3-config-rules ${code.release.version} coverage`,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { zipFile: packed(code.watcher, 'coverage') },
    role: role.attrArn,
    timeout: 900,
    memorySize: 512,
    environment: { variables: environmentOf(deployment, code, consumers) },
  });
  watcher.addResourceDependency(logs);
  startDaily(stack, watcher, {
    ...{ id: 'Coverage', name: NAME, target: 'coverage' },
    description: 'Once a day: where do the rules run, and where not?',
  });
  if (consumers.topic) addAlarm(stack, watcher, consumers.topic);
}

function environmentOf(
  { organization, regions, functions }: Deployment,
  code: Code,
  to: Consumers,
) {
  const watched: Watched = {
    units: organization.units,
    managementAccount: organization.managementAccount,
    regions,
    silenceHours: functions.silenceHours,
  };
  return {
    DEPLOYMENT: JSON.stringify(watched),
    CONTENT_HASH: code.hash,
    HEARTBEATS,
    ...(to.topic ? { TOPIC: to.topic.ref } : {}),
    ...(to.kept ? { BUCKET: to.kept.bucket.ref } : {}),
  };
}

/** The units and the root of an organization, as ARNs name them after the partition. */
const unitsIn = (organizationId: string) =>
  ['ou/*/ou-*', 'root/*/r-*'].map(
    (unit) => `organizations::*:${unit.replace('*', organizationId)}`,
  );

/** What it takes to list the accounts of units. */
export const listingOf = (organizationId: string): readonly Statement[] => [
  allow(['organizations:ListRoots'], '*'),
  ...unitsIn(organizationId).map((units) =>
    allow(
      [
        ...(units.includes(':ou/') ? ['organizations:DescribeOrganizationalUnit'] : []),
        'organizations:ListAccountsForParent',
        'organizations:ListOrganizationalUnitsForParent',
      ],
      Fn.sub(`arn:\${AWS::Partition}:${units}`),
    ),
  ),
];

/** Why these statements name no single resource, for cdk-nag. */
export const listingReasons = (organizationId: string): Readonly<Record<string, string>> => ({
  'AwsSolutions-IAM5[Resource::*]':
    'Service Authorization Reference: the list of roots knows no resource.',
  ...Object.fromEntries(
    unitsIn(organizationId).map((units) => [
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${units}]`,
      'Units may stand in units that the deployment does not name.',
    ]),
  ),
});

function statementsFor(organizationId: string, { topic, kept }: Consumers): readonly Statement[] {
  return [
    allow(
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      arnHere('logs', `log-group:/aws/lambda/${NAME}:log-stream:*`),
    ),
    allow(['logs:FilterLogEvents'], arnHere('logs', `log-group:${HEARTBEATS}`)),
    // Whether a delegated administrator asks for a stack set of its own account or of the management account is not documented.
    allow(
      ['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'],
      Fn.sub('arn:${AWS::Partition}:cloudformation:*:*:stackset/s3-config-rules*:*'),
    ),
    ...listingOf(organizationId),
    ...(topic
      ? [
          allow(['sns:Publish'], topic.ref),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], Fn.getAtt('NotificationKey', 'Arn')),
        ]
      : []),
    ...(kept
      ? [
          allow(['s3:PutObject'], Fn.join('', [kept.bucket.attrArn, '/coverage/*'])),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], kept.keyArn),
        ]
      : []),
  ];
}

/** Who watches the watcher: it fails, or was not started for two days. */
function addAlarm(stack: Stack, watcher: CfnFunction, topic: CfnTopic): void {
  new CfnAlarm(stack, 'CoverageAlarm', {
    alarmName: `${CENTRAL_ALARM_PREFIX}coverage`,
    alarmDescription: `Nobody compares where the rules run: ${NAME} failed. See its log group.`,
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: [{ name: 'FunctionName', value: watcher.ref }],
    statistic: 'Sum',
    period: 86_400,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [topic.ref],
    okActions: [topic.ref],
  });
}
