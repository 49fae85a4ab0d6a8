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
    resources: ['iam::*:role/s3-config-rules-*', 'iam::*:role/stacksets-exec-*'],
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

/**
 * A service control policy that closes the ways around the pack which a policy can close (docs/roll-out.md lists all). It is written at
 * each synthesis, and attached by the organization itself, to the units: a mistake in it could keep others from their work.
 */
export function guardPolicy(deployment: Deployment): object {
  const home = homeRegionOf(deployment);
  const arn = (rest: string) => `arn:${partitionOf(home)}:${rest}`;
  const denials = Object.entries(CHANGES).map(([Sid, { actions, resources }]): Statement => {
    const but = Sid === 'Recorder' ? [STACK_SETS, CONTROL_TOWER] : [STACK_SETS];
    const ours = Sid === 'Queues' ? [...but, 'role/s3-config-rules-*'] : but;
    return {
      ...{ Sid, Effect: 'Deny', Action: actions },
      Resource: resources.map((each) => (each === '*' ? each : arn(each))),
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': ours.map((role) => arn(`iam::*:${role}`)) },
      },
    };
  });
  return policy(...denials, {
    // What an account says of itself is said by its functions.
    ...{ Sid: 'Heartbeats', Effect: 'Deny', Action: 'events:PutEvents' },
    Resource: arn(`events:${home}:${deployment.centralAccount}:event-bus/${BUS_NAME}`),
    Condition: { ArnNotLike: { 'aws:PrincipalArn': arn('iam::*:role/s3-config-rules-*') } },
  });
}

/** As the AWS CLI takes it: there white space counts, too (AWS Organizations User Guide, "Quotas"), so that it is little. */
export const guardPolicyText = (deployment: Deployment): string =>
  `${JSON.stringify(guardPolicy(deployment), null, 1)}\n`;
