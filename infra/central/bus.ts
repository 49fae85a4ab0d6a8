import type { Stack } from 'aws-cdk-lib';
import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Deployment } from '../../src/settings-file/deployment.ts';
import { arnHere, policy, type Statement } from '../policy.ts';

/** The bus that takes events of every account of the organization. */
export const BUS_NAME = 's3-config-rules';

/** What the bus takes, by statement: source and type of an event, as AWS sends it. */
const TAKEN = {
  ComplianceOfTheOrganization: ['aws.config', 'Config Rules Compliance Change'],
  AlarmsOfTheOrganization: ['aws.cloudwatch', 'CloudWatch Alarm State Change'],
} as const;

/**
 * The bus that the forwarders of all accounts put events on. Nobody but AWS can make up an event whose source begins with
 * `aws.`: PutEvents refuses it (EventBridge API reference), so what arrives is what AWS Config and CloudWatch said.
 *
 * The conditions on source and type are those of the guide's example of a bus that takes events of another account. They hold
 * also where the keys are absent: EventBridge asks the policy when a forwarder gets its target, before there is an event, and
 * whether it sends the keys then is not documented. The rules of the bus look at source and type again.
 * Source: EventBridge User Guide, "Using IAM policy conditions" and "Example policy: Send events to a custom bus in a different
 * account"; with a condition on the organization, the target of the forwarder needs a role (API reference, PutPermission).
 */
export function addBus(stack: Stack, { organization, consumers }: Deployment): CfnEventBus {
  const taken = Object.entries(TAKEN).filter(
    ([, [source]]) => source !== 'aws.config' || consumers.history !== null,
  );
  return new CfnEventBus(stack, 'Bus', {
    name: BUS_NAME,
    description: 'Takes changes of compliance and alarms of every account of the organization.',
    policy: policy(
      ...taken.map(
        ([Sid, [source, type]]): Statement => ({
          ...{ Sid, Effect: 'Allow', Principal: '*', Action: 'events:PutEvents' },
          Resource: arnHere('events', `event-bus/${BUS_NAME}`),
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': organization.id },
            StringEqualsIfExists: { 'events:detail-type': type },
            'ForAllValues:StringEquals': { 'events:source': source },
          },
        }),
      ),
    ),
  });
}
