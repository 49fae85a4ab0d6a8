import type { Stack } from 'aws-cdk-lib';
import { type CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnLogGroup, CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { HEARTBEAT } from '../../src/lambda/queues/heartbeat.ts';
import { arnHere } from '../policy.ts';

/** EventBridge writes only into log groups whose names begin so (EventBridge User Guide, "Amazon CloudWatch Logs group"). */
export const HEARTBEATS = '/aws/events/s3-config-rules-heartbeats';
const HEARTBEAT_DAYS = 30;

/** Keeps what each account and Region says once a day, as lines of a log group. */
export function addHeartbeats(stack: Stack, bus: CfnEventBus): CfnLogGroup {
  const group = new CfnLogGroup(stack, 'Heartbeats', {
    logGroupName: HEARTBEATS,
    retentionInDays: HEARTBEAT_DAYS,
  });
  new CfnResourcePolicy(stack, 'HeartbeatsPolicy', {
    policyName: 's3-config-rules-heartbeats',
    policyDocument: stack.toJsonString({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: arnHere('logs', `log-group:${HEARTBEATS}:*`),
        },
      ],
    }),
  });
  new CfnRule(stack, 'HeartbeatsRule', {
    name: 's3-config-rules-heartbeats',
    description: 'Keeps what each account and Region says once a day.',
    eventBusName: bus.ref,
    eventPattern: { source: [HEARTBEAT.source], 'detail-type': [HEARTBEAT.type] },
    targets: [{ id: 'log', arn: arnHere('logs', `log-group:${HEARTBEATS}`) }],
  }).addResourceDependency(group);
  return group;
}
