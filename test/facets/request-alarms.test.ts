import { expect, it, onTestFinished } from 'vitest';
import { SubjectGone } from '../../src/facets/asked.ts';
import { requestAlarms } from '../../src/facets/bucket/asked/request-alarms.ts';
import { requestMetrics } from '../../src/facets/bucket/asked/request-metrics.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { ACCOUNT, alarm, answers, REGION, TOPIC } from '../alarm-answers.ts';
import type { Answers } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { State } from '../contract-server/state.ts';

const item = unwrap({ configurationItem: bucketItem('records', { awsRegion: 'eu-west-1' }) });

async function start(state: Partial<State>, parts: Answers = {}) {
  const bench = await startBench({ ...state, answers: answers(parts) });
  onTestFinished(() => bench.close());
  return bench;
}

it('the configurations that cover the whole bucket are those without a filter, on every page', async () => {
  const metrics = [{ id: 'a' }, { id: 'logs', prefix: 'logs/' }, { id: 'b' }];
  const { services, server } = await start({
    buckets: { records: { metrics } },
    pageSizes: { ListBucketMetricsConfigurations: 1 },
  });
  expect(await requestMetrics.read(services, item)).toEqual({ value: ['a', 'b'] });
  expect(server.calls).toHaveLength(3);
  expect(server.calls[0]).toMatchObject({
    region: 'eu-west-1',
    input: { ExpectedBucketOwner: ACCOUNT },
  });
});

it('there may be none', async () => {
  const { services } = await start({ buckets: { records: {} } });
  expect(await requestMetrics.read(services, item)).toEqual({ value: [] });
});

it('a bucket that is gone is no subject', async () => {
  const { services } = await start({});
  await expect(requestMetrics.read(services, item)).rejects.toBeInstanceOf(SubjectGone);
});

it('without the permission evidence is missing', async () => {
  const { services } = await start({ buckets: { records: { denied: true } } });
  expect(await requestMetrics.read(services, item)).toEqual({
    unavailable: 'access was denied',
    action: 's3:GetMetricsConfiguration',
  });
});

const Dimensions = [
  { Name: 'BucketName', Value: 'records' },
  { Name: 'FilterId', Value: 'whole' },
];
const onBucket = { Namespace: 'AWS/S3', MetricName: 'AllRequests', Dimensions };

it('alarms on metrics of the bucket come from its Region', async () => {
  const other = { ...onBucket, Dimensions: [{ Name: 'BucketName', Value: 'other' }] };
  const custom = { ...onBucket, Namespace: 'Custom' };
  const { services, server } = await start(
    {},
    {
      DescribeAlarms: {
        MetricAlarms: [alarm(), alarm(other), alarm(custom), alarm({ ...onBucket, Unit: 'Count' })],
      },
    },
  );
  expect(await requestAlarms.read(services, item)).toMatchObject({
    value: [
      {
        receivers: [{ arn: TOPIC, subscribers: 'some' }],
        metrics: [
          {
            name: 'AllRequests',
            unit: 'Count',
            dimensions: new Map([
              ['BucketName', 'records'],
              ['FilterId', 'whole'],
            ]),
          },
        ],
      },
    ],
  });
  expect(server.calls.map(({ operation, region }) => `${operation} ${region}`)).toEqual([
    'DescribeAlarms eu-west-1',
    'DescribeAlarms eu-west-1',
    'ListRules eu-west-1',
    // Topics are asked where they are.
    `ListSubscriptionsByTopic ${REGION}`,
    `GetTopicAttributes ${REGION}`,
  ]);
});

it('an alarm on a band of what is normal takes in its metric', async () => {
  const Metrics = [
    { Id: 'm1', MetricStat: { Metric: onBucket, Period: 300, Stat: 'Sum' } },
    { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' },
  ];
  const band = { MetricName: undefined, Namespace: undefined, Threshold: undefined, Metrics };
  const { services } = await start({}, { DescribeAlarms: { MetricAlarms: [alarm(band)] } });
  expect(await requestAlarms.read(services, item)).toMatchObject({
    value: [{ usesMath: true, threshold: null, metrics: [{ name: 'AllRequests' }] }],
  });
});
