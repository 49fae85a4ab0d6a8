import { describe, expect, it, onTestFinished } from 'vitest';
import { operations } from '../../src/services/operations.ts';
import { askingOnce, Refused, type Services } from '../../src/services/services.ts';
import { GLOBAL_REGION } from '../../src/values/region.ts';
import type { Answers } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { ServiceError } from '../contract-server/faults.ts';

const REGION = 'eu-central-1';

/** All that answer in pages, but those of S3. */
const PAGED = [
  'DescribeAlarms',
  'DescribeConfigRuleEvaluationStatus',
  'DescribeConfigRules',
  'DescribeMetricFilters',
  'GetAccountAuthorizationDetails',
  'ListAccounts',
  'ListAnalyzers',
  'ListDetectors',
  'ListEventDataStores',
  'ListFindingsV2',
  'ListKeys',
  'ListRecoveryPointsByResource',
  'ListRules',
  'ListSubscriptionsByTopic',
  'ListTargetsByRule',
];

async function start(answers: Answers = {}) {
  const bench = await startBench({ answers });
  onTestFinished(() => bench.close());
  return bench;
}

describe('an answer in pages', () => {
  it('comes whole, with every list in it', async () => {
    const pages = [
      { MetricAlarms: [{ AlarmName: 'a' }], CompositeAlarms: [{ AlarmName: 'x' }], NextToken: '1' },
      { MetricAlarms: [], NextToken: '2' },
      { MetricAlarms: [{ AlarmName: 'b' }], CompositeAlarms: [{ AlarmName: 'y' }] },
    ];
    const { services, server } = await start({
      DescribeAlarms: ({ NextToken = 0 }) => pages[Number(NextToken)] ?? {},
    });
    const answer = await services.ask('DescribeAlarms', {}, REGION);
    expect(answer.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['a', 'b']);
    expect(answer.CompositeAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['x', 'y']);
    expect(server.calls.length).toBe(3);
  });

  it('is put together in the query protocol as well', async () => {
    const { services } = await start({
      GetAccountAuthorizationDetails: ({ Marker }) =>
        Marker === undefined
          ? { UserDetailList: [{ UserName: 'a' }], IsTruncated: true, Marker: 'm' }
          : { UserDetailList: [{ UserName: 'b<&' }], IsTruncated: false },
    });
    const answer = await services.ask('GetAccountAuthorizationDetails', {}, GLOBAL_REGION);
    expect(answer.UserDetailList?.map(({ UserName }) => UserName)).toEqual(['a', 'b<&']);
  });

  // The contract server answers S3 out of the buckets it keeps, not out of these answers.
  const paged = Object.entries(operations).filter(
    ([, { token, service }]) => token !== null && service.name !== 's3',
  );
  it.each(paged)('of %s is asked for to the last page', async (name, { token, lists, service }) => {
    const { sent = '', answered = '' } = token ?? {};
    const empty = Object.fromEntries(lists.map((list) => [list, []]));
    const { services, server } = await start({
      [name]: (input) =>
        Object.keys(input).some((key) => key.toLowerCase() === sent.toLowerCase())
          ? empty
          : { ...empty, IsTruncated: true, [answered]: 'two' },
    });
    const input = { analyzerArn: 'a', Name: 'n', ResourceArn: 'r', Rule: 'r', TopicArn: 't' };
    const region = service.name === 'iam' ? GLOBAL_REGION : REGION;
    await services.ask(name as keyof typeof operations, input as never, region);
    expect(server.calls.map(({ operation }) => operation)).toEqual([name, name]);
  });

  // Whoever is left out here would be read to the end of its first page alone, and nobody would notice.
  it('comes in pages for these operations', () => {
    expect(paged.map(([name]) => name).sort()).toEqual(PAGED);
  });

  it('that does not come to an end is given up', async () => {
    const { services } = await start({ DescribeAlarms: { MetricAlarms: [], NextToken: 'again' } });
    await expect(services.ask('DescribeAlarms', {}, REGION)).rejects.toThrow(/come to an end/);
  });
});

it.each([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
])('%s is a refusal that names the permission', async (code) => {
  const { services, server } = await start();
  server.fail('DescribeTrails', code);
  const refusal = services.ask('DescribeTrails', {}, REGION);
  await expect(refusal).rejects.toBeInstanceOf(Refused);
  await expect(refusal).rejects.toMatchObject({ action: 'cloudtrail:DescribeTrails' });
});

