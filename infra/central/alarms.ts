import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from '../validations.ts';
import { BUS_NAME } from './bus.ts';
import { STREAM } from './history.ts';

/** Not the one that the forwarder of this account looks for, or each would be told twice. */
export const CENTRAL_ALARM_PREFIX = 'central-s3-config-rules-';
const QUARTER_OF_AN_HOUR = 900;
const HOUR = 3600;

type Watched = Pick<
  CfnAlarmProps,
  'namespace' | 'metricName' | 'dimensions' | 'statistic' | 'comparisonOperator' | 'threshold'
> & { readonly id: string; readonly name: string; readonly description: string };

const ANY = { comparisonOperator: 'GreaterThanOrEqualToThreshold', threshold: 1 } as const;

/** An event that a rule of the bus could not hand over, nor put aside. */
const lost = (rule: string): readonly Watched[] =>
  ['FailedInvocations', 'InvocationsFailedToBeSentToDlq'].map((metricName) => ({
    id: `${rule}${metricName}`,
    name: `${rule}-${metricName === 'FailedInvocations' ? 'failed' : 'lost'}`.toLowerCase(),
    description:
      metricName === 'FailedInvocations'
        ? `Rule s3-config-rules-${rule.toLowerCase()} of the bus could not hand over an event: it waits in the queue ` +
          's3-config-rules-undelivered.'
        : `Rule s3-config-rules-${rule.toLowerCase()} of the bus lost an event: the queue s3-config-rules-undelivered did not take it.`,
    namespace: 'AWS/Events',
    metricName,
    dimensions: [
      { name: 'EventBusName', value: BUS_NAME },
      { name: 'RuleName', value: `s3-config-rules-${rule.toLowerCase()}` },
    ],
    statistic: 'Sum',
    ...ANY,
  }));

const ofStream = {
  namespace: 'AWS/Firehose',
  dimensions: [{ name: 'DeliveryStreamName', value: STREAM }],
};

/** Firehose delivers every quarter of an hour; what it cannot deliver within a day is lost. */
const delivery: readonly Watched[] = [
  {
    ...ofStream,
    id: 'DeliveryFreshness',
    name: 'delivery-freshness',
    description: `Events wait for an hour to be written to the history: see the log group of ${STREAM}.`,
    metricName: 'DeliveryToS3.DataFreshness',
    statistic: 'Maximum',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: HOUR,
  },
  {
    ...ofStream,
    id: 'DeliverySuccess',
    name: 'delivery-success',
    description: `Firehose could not write to the bucket of the history: see the log group of ${STREAM}.`,
    metricName: 'DeliveryToS3.Success',
    statistic: 'Average',
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
  },
];

/**
 * Alarms on the way of the events through this account.
 * @param topicArn whom they tell; without it they are only to be seen in CloudWatch.
 */
export function addCentralAlarms(
  stack: Stack,
  { history, notification }: { readonly history: boolean; readonly notification: boolean },
  undelivered: CfnQueue,
  topicArn: string | undefined,
): void {
  const waiting: Watched = {
    id: 'Undelivered',
    name: 'undelivered',
    description:
      'An event could not be delivered and waits in the queue s3-config-rules-undelivered.',
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: undelivered.attrQueueName }],
    statistic: 'Maximum',
    ...ANY,
  };
  const watched = [
    waiting,
    ...(history ? [...lost('History'), ...delivery] : []),
    ...(notification ? lost('Notification') : []),
  ];
  const actions = topicArn === undefined ? [] : [topicArn];
  for (const { id, name, description, ...metric } of watched) {
    const alarm = new CfnAlarm(stack, `${id}Alarm`, {
      ...metric,
      alarmName: `${CENTRAL_ALARM_PREFIX}${name}`,
      alarmDescription: description,
      period: QUARTER_OF_AN_HOUR,
      // A delivery that worked at the second try is no news.
      evaluationPeriods: metric.namespace === ofStream.namespace ? 2 : 1,
      treatMissingData: 'notBreaching',
      alarmActions: actions,
      okActions: actions,
    });
    if (topicArn !== undefined) continue;
    acknowledge(alarm, {
      'HIPAA.Security-CloudWatchAlarmAction':
        'The deployment names no one to notify; the alarm is visible in CloudWatch.',
    });
  }
}
