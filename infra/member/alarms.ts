import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { FUNCTIONS } from '../../src/generate/bundle.ts';
import { acknowledge } from '../validations.ts';
import type { DeployedFunction } from './function.ts';

const HOUR = 3600;
const OF_A_FUNCTION = { Errors: 'errors', Throttles: 'throttles', Invocations: 'silence' } as const;
const FAILURES_ALARM = 's3-config-rules-failures';

/**
 * The names of all alarms, by which they are forwarded and told of. A list and no prefix: whoever administers a member account
 * could write anything behind a prefix, and it would be read in the central mailbox.
 */
export const ALARM_NAMES: readonly string[] = [
  ...FUNCTIONS.flatMap((name) =>
    Object.values(OF_A_FUNCTION).map((kind) => `s3-config-rules-${name}-${kind}`),
  ),
  FAILURES_ALARM,
];

export const isOfSilence = (name: string) => name.endsWith(`-${OF_A_FUNCTION.Invocations}`);

/**
 * Alarms on the functions themselves: a rule that does not run looks like one that finds nothing. They act through the event that
 * CloudWatch sends when their state changes, which the forwarder takes to the central account.
 */
export function addAlarms(
  stack: Stack,
  functions: Readonly<Record<string, DeployedFunction>>,
  failures: CfnQueue,
  silenceHours: number,
): void {
  for (const [id, { function: watched, physicalName }] of Object.entries(functions)) {
    const dimensions = [{ name: 'FunctionName', value: watched.ref }];
    const lambda = { namespace: 'AWS/Lambda', dimensions, statistic: 'Sum' } as const;
    for (const metricName of ['Errors', 'Throttles'] as const) {
      addAlarm(stack, `${id}${metricName}Alarm`, {
        ...lambda,
        alarmName: `${physicalName}-${OF_A_FUNCTION[metricName]}`,
        alarmDescription: `${physicalName} has ${OF_A_FUNCTION[metricName]} in three quarters of an hour: see its log group.`,
        metricName,
        period: 900,
        evaluationPeriods: 3,
        // One failure is tried again; alarming is what lasts.
        datapointsToAlarm: 2,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
      });
    }
    addAlarm(stack, `${id}SilenceAlarm`, {
      ...lambda,
      alarmName: `${physicalName}-${OF_A_FUNCTION.Invocations}`,
      alarmDescription: `${physicalName} was not invoked for ${silenceHours} hours: is the recorder running, and is the pack there?`,
      metricName: 'Invocations',
      period: HOUR,
      evaluationPeriods: silenceHours,
      datapointsToAlarm: silenceHours,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
    });
  }
  addAlarm(stack, 'FailureQueueAlarm', {
    alarmName: FAILURES_ALARM,
    alarmDescription:
      'Something failed in spite of all retries and waits in the queue s3-config-rules-failures.',
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: failures.attrQueueName }],
    statistic: 'Maximum',
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  });
}

function addAlarm(stack: Stack, id: string, props: CfnAlarmProps): void {
  acknowledge(new CfnAlarm(stack, id, props), {
    'HIPAA.Security-CloudWatchAlarmAction':
      'The forwarder takes every change of its state to the central account, where a topic tells people.',
  });
}
