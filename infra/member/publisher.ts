import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventSourceMapping, CfnPermission } from 'aws-cdk-lib/aws-lambda';
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
import type { Deployment } from '../../src/settings-file/deployment.ts';
import type { Code } from '../code.ts';
import { type Grant, here } from '../permissions.ts';
import { arnHere } from '../policy.ts';
import { addEventQueue } from '../queue.ts';
import { addFunction, before, type DeployedFunction } from './function.ts';

/** Of the queue, and of the EventBridge rule that feeds it. */
const NAME = 'findings';

/** What belongs to analysts stays theirs, whatever the code does. */
const denials: readonly Grant[] = fieldsOfAnalysts.map((field) => ({
  actions: ['securityhub:BatchUpdateFindings'],
  resource: '*',
  denyWhen: { Null: { [`securityhub:ASFFSyntaxPath/${field}`]: 'false' } },
}));

/** The publisher of Security Hub findings: fed through a queue, and once a day by the clock. */
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
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resource: here('sqs', `s3-config-rules-${NAME}`),
  };
  const { rulePagesUrl } = deployment.functions;
  const publisher = addFunction(
    stack,
    {
      name: 'publish-findings',
      code,
      ...FUNCTION,
      retries: RECONCILIATION_RETRIES,
      grants: [...publisherPermissions, ...denials, reading],
      ...(rulePagesUrl === undefined ? {} : { environment: { RULE_PAGES_URL: rulePagesUrl } }),
    },
    deployment,
    failures,
  );
  const mapping = new CfnEventSourceMapping(stack, 'FindingsMapping', {
    functionName: publisher.function.ref,
    eventSourceArn: queue.attrArn,
    batchSize: QUEUE.batchSize,
    maximumBatchingWindowInSeconds: QUEUE.batchingWindowSeconds,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: QUEUE.maximumConcurrency },
  });
  before([publisher.role], mapping);
  const deadLetterConfig = { arn: failures.attrArn };
  new CfnRule(stack, 'FindingsRule', {
    name: `s3-config-rules-${NAME}`,
    description: 'Hands changes of compliance to the publisher of Security Hub findings.',
    eventPattern: complianceChanges(rules),
    targets: [{ id: 'queue', arn: queue.attrArn, deadLetterConfig }],
  });
  const daily = new CfnRule(stack, 'ReconciliationRule', {
    name: 's3-config-rules-reconciliation',
    description: 'Once a day the publisher compares Security Hub with AWS Config.',
    scheduleExpression: RECONCILIATION_SCHEDULE,
    targets: [{ id: 'publisher', arn: publisher.function.attrArn, deadLetterConfig }],
  });
  new CfnPermission(stack, 'ReconciliationPermission', {
    action: 'lambda:InvokeFunction',
    functionName: publisher.function.ref,
    principal: 'events.amazonaws.com',
    sourceArn: daily.attrArn,
  });
  return publisher;
}
