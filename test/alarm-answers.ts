import { securityEvents } from '../src/knowledge/watching/s3-events.ts';
import { patternOf } from './alarm-values.ts';
import type { Answers } from './contract-server/asked.ts';

/** An account that is told of everything, as its services answer: a trail, its log group, a filter, an alarm, a topic. */

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:security`;
export const TRAIL = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`;

export const trail = (parts: object = {}) => ({
  Name: 'main',
  TrailARN: TRAIL,
  HomeRegion: REGION,
  IsMultiRegionTrail: true,
  CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/trail/main:*`,
  ...parts,
});

export const filter = (parts: object = {}) => ({
  filterName: 's3',
  filterPattern: patternOf(securityEvents),
  metricTransformations: [{ metricName: 'S3Changes', metricNamespace: 'Trail', metricValue: '1' }],
  ...parts,
});

export const alarm = (parts: object = {}) => ({
  AlarmName: 's3-changes',
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  MetricName: 'S3Changes',
  Namespace: 'Trail',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  ...parts,
});

export const subscription = (SubscriptionArn = `${TOPIC}:0b6d`) => ({
  SubscriptionArn,
  TopicArn: TOPIC,
  Protocol: 'email',
  Endpoint: 'security@example.com',
});

/** The policy that SNS gives to a new topic. */
export const DEFAULT_POLICY = {
  Version: '2008-10-17',
  Statement: [
    {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['SNS:GetTopicAttributes', 'SNS:Subscribe', 'SNS:Publish'],
      Resource: TOPIC,
      Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
    },
  ],
};

/** What a topic answers of itself, with its policy and perhaps a key. */
export const topicAttributes = (policy: object = DEFAULT_POLICY, key?: string) => ({
  Attributes: new Map([
    ['TopicArn', TOPIC],
    ['Policy', JSON.stringify(policy)],
    ...(key === undefined ? [] : ([['KmsMasterKeyId', key]] as const)),
  ]),
});

export const answers = (parts: Answers = {}): Answers => ({
  DescribeTrails: { trailList: [trail()] },
  GetTrailStatus: { IsLogging: true },
  GetEventSelectors: {
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
  },
  DescribeMetricFilters: { metricFilters: [filter()] },
  DescribeAlarms: { MetricAlarms: [alarm()] },
  ListSubscriptionsByTopic: { Subscriptions: [subscription()] },
  GetTopicAttributes: topicAttributes(),
  ListRules: { Rules: [] },
  ListTargetsByRule: { Targets: [] },
  ...parts,
});
