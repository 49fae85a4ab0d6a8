import { securityEvents } from '../../../src/knowledge/watching/s3-events.ts';
import { accounts, HOME_REGION, uuidOf } from '../accounts.ts';
import { type Answer, answer, type Corner, present } from './answer.ts';

/** Where the trail of the organization sends its events, besides to its bucket. */
const LOG_GROUP = 'examplehealth-org-trail';
export const ORGANIZATION_LOG = `arn:aws:logs:${HOME_REGION}:${accounts.logArchive}:log-group:${LOG_GROUP}`;

const CHANGES = securityEvents.filter((event) => event !== 'AccessDenied');
const METRIC = { namespace: 'ExampleHealth/Trail', name: 'S3Changes' };

/** Records whose requests nobody counts, and records where the alarm on errors was switched off during a migration. */
const NOT_MEASURED = 'examplehealth-medication-plans-eu';
const SWITCHED_OFF = 'examplehealth-discharge-letters-eu';

/**
 * Who is told of what happens in S3. The log archive watches the log of the organization's trail; production has rules of
 * EventBridge of its own beside it; analytics relies on the log archive, whose alarms it cannot see; the sandbox has nothing.
 */
export function alarmAnswers(corner: Corner, corners: readonly Corner[]): readonly Answer[] {
  const MetricAlarms = [
    ...(watchesTheLog(corner) ? [alarm(corner, 's3-changes', METRIC, [])] : []),
    ...recordsIn(corner)
      .filter(([{ name }]) => name !== NOT_MEASURED)
      .flatMap(([{ name }]) => requestAlarms(corner, name)),
  ];
  const isTold = MetricAlarms.length > 0 || hasRules(corner);
  return [
    ...(corner.region === HOME_REGION ? [bucketsAnswer(corner, corners)] : []),
    ...ruleAnswers(corner),
    ...(watchesTheLog(corner) ? [filterAnswer(corner)] : []),
    ...metricsAnswers(corner),
    answer(corner, 'DescribeAlarms', {}, { MetricAlarms }),
    ...(MetricAlarms.length > 0 ? [compositesAnswer(corner)] : []),
    ...(isTold ? [subscribersAnswer(corner), topicAnswer(corner)] : []),
  ];
}

const watchesTheLog = ({ name, region }: Corner) => name === 'logArchive' && region === HOME_REGION;
const hasRules = ({ name }: Corner) => name === 'production';
const topicOf = ({ account, region }: Corner) =>
  `arn:aws:sns:${region}:${account}:examplehealth-security`;

const inAccount = ({ account }: Corner, corners: readonly Corner[]) =>
  corners.filter((each) => each.account === account);

/** S3 lists the buckets of all Regions, wherever it is asked. */
function bucketsAnswer(corner: Corner, corners: readonly Corner[]): Answer {
  const all = inAccount(corner, corners).flatMap((each) => present(each));
  const Buckets = all.map(([{ name, region }]) => ({ Name: name, BucketRegion: region }));
  return answer(corner, 'ListBuckets', { MaxBuckets: 1000 }, { Buckets });
}

/** Refused requests may only read, so the rule has to see events that read as well. */
function ruleAnswers(corner: Corner): readonly Answer[] {
  const Name = 's3-changes';
  const EventPattern = JSON.stringify({
    source: ['aws.s3'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { $or: [{ eventName: CHANGES }, { errorCode: ['AccessDenied'] }] },
  });
  const State = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  if (!hasRules(corner)) return [answer(corner, 'ListRules', {}, { Rules: [] })];
  const Targets = [{ Id: 'security', Arn: topicOf(corner) }];
  return [
    answer(corner, 'ListRules', {}, { Rules: [{ Name, State, EventPattern }] }),
    answer(corner, 'ListTargetsByRule', { Rule: Name }, { Targets }),
  ];
}

function filterAnswer(corner: Corner): Answer {
  const names = CHANGES.map((event) => `($.eventName = ${event})`).join(' || ');
  const changes = {
    filterName: 's3-changes',
    filterPattern: `{ ($.eventSource = s3.amazonaws.com) && (${names}) }`,
  };
  const refused = {
    filterName: 'access-denied',
    filterPattern:
      '{ ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") }',
  };
  const metricTransformations = [
    { metricNamespace: METRIC.namespace, metricName: METRIC.name, metricValue: '1' },
  ];
  const metricFilters = [changes, refused].map((each) => ({ ...each, metricTransformations }));
  return answer(corner, 'DescribeMetricFilters', { logGroupName: LOG_GROUP }, { metricFilters });
}

const recordsIn = (corner: Corner) =>
  present(corner).filter(([, { tags }]) => tags['Retention'] === 'record');

function metricsAnswers(corner: Corner): readonly Answer[] {
  return recordsIn(corner).map(([{ name, account }]) =>
    answer(
      corner,
      'ListBucketMetricsConfigurations',
      { Bucket: name, ExpectedBucketOwner: account },
      { MetricsConfigurationList: name === NOT_MEASURED ? [] : [{ Id: 'EntireBucket' }] },
    ),
  );
}

const requestAlarms = (corner: Corner, bucket: string) =>
  ['4xxErrors', 'AllRequests', 'BytesDownloaded'].map((name) => ({
    ...alarm(corner, `${bucket}-${name}`, { namespace: 'AWS/S3', name }, [
      { Name: 'BucketName', Value: bucket },
      { Name: 'FilterId', Value: 'EntireBucket' },
    ]),
    Threshold: name === 'BytesDownloaded' ? 10_000_000_000 : 1000,
    ActionsEnabled: bucket !== SWITCHED_OFF || name !== '4xxErrors',
  }));

const alarm = (
  corner: Corner,
  AlarmName: string,
  metric: { readonly namespace: string; readonly name: string },
  Dimensions: { Name: string; Value: string }[],
) =>
  ({
    AlarmName,
    ActionsEnabled: true,
    AlarmActions: [topicOf(corner)],
    Namespace: metric.namespace,
    MetricName: metric.name,
    Dimensions,
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  }) as const;

function subscribersAnswer(corner: Corner): Answer {
  const TopicArn = topicOf(corner);
  const subscription = { SubscriptionArn: `${TopicArn}:${uuidOf(TopicArn)}`, TopicArn };
  return answer(
    corner,
    'ListSubscriptionsByTopic',
    { TopicArn },
    { Subscriptions: [subscription] },
  );
}

const compositesAnswer = (corner: Corner): Answer =>
  answer(corner, 'DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] }, { CompositeAlarms: [] });

/** The topic lets in alarms, and what rules of EventBridge hand on. */
function topicAnswer(corner: Corner): Answer {
  const TopicArn = topicOf(corner);
  const Statement = ['cloudwatch', 'events'].map((service) => ({
    Sid: service,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: 'sns:Publish',
    Resource: TopicArn,
    Condition: { StringEquals: { 'aws:SourceAccount': corner.account } },
  }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return answer(
    corner,
    'GetTopicAttributes',
    { TopicArn },
    { Attributes: { TopicArn, Policy, Owner: corner.account } },
  );
}
