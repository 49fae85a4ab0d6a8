import type { Stack } from 'aws-cdk-lib';
import { CfnEventBus, CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import { HEARTBEAT } from '../../src/lambda/queues/heartbeat.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import { arnHere } from '../policy.ts';

/** The bus that takes events of every account of the organization. */
export const BUS_NAME = 's3-config-rules';

/** What the bus takes, by statement: source and type of an event, as AWS sends it. */
const TAKEN = {
  ComplianceOfTheOrganization: ['aws.config', 'Config Rules Compliance Change'],
  AlarmsOfTheOrganization: ['aws.cloudwatch', 'CloudWatch Alarm State Change'],
  HeartbeatsOfTheOrganization: [HEARTBEAT.source, HEARTBEAT.type],
} as const;

/**
 * The bus that the forwarders of all accounts put events on. Nobody but AWS can make up an event whose source begins with
 * `aws.`: PutEvents refuses it (EventBridge API reference), so what arrives of them is what AWS Config and CloudWatch said. A
 * heartbeat is what its account says of itself.
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
  // GovCloud knows neither a description of a bus nor its policy as a property (cfn-lint, E3002 and E3012).
  const bus = new CfnEventBus(stack, 'Bus', { name: BUS_NAME });
  for (const [Sid, [source, type]] of taken) {
    new CfnEventBusPolicy(stack, `${Sid}Policy`, {
      eventBusName: bus.ref,
      statementId: Sid,
      statement: {
        ...{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents' },
        Resource: arnHere('events', `event-bus/${BUS_NAME}`),
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': organization.id },
          StringEqualsIfExists: { 'events:detail-type': type },
          'ForAllValues:StringEquals': { 'events:source': source },
        },
      },
    });
  }
  return bus;
}
