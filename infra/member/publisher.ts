import type { Stack } from 'aws-cdk-lib';
import { CfnRule, type CfnRuleProps } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { rules } from '../../rules/index.ts';
import { fieldsOfAnalysts, publisherPermissions } from '../../src/security-hub/permissions.ts';
import {
  complianceChanges,
  FUNCTION,
  QUEUE,
  RECONCILIATION_RETRIES,
  RECONCILIATION_SCHEDULE,
} from '../../src/security-hub/subscriptions.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import type { Code } from '../code.ts';
import { type Grant, here } from '../permissions.ts';
import { arnHere } from '../policy.ts';
import { addEventQueue } from '../queue.ts';
import { addFunction, type DeployedFunction } from './function.ts';

/** Of the queue, and of the EventBridge rule that feeds it. */
const NAME = 'findings';

/** What belongs to analysts stays theirs, whatever the code does. */
const denials: readonly Grant[] = fieldsOfAnalysts.map((field) => ({
  actions: ['securityhub:BatchUpdateFindings'],
  resource: '*',
  denyWhen: { Null: { [`securityhub:ASFFSyntaxPath/${field}`]: 'false' } },
}));

/** The publisher of Security Hub findings: it empties its queue by the clock, and once a day compares everything. */
export function addPublisher(
  stack: Stack,
  deployment: Deployment,
  code: Code,
  failures: CfnQueue,
): DeployedFunction {
  const queue = addEventQueue(stack, 'FindingsQueue', {
    name: NAME,
    from: [arnHere('events', `rule/s3-config-rules-${NAME}`)],
    visibilityTimeout: QUEUE.visibilityTimeoutSeconds,
    messageRetentionPeriod: QUEUE.retentionSeconds,
    redrivePolicy: {
      deadLetterTargetArn: failures.attrArn,
      maxReceiveCount: QUEUE.maxReceiveCount,
    },
  });
  const reading: Grant = {
    actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    resource: here('sqs', `s3-config-rules-${NAME}`),
  };
  const { rulePagesUrl } = deployment.functions;
  const publisher = addFunction(
    stack,
    {
      name: 'publish-findings',
      code,
      ...FUNCTION,
      // The clock starts it again, for the queue and for the comparison.
      retries: RECONCILIATION_RETRIES,
      grants: [...publisherPermissions, ...denials, reading],
      environment: {
        FINDINGS_QUEUE: queue.ref,
        ...(rulePagesUrl === undefined ? {} : { RULE_PAGES_URL: rulePagesUrl }),
      },
    },
    deployment,
    failures,
  );
  const deadLetterConfig = { arn: failures.attrArn };
  new CfnRule(stack, 'FindingsRule', {
    name: `s3-config-rules-${NAME}`,
    description: 'Hands changes of compliance to the publisher of Security Hub findings.',
    eventPattern: complianceChanges(rules),
    targets: [{ id: 'queue', arn: queue.attrArn, deadLetterConfig }],
  });
  const starts = (id: string, rule: CfnRuleProps) => {
    const target = { id: 'publisher', arn: publisher.function.attrArn, deadLetterConfig };
    const { attrArn: sourceArn } = new CfnRule(stack, `${id}Rule`, { ...rule, targets: [target] });
    new CfnPermission(stack, `${id}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: publisher.function.ref,
      principal: 'events.amazonaws.com',
      sourceArn,
    });
  };
  starts('Publishing', {
    name: QUEUE.schedule,
    description: 'The publisher takes what waits in the queue of findings.',
    scheduleExpression: QUEUE.rate,
  });
  starts('Reconciliation', {
    name: 's3-config-rules-reconciliation',
    description: 'Once a day the publisher compares Security Hub with AWS Config.',
    scheduleExpression: RECONCILIATION_SCHEDULE,
  });
  return publisher;
}
