import { describe, expect, it, onTestFinished } from 'vitest';
import { watchedTrails } from '../../src/facets/account/watched-trails.ts';
import type { WatchedTrail } from '../../src/facts/watching.ts';
import { accountItem } from '../../src/records/normalise.ts';
import type { Reading } from '../../src/records/reading.ts';
import {
  ACCOUNT,
  alarm,
  answers,
  filter,
  REGION,
  subscription,
  TOPIC,
  TRAIL,
  trail,
} from '../alarm-answers.ts';
import type { Answers } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { ServiceError } from '../contract-server/faults.ts';

const account = accountItem(ACCOUNT, REGION, '2026-03-02T12:00:00.000Z');

const TOLD = {
  arn: TOPIC,
  subscribers: 'some',
  topic: { value: { key: null, policy: expect.anything() } },
};

async function read(parts: Answers = {}) {
  const bench = await startBench({ answers: answers(parts) });
  onTestFinished(() => bench.close());
  const reading = await watchedTrails.read(bench.services, account);
  return { ...bench, reading };
}

async function trails(parts: Answers = {}): Promise<readonly WatchedTrail[]> {
  const { reading } = await read(parts);
  if (!('value' in reading)) throw new Error(reading.unavailable);
  return reading.value;
}

const oneAlarm = async (parts: object) => {
  const [found] = await trails({ DescribeAlarms: { MetricAlarms: [alarm(parts)] } });
  return found?.logGroup?.filters?.[0]?.alarms[0];
};

