import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { rules } from '../../rules/index.ts';
import { complianceChanges } from '../../src/lambda/publish/subscriptions.ts';
import { type Deployment, homeRegionOf } from '../../src/settings/deployment.ts';
import { BUS_NAME } from '../central/bus.ts';
import { ALARM_PREFIX } from './alarms.ts';
import { addRole } from './function.ts';

/** Takes changes of compliance, and of the alarms on the functions, to the bus of the central account. */
export function addForwarder(stack: Stack, deployment: Deployment): void {
  const bus = `arn:\${AWS::Partition}:events:${homeRegionOf(deployment)}:${deployment.centralAccount}:event-bus/${BUS_NAME}`;
  const role = addRole(
    stack,
    'ForwarderRole',
    's3-config-rules-forwarder',
    'events.amazonaws.com',
    [{ actions: ['events:PutEvents'], resource: bus }],
  );
  const targets = [
    { id: 'central', arn: stack.formatArn(busParts(deployment)), roleArn: role.attrArn },
  ];
  if (deployment.consumers.history !== null) {
    new CfnRule(stack, 'ForwardCompliance', {
      name: 's3-config-rules-forward-compliance',
      description: 'Takes changes of compliance to the central account.',
      eventPattern: complianceChanges(rules),
      targets,
    });
  }
  new CfnRule(stack, 'ForwardAlarms', {
    name: 's3-config-rules-forward-alarms',
    description: 'Takes alarms on the functions to the central account.',
    eventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ prefix: ALARM_PREFIX }] },
    },
    targets,
  });
}

const busParts = (deployment: Deployment) => ({
  service: 'events',
  region: homeRegionOf(deployment),
  account: deployment.centralAccount,
  resource: 'event-bus',
  resourceName: BUS_NAME,
});
