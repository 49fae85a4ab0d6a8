import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { type Deployment, homeRegionOf } from '../../src/settings-file/deployment.ts';
import { partitionOf } from '../../src/values/region.ts';
import { policy, type Statement } from '../policy.ts';
import { BUS_NAME } from './bus.ts';

/** What an organization keeps administrators of its accounts from changing, by what it belongs to. Each action names a change. */
const CHANGES: Readonly<
  Record<string, { readonly actions: readonly string[]; readonly resources: readonly string[] }>
> = {
  Functions: {
    actions: [
      ...['lambda:Delete*', 'lambda:Update*', 'lambda:Put*', 'lambda:AddPermission'],
      ...['lambda:RemovePermission', 'lambda:TagResource', 'lambda:UntagResource'],
    ],
    resources: ['lambda:*:*:function:s3-config-rules-*'],
  },
  Roles: {
    actions: [
      ...['iam:Attach*', 'iam:Delete*', 'iam:Detach*', 'iam:Put*', 'iam:Update*'],
      ...['iam:TagRole', 'iam:UntagRole'],
      // Whose name begins like one of these is excepted below, and so is what acts in such a role.
      ...['iam:CreateRole', 'iam:PassRole'],
    ],
    resources: [
      ...['iam::*:role/s3-config-rules-*', 'iam::*:role/stacksets-exec-*'],
      'iam::*:role/AWSControlTowerExecution',
    ],
  },
  Pack: {
    actions: ['config:DeleteConformancePack', 'config:PutConformancePack'],
    resources: ['config:*:*:conformance-pack/s3-config-rules/*'],
  },
  Events: {
    actions: [
      ...['events:DeleteRule', 'events:DisableRule', 'events:PutRule'],
      ...['events:PutTargets', 'events:RemoveTargets'],
    ],
    resources: ['events:*:*:rule/s3-config-rules-*'],
  },
  Queues: {
    actions: [
      ...['sqs:AddPermission', 'sqs:DeleteMessage', 'sqs:DeleteQueue', 'sqs:PurgeQueue'],
      ...['sqs:RemovePermission', 'sqs:SetQueueAttributes'],
    ],
    resources: ['sqs:*:*:s3-config-rules-*'],
  },
  Alarms: {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DisableAlarmActions',
      'cloudwatch:PutMetricAlarm',
    ],
    resources: ['cloudwatch:*:*:alarm:s3-config-rules-*'],
  },
  Logs: {
    actions: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:PutRetentionPolicy'],
    resources: ['logs:*:*:log-group:/aws/lambda/s3-config-rules-*'],
  },
  Stacks: {
    actions: [
      'cloudformation:DeleteStack',
      'cloudformation:UpdateStack',
      'cloudformation:ExecuteChangeSet',
    ],
    resources: ['cloudformation:*:*:stack/StackSet-s3-config-rules-*'],
  },
  Recorder: {
    actions: [
      ...['config:DeleteConfigRule', 'config:DeleteConfigurationRecorder'],
      ...['config:DeleteDeliveryChannel', 'config:DeleteEvaluationResults'],
      ...['config:DeleteRetentionConfiguration', 'config:PutConfigurationRecorder'],
      ...['config:PutDeliveryChannel', 'config:PutRetentionConfiguration'],
      'config:StopConfigurationRecorder',
    ],
    resources: ['*'],
  },
};

/**
 * Service-managed stack sets work with these roles (managed policy CloudFormationStackSetsOrgAdminServiceRolePolicy), and make them in
 * each account (CloudFormation User Guide, "Configure a custom execution role template"). That they do so in a service-linked role, which
 * no service control policy binds, was not verified in AWS.
 */
const STACK_SETS = 'role/stacksets-exec-*';
/** Who sets recorders up under AWS Control Tower (AWS Control Tower User Guide, "How AWS Control Tower works with roles"). */
const CONTROL_TOWER = 'role/AWSControlTowerExecution';

/** Which of them change what is theirs, and what they set up. */
const BY_CONTROL_TOWER = ['Roles', 'Recorder'];

/** The role that the CDK hands to CloudFormation, which deploys the stacks of the central account ("Customize AWS CDK bootstrapping"). */
const deployerOf = ({ centralAccount }: Deployment, home: string) =>
  `iam::${centralAccount}:role/cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-cfn-exec-role-${centralAccount}-${home}`;

/**
 * A service control policy that closes the ways around the pack which a policy can close (docs/roll-out.md lists all). It is written at
 * each synthesis, and attached by the organization itself, to the units: a mistake in it could keep others from their work. The central
 * account may be in one of them, with functions and roles of such names that the roll-out itself changes.
 */
export function guardPolicy(deployment: Deployment): object {
  const home = homeRegionOf(deployment);
  const arn = (rest: string) => `arn:${partitionOf(home)}:${rest}`;
  const denials = Object.entries(CHANGES).map(([Sid, { actions, resources }]): Statement => {
    const but = [
      `iam::*:${STACK_SETS}`,
      deployerOf(deployment, home),
      ...(BY_CONTROL_TOWER.includes(Sid) ? [`iam::*:${CONTROL_TOWER}`] : []),
      ...(Sid === 'Queues' ? ['iam::*:role/s3-config-rules-*'] : []),
    ];
    return {
      ...{ Sid, Effect: 'Deny', Action: actions },
      Resource: resources.map((each) => (each === '*' ? each : arn(each))),
      Condition: { ArnNotLike: { 'aws:PrincipalArn': but.map(arn) } },
    };
  });
  return policy(...denials, {
    // What an account says of itself is said by its functions.
    ...{ Sid: 'Heartbeats', Effect: 'Deny', Action: 'events:PutEvents' },
    Resource: arn(`events:${home}:${deployment.centralAccount}:event-bus/${BUS_NAME}`),
    Condition: { ArnNotLike: { 'aws:PrincipalArn': arn('iam::*:role/s3-config-rules-*') } },
  });
}

/** As the AWS CLI takes it: there white space counts, too (AWS Organizations User Guide, "Quotas"), so each statement is a line. */
export function guardPolicyText(deployment: Deployment): string {
  const { Version, Statement } = guardPolicy(deployment) as {
    Version: string;
    Statement: readonly object[];
  };
  const lines = Statement.map((each) => JSON.stringify(each));
  return `{"Version":"${Version}","Statement":[\n${lines.join(',\n')}\n]}\n`;
}
