import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { rules } from '../../rules/index.ts';
import { complianceChanges } from '../../src/security-hub/subscriptions.ts';
import { type Deployment, homeRegionOf } from '../../src/settings-file/deployment/deployment.ts';
import { BUS_NAME } from '../central/bus.ts';
import { ofThisAccount } from '../policy.ts';
import { ALARM_NAMES } from './alarms.ts';
import { addRole } from './function.ts';

/** ARN of the bus of the central account, for Fn::Sub. */
export const centralBus = (deployment: Deployment) =>
  `arn:\${AWS::Partition}:events:${homeRegionOf(deployment)}:${deployment.centralAccount}:event-bus/${BUS_NAME}`;

/** Takes changes of compliance, and of the alarms on the functions where there are some, to the bus of the central account. */
export function addForwarder(stack: Stack, deployment: Deployment, failures: CfnQueue): void {
  const { consumers, functions } = deployment;
  if (consumers.history === null && !functions.alarms) return;
  const bus = centralBus(deployment);
  const role = addRole(stack, 'ForwarderRole', {
    name: 'forwarder',
    service: 'events.amazonaws.com',
    trust: { StringEquals: ofThisAccount },
    grants: [{ actions: ['events:PutEvents'], resource: bus }],
  });
  const targets = [
    {
      id: 'central',
      arn: Fn.sub(bus),
      roleArn: role.attrArn,
      deadLetterConfig: { arn: failures.attrArn },
    },
  ];
  if (consumers.history !== null) {
    new CfnRule(stack, 'ForwardCompliance', {
      name: 's3-config-rules-forward-compliance',
      description: 'Takes changes of compliance to the central account.',
      eventPattern: complianceChanges(rules),
      targets,
    });
  }
  if (!functions.alarms) return;
  new CfnRule(stack, 'ForwardAlarms', {
    name: 's3-config-rules-forward-alarms',
    description: 'Takes alarms on the functions to the central account.',
    eventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: ALARM_NAMES },
    },
    targets,
  });
}