it('a running trail comes with its log group, the filters there, their alarms and who is told', async () => {
  expect(await trails()).toEqual([
    {
      name: 'main',
      arn: TRAIL,
      region: REGION,
      isMultiRegion: true,
      records: { reads: true, writes: true },
      logGroup: {
        name: '/trail/main',
        account: ACCOUNT,
        deliveryError: null,
        deliveredAt: null,
        filters: [
          {
            name: 's3',
            pattern: filter().filterPattern,
            metric: { namespace: 'Trail', name: 'S3Changes', unit: 'None' },
            value: 1,
            defaultValue: null,
            hasDimensions: false,
            isNarrowed: false,
            alarms: [
              {
                name: 's3-changes',
                arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:s3-changes`,
                actionsEnabled: true,
                receivers: [TOLD],
                others: { value: { composites: [], rules: [] } },
                metrics: [
                  {
                    namespace: 'Trail',
                    name: 'S3Changes',
                    dimensions: new Map(),
                    statistic: 'Sum',
                    periodSeconds: 300,
                    unit: null,
                  },
                ],
                usesMath: false,
                comparison: 'GreaterThanOrEqualToThreshold',
                threshold: 1,
                datapointsToAlarm: 1,
                treatMissingData: 'notBreaching',
              },
            ],
          },
        ],
      },
    },
  ]);
});

it('every answer is asked for where the thing is', async () => {
  const { server } = await read({
    DescribeTrails: {
      trailList: [
        trail({
          HomeRegion: 'us-east-1',
          CloudWatchLogsLogGroupArn: `arn:aws:logs:us-west-2:${ACCOUNT}:log-group:/trail/main:*`,
        }),
      ],
    },
    DescribeAlarms: {
      MetricAlarms: [alarm({ AlarmActions: [TOPIC.replace(REGION, 'eu-west-1')] })],
    },
  });
  expect(server.calls.map(({ operation, region }) => `${operation} ${region}`)).toEqual([
    `DescribeTrails ${REGION}`,
    'GetTrailStatus us-east-1',
    'GetEventSelectors us-east-1',
    'DescribeMetricFilters us-west-2',
    'DescribeAlarms us-west-2',
    'DescribeAlarms us-west-2',
    'ListRules us-west-2',
    'ListSubscriptionsByTopic eu-west-1',
    'GetTopicAttributes eu-west-1',
  ]);
  expect(server.calls.map(({ input }) => input)).toMatchObject([
    { includeShadowTrails: true },
    { Name: TRAIL },
    { TrailName: TRAIL },
    { logGroupName: '/trail/main' },
    {},
    { AlarmTypes: ['CompositeAlarm'] },
    {},
    { TopicArn: TOPIC.replace(REGION, 'eu-west-1') },
    { TopicArn: TOPIC.replace(REGION, 'eu-west-1') },
  ]);
});

it('lists come in pages', async () => {
  const filters = [filter({ filterName: 'a' }), filter({ filterName: 'b' })];
  const alarms = [alarm({ AlarmName: 'a' }), alarm({ AlarmName: 'b' })];
  const [found] = await trails({
    DescribeMetricFilters: ({ nextToken }) =>
      nextToken === undefined
        ? { metricFilters: filters.slice(0, 1), nextToken: 'n' }
        : { metricFilters: filters.slice(1) },
    DescribeAlarms: ({ NextToken }) =>
      NextToken === undefined
        ? { MetricAlarms: alarms.slice(0, 1), NextToken: 'n' }
        : { MetricAlarms: alarms.slice(1) },
    ListSubscriptionsByTopic: ({ NextToken }) =>
      NextToken === undefined
        ? { Subscriptions: [subscription('PendingConfirmation')], NextToken: 'n' }
        : { Subscriptions: [subscription()] },
  });
  const read = found?.logGroup?.filters ?? [];
  expect(read.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(read[1]?.alarms.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(read[1]?.alarms[1]?.receivers).toEqual([TOLD]);
});

describe('who is told', () => {
  it.each<[string, Answers[string], 'some' | 'none']>([
    ['a confirmed subscription', { Subscriptions: [subscription()] }, 'some'],
    ['one that is pending', { Subscriptions: [subscription('PendingConfirmation')] }, 'none'],
    ['one that was deleted', { Subscriptions: [subscription('Deleted')] }, 'none'],
    ['none', { Subscriptions: [] }, 'none'],
    [
      'a topic that is gone',
      () => {
        throw new ServiceError('NotFound', 'Topic does not exist', 404);
      },
      'none',
    ],
  ])('%s', async (_name, answer, subscribers) => {
    const [found] = await trails({ ListSubscriptionsByTopic: answer ?? {} });
    expect(found?.logGroup?.filters?.[0]?.alarms[0]?.receivers).toMatchObject([
      { arn: TOPIC, subscribers },
    ]);
  });

  it('of topics of another account nobody is asked', async () => {
    const arn = TOPIC.replace(ACCOUNT, '999999999999');
    const { server, reading } = await read({
      DescribeAlarms: {
        MetricAlarms: [alarm({ AlarmActions: [arn, 'arn:aws:automate:eu-central-1:ec2:stop'] })],
      },
    });
    expect(reading).toMatchObject({
      value: [
        {
          logGroup: {
            filters: [
              { alarms: [{ receivers: [{ arn, subscribers: 'unseen' }, { subscribers: null }] }] },
            ],
          },
        },
      ],
    });
    expect(server.calls.map(({ operation }) => operation)).not.toContain(
      'ListSubscriptionsByTopic',
    );
  });
});

describe('a trail that does not count', () => {
  it.each<[string, Answers]>([
    ['is stopped', { GetTrailStatus: { IsLogging: false } }],
    [
      'is gone',
      {
        GetTrailStatus: () => {
          throw new ServiceError('TrailNotFoundException', 'Unknown trail', 404);
        },
      },
    ],
    ['is not there', { DescribeTrails: { trailList: [] } }],
  ])('%s', async (_name, parts) => {
    expect(await trails(parts)).toEqual([]);
  });
});

const basic = (parts: object) => ({
  EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ...parts }],
});
const fields = (...FieldSelectors: readonly object[]) => ({
  AdvancedEventSelectors: [{ Name: 'x', FieldSelectors }],
});
const management = { Field: 'eventCategory', Equals: ['Management'] };

describe('the management events of S3 that a trail records', () => {
  it.each<[string, object, boolean, boolean]>([
    ['all', basic({}), true, true],
    ['changes', basic({ ReadWriteType: 'WriteOnly' }), false, true],
    ['reads', basic({ ReadWriteType: 'ReadOnly' }), true, false],
    ['none', basic({ IncludeManagementEvents: false }), false, false],
    [
      'all but those of KMS',
      basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      true,
      true,
    ],
    ['no selector', {}, false, false],
    ['all, by fields', fields(management), true, true],
    ['data, by fields', fields({ Field: 'eventCategory', Equals: ['Data'] }), false, false],
    [
      'changes, by fields',
      fields(management, { Field: 'readOnly', Equals: ['false'] }),
      false,
      true,
    ],
    [
      'all but those of KMS, by fields',
      fields(management, {
        Field: 'eventSource',
        NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
      }),
      true,
      true,
    ],
    [
      'those of S3',
      fields(management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }),
      true,
      true,
    ],
    [
      'all but those of S3',
      fields(management, { Field: 'eventSource', NotEquals: ['s3.amazonaws.com'] }),
      false,
      false,
    ],
    [
      'those of one name',
      fields(management, { Field: 'eventName', Equals: ['PutBucketAcl'] }),
      false,
      false,
    ],
    [
      'those of a service by its beginning',
      fields(management, { Field: 'eventSource', StartsWith: ['s3'] }),
      false,
      false,
    ],
  ])('%s', async (_name, GetEventSelectors, reads, writes) => {
    const [found] = await trails({ GetEventSelectors });
    expect(found?.records).toEqual({ reads, writes });
  });
});

describe("the organization's trail", () => {
  const arn = TRAIL.replace(ACCOUNT, '999999999999');
  const log = `arn:aws:logs:${REGION}:999999999999:log-group:/trail/main:*`;
  const trailList = [trail({ TrailARN: arn, CloudWatchLogsLogGroupArn: log })];

  it.each([
    'AccessDeniedException',
    'CloudTrailARNInvalidException',
    'TrailNotFoundException',
  ])('does not show what it records, with %s', async (code) => {
    const refuse = () => {
      throw new ServiceError(code, 'not for you');
    };
    const hidden = {
      name: 'main',
      records: null,
      logGroup: { account: '999999999999', filters: null },
    };
    const DescribeTrails = { trailList };
    expect(await trails({ DescribeTrails, GetTrailStatus: refuse })).toMatchObject([hidden]);
    expect(await trails({ DescribeTrails, GetEventSelectors: refuse })).toMatchObject([hidden]);
  });

  it('shows it where it may', async () => {
    const found = await trails({ DescribeTrails: { trailList } });
    expect(found).toMatchObject([{ records: { reads: true, writes: true } }]);
  });

  it('fails the evaluation on what is worth another try', async () => {
    const refuse = () => {
      throw new ServiceError('ThrottlingException', 'Rate exceeded');
    };
    await expect(
      trails({ DescribeTrails: { trailList }, GetTrailStatus: refuse }),
    ).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});

describe('log groups', () => {
  it('there may be none', async () => {
    const { CloudWatchLogsLogGroupArn: _, ...plain } = trail();
    expect(await trails({ DescribeTrails: { trailList: [plain] } })).toMatchObject([
      { logGroup: null },
    ]);
  });

  it('one of another account has filters that nobody can see', async () => {
    const arn = `arn:aws:logs:${REGION}:999999999999:log-group:/trail/main:*`;
    const found = await trails({
      DescribeTrails: { trailList: [trail({ CloudWatchLogsLogGroupArn: arn })] },
    });
    expect(found).toMatchObject([{ logGroup: { account: '999999999999', filters: null } }]);
  });

  it('one that is gone has no filter', async () => {
    const found = await trails({
      DescribeMetricFilters: () => {
        throw new ServiceError(
          'ResourceNotFoundException',
          'The specified log group does not exist.',
        );
      },
    });
    expect(found).toMatchObject([{ logGroup: { filters: [] } }]);
  });

  it('CloudTrail may fail to write to it', async () => {
    const GetTrailStatus = { IsLogging: true, LatestCloudWatchLogsDeliveryError: 'Access denied.' };
    expect(await trails({ GetTrailStatus })).toMatchObject([
      { logGroup: { deliveryError: 'Access denied.' } },
    ]);
  });
});

const transformed = (parts: object) =>
  filter({ metricTransformations: [{ ...filter().metricTransformations[0], ...parts }] });

describe('metric filters', () => {
  it.each<[string, object, object]>([
    ['a default value', transformed({ defaultValue: 0 }), { defaultValue: 0 }],
    ['a unit', transformed({ unit: 'Count' }), { metric: { unit: 'Count' } }],
    ['a field as the value', transformed({ metricValue: '$.size' }), { value: null }],
    [
      'dimensions',
      transformed({ dimensions: { who: '$.userIdentity.arn' } }),
      { hasDimensions: true },
    ],
    [
      'system fields as dimensions',
      filter({ emitSystemFieldDimensions: ['@aws.region'] }),
      { hasDimensions: true },
    ],
    [
      'a choice of accounts',
      filter({ fieldSelectionCriteria: '@aws.account = "1"' }),
      { isNarrowed: true },
    ],
    ['transformed events', filter({ applyOnTransformedLogs: true }), { isNarrowed: true }],
    ['no pattern', filter({ filterPattern: undefined }), { pattern: '' }],
  ])('%s', async (_name, metricFilter, expected) => {
    const found = await trails({ DescribeMetricFilters: { metricFilters: [metricFilter] } });
    expect(found).toMatchObject([{ logGroup: { filters: [expected] } }]);
  });
});

const stat = (parts: object = {}) => ({
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'Trail', MetricName: 'S3Changes' }, Period: 60, Stat: 'Sum' },
  ...parts,
});
const inMath = (...Metrics: readonly object[]) => ({
  ...{ MetricName: undefined, Namespace: undefined, Statistic: undefined, Period: undefined },
  Metrics,
});

describe('alarms', () => {
  it('a metric in a list of one is that metric', async () => {
    expect(await oneAlarm(inMath(stat()))).toMatchObject({
      usesMath: false,
      metrics: [{ name: 'S3Changes', periodSeconds: 60, statistic: 'Sum' }],
    });
  });

  it('an expression is no metric', async () => {
    const found = await oneAlarm(inMath(stat(), { Id: 'e1', Expression: 'm1 / 2' }));
    expect(found).toMatchObject({ usesMath: true, metrics: [{ name: 'S3Changes' }] });
  });

  it('a metric of another account is not ours', async () => {
    expect(await oneAlarm(inMath(stat({ AccountId: '999999999999' })))).toBeUndefined();
  });

  it('datapoints are as many as periods unless told', async () => {
    expect(await oneAlarm({ EvaluationPeriods: 3 })).toMatchObject({ datapointsToAlarm: 3 });
    const some = { EvaluationPeriods: 3, DatapointsToAlarm: 1 };
    expect(await oneAlarm(some)).toMatchObject({ datapointsToAlarm: 1 });
  });

  it('what is not said is as CloudWatch takes it', async () => {
    const found = await oneAlarm({
      TreatMissingData: undefined,
      Threshold: undefined,
      AlarmActions: undefined,
    });
    expect(found).toMatchObject({ treatMissingData: 'missing', threshold: null, receivers: [] });
  });

  it('those on other metrics are left out, whatever they look like', async () => {
    const strange = { AlarmName: 'promql', ActionsEnabled: true };
    const DescribeAlarms = { MetricAlarms: [strange, alarm({ MetricName: 'Other' })] };
    expect(await trails({ DescribeAlarms })).toMatchObject([
      { logGroup: { filters: [{ alarms: [] }] } },
    ]);
  });
});

describe('evidence is missing', () => {
  const unavailable = ({ reading }: { reading: Reading<unknown> }) => reading;

  it.each([
    ['DescribeTrails', 'cloudtrail:DescribeTrails'],
    ['GetTrailStatus', 'cloudtrail:GetTrailStatus'],
    ['GetEventSelectors', 'cloudtrail:GetEventSelectors'],
    ['DescribeMetricFilters', 'logs:DescribeMetricFilters'],
    ['DescribeAlarms', 'cloudwatch:DescribeAlarms'],
    ['ListSubscriptionsByTopic', 'sns:ListSubscriptionsByTopic'],
  ])('without the permission for %s', async (operation, action) => {
    const denied = () => {
      throw new ServiceError(
        operation === 'ListSubscriptionsByTopic' ? 'AuthorizationError' : 'AccessDeniedException',
        'not authorized',
        403,
      );
    };
    expect(unavailable(await read({ [operation]: denied }))).toEqual({
      unavailable: 'access was denied',
      action,
    });
  });

  it.each<[string, Answers, RegExp]>([
    [
      'a trail without an ARN',
      { DescribeTrails: { trailList: [trail({ TrailARN: undefined })] } },
      /TrailARN/,
    ],
    ['a status that says nothing', { GetTrailStatus: {} }, /IsLogging/],
    [
      'a log group that is none',
      { DescribeTrails: { trailList: [trail({ CloudWatchLogsLogGroupArn: 'arn:aws:s3:::x' })] } },
      /CloudWatchLogsLogGroupArn/,
    ],
    [
      'an alarm without a comparison',
      { DescribeAlarms: { MetricAlarms: [alarm({ ComparisonOperator: undefined })] } },
      /ComparisonOperator/,
    ],
    [
      'a filter without a metric',
      { DescribeMetricFilters: { metricFilters: [transformed({ metricName: undefined })] } },
      /metricName/,
    ],
  ])('of %s', async (_name, parts, reason) => {
    expect(unavailable(await read(parts))).toEqual({ unavailable: expect.stringMatching(reason) });
  });
});