it('another error keeps the name the service gave it', async () => {
  const { services } = await start({
    DescribeKey: () => {
      throw new ServiceError('NotFoundException', 'no such key');
    },
    ListSubscriptionsByTopic: () => {
      throw new ServiceError('NotFoundException', 'no such topic', 404);
    },
  });
  await expect(services.ask('DescribeKey', { KeyId: 'k' }, REGION)).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  await expect(
    services.ask('ListSubscriptionsByTopic', { TopicArn: 't' }, REGION),
  ).rejects.toMatchObject({ name: expect.stringMatching(/^NotFound/) });
});

it('asks each service in the Region of the question', async () => {
  const { services, server } = await start({ ListAnalyzers: { analyzers: [] } });
  await services.ask('ListAnalyzers', { type: 'ACCOUNT' }, 'ap-south-1');
  expect(server.calls).toMatchObject([{ region: 'ap-south-1', input: { type: 'ACCOUNT' } }]);
});

it('no operation writes, and none reads an object', () => {
  for (const [name, { action }] of Object.entries(operations)) {
    expect(name).toMatch(/^(Describe|Generate|Get|List)/);
    expect(action).not.toMatch(/^s3:(GetObject|ListBucket$)/);
    expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
  }
});

describe('asking once', () => {
  const counting = () => {
    const asked: string[] = [];
    const state = { running: 0, most: 0 };
    const services: Services = {
      async ask(operation, input, region) {
        asked.push(`${operation} ${JSON.stringify(input)} ${region}`);
        state.most = Math.max(state.most, ++state.running);
        await new Promise((resolve) => setImmediate(resolve));
        state.running--;
        return {} as never;
      },
    };
    return { asked, state, services };
  };

  it('puts the same question once, and others each', async () => {
    const { asked, services } = counting();
    const once = askingOnce(services);
    await Promise.all([
      once.ask('DescribeKey', { KeyId: 'a' }, REGION),
      once.ask('DescribeKey', { KeyId: 'a' }, REGION),
      once.ask('DescribeKey', { KeyId: 'b' }, REGION),
      once.ask('DescribeKey', { KeyId: 'a' }, 'us-east-1'),
      once.ask('GetKeyPolicy', { KeyId: 'a' }, REGION),
    ]);
    await once.ask('DescribeKey', { KeyId: 'a' }, REGION);
    expect(asked.length).toBe(4);
  });

  it('never asks more at the same time than it may', async () => {
    const { asked, state, services } = counting();
    const once = askingOnce(services, 3);
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((KeyId) => once.ask('DescribeKey', { KeyId }, REGION)));
    expect(asked.length).toBe(50);
    expect(state.most).toBe(3);
  });

  it('hands a failure to everyone who asked, and does not stop there', async () => {
    const services: Services = {
      ask: async (_operation, input) => {
        if ('KeyId' in input && input.KeyId === 'bad') throw new Error('busy');
        return {} as never;
      },
    };
    const once = askingOnce(services, 1);
    const asked = ['bad', 'bad', 'good'].map((KeyId) => once.ask('DescribeKey', { KeyId }, REGION));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});

describe('a Region that no service can have', () => {
  it.each([
    '',
    'mars-1',
    'EU-WEST-1',
    'eu-west-1.evil.example/',
    'eu-west-1@evil.example',
    'localhost:8080',
    '169.254.169.254',
    `${'a'.repeat(300)}-1`,
    'eu-west-1\r\nHost: evil.example',
  ])('becomes part of no host name: %j', async (region) => {
    const { services, server } = await start({ DescribeTrails: { trailList: [] } });
    await expect(services.ask('DescribeTrails', {}, region)).rejects.toThrow('not an AWS Region');
    expect(server.calls).toEqual([]);
  });

  it.each([
    'us-gov-west-1',
    'cn-northwest-1',
    'us-isob-east-1',
    'eusc-de-east-1',
    'mx-central-1',
  ])('and %s is one', async (region) => {
    const { services } = await start({ DescribeTrails: { trailList: [] } });
    await expect(services.ask('DescribeTrails', {}, region)).resolves.toBeDefined();
  });
});
