import { describe, expect, it, onTestFinished } from 'vitest';
import { eventDataStores } from '../../src/facets/bucket/asked/event-data-stores.ts';
import { trails } from '../../src/facets/bucket/asked/trails.ts';
import { unwrap } from '../../src/records/normalise.ts';
import type { Answers, Fields } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { advanced, basic, where } from '../event-selectors.ts';

const item = unwrap({ configurationItem: bucketItem('data') });
const arnOf = (name: string, account = '111122223333') =>
  `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`;
const described = (name: string, given: object = {}) => ({
  Name: name,
  TrailARN: arnOf(name),
  HomeRegion: 'us-east-1',
  IsMultiRegionTrail: true,
  ...given,
});
const running = { IsLogging: true };
const answers = (given: Answers = {}): Answers => ({
  DescribeTrails: { trailList: [described('audit')] },
  GetTrailStatus: running,
  GetEventSelectors: { EventSelectors: [] },
  ListEventDataStores: { EventDataStores: [] },
  ...given,
});
const refuse = (code: string) => () => {
  throw new ServiceError(code, 'no');
};

async function start(given: Answers = {}) {
  const bench = await startBench({ answers: answers(given) });
  onTestFinished(() => bench.close());
  const calls = () =>
    bench.server.calls.map(({ operation, region, input }) => ({ operation, region, input }));
  return { ...bench, calls };
}

async function trailsOf(given: Answers) {
  const { services } = await start(given);
  const reading = await trails.read(services, item);
  if (!('value' in reading)) throw new Error(reading.unavailable);
  return reading.value;
}

describe('trails', () => {
  it('are those that record the Region, shadows too, asked about at home by ARN', async () => {
    const { services, calls } = await start();
    await trails.read(services, item);
    expect(calls()).toEqual([
      {
        operation: 'DescribeTrails',
        region: 'eu-central-1',
        input: { includeShadowTrails: true },
      },
      { operation: 'GetTrailStatus', region: 'us-east-1', input: { Name: arnOf('audit') } },
      { operation: 'GetEventSelectors', region: 'us-east-1', input: { TrailName: arnOf('audit') } },
    ]);
  });

  it('carry what a rule asks of them', async () => {
    const [trail] = await trailsOf({
      DescribeTrails: {
        trailList: [
          described('audit', {
            S3BucketName: 'audit-logs',
            IsOrganizationTrail: true,
            LogFileValidationEnabled: true,
            KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
          }),
        ],
      },
      GetTrailStatus: {
        IsLogging: true,
        LatestDeliveryTime: new Date('2026-03-02T11:45:00Z'),
        LatestDigestDeliveryError: 'AccessDenied',
      },
      GetEventSelectors: {
        EventSelectors: [
          {
            ReadWriteType: 'WriteOnly',
            IncludeManagementEvents: true,
            DataResources: [
              { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::data/'] },
              { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] },
            ],
          },
        ],
      },
    });
    expect(trail).toEqual({
      name: 'audit',
      arn: arnOf('audit'),
      bucketName: 'audit-logs',
      isOrganization: true,
      isMultiRegion: true,
      validatesLogFiles: true,
      key: 'arn:aws:kms:us-east-1:111122223333:key/1',
      status: {
        value: {
          isLogging: true,
          logFiles: { at: '2026-03-02T11:45:00.000Z', error: null },
          digestFiles: { at: null, error: 'AccessDenied' },
        },
      },
      selectors: { value: [basic('arn:aws:s3:::data/', 'write')] },
      management: { value: { reads: 'none', writes: 'all' } },
    });
  });

  it('carry advanced selectors with all their operators', async () => {
    const fields = [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      {
        Field: 'resources.ARN',
        StartsWith: ['a'],
        EndsWith: ['b'],
        NotEquals: ['c'],
        NotStartsWith: ['d'],
        NotEndsWith: ['e'],
      },
    ];
    const [trail] = await trailsOf({
      GetEventSelectors: { AdvancedEventSelectors: [{ Name: 'all', FieldSelectors: fields }] },
    });
    const given = {
      startsWith: ['a'],
      endsWith: ['b'],
      notEquals: ['c'],
      notStartsWith: ['d'],
      notEndsWith: ['e'],
    };
    expect(trail?.selectors).toEqual({ value: [advanced(where('resources.ARN', given))] });
  });

  it('without a ReadWriteType select both halves', async () => {
    const [trail] = await trailsOf({
      GetEventSelectors: {
        EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
      },
    });
    expect(trail?.selectors).toEqual({ value: [basic('arn:aws:s3')] });
  });

  it.each([
    ['TrailNotFoundException'],
    ['CloudTrailARNInvalidException'],
  ])('of an organization that answers a member with %s miss that alone', async (code) => {
    const shadow = described('org', { TrailARN: arnOf('org', '999988887777') });
    const [org, own] = await trailsOf({
      DescribeTrails: { trailList: [shadow, described('own')] },
      GetEventSelectors: ({ TrailName }: Fields) =>
        TrailName === arnOf('own') ? { EventSelectors: [] } : refuse(code)(),
    });
    expect(org).toMatchObject({
      status: { value: { isLogging: true } },
      selectors: { unavailable: `the service answered ${code}` },
    });
    expect(own?.selectors).toEqual({ value: [] });
  });

  it('say which permission is missing for which of them', async () => {
    const [trail] = await trailsOf({ GetTrailStatus: refuse('AccessDeniedException') });
    expect(trail).toMatchObject({
      status: { unavailable: 'access was denied', action: 'cloudtrail:GetTrailStatus' },
      selectors: { value: [] },
    });
  });

  it('that may not be listed are missing evidence', async () => {
    const { services } = await start({ DescribeTrails: refuse('AccessDeniedException') });
    expect(await trails.read(services, item)).toEqual({
      unavailable: 'access was denied',
      action: 'cloudtrail:DescribeTrails',
    });
  });

  it('are asked for again after what passes', async () => {
    const { services } = await start({ GetEventSelectors: refuse('ThrottlingException') });
    await expect(trails.read(services, item)).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'a type of events',
      { EventSelectors: [{ ReadWriteType: 'Some' }] },
      /ReadWriteType is "Some"/,
    ],
    [
      'a field without a name',
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Equals: ['Data'] }] }] },
      /FieldSelectors\[\]\.Field is missing/,
    ],
  ])('with %s that nobody documents are missing evidence', async (_name, answer, reason) => {
    const [trail] = await trailsOf({ GetEventSelectors: answer });
    expect(trail?.selectors).toEqual({ unavailable: expect.stringMatching(reason) });
  });

  it.each<[unknown, string | null]>([
    ['2026-03-02T11:45:00+01:00', '2026-03-02T10:45:00.000Z'],
    [1772451900, '2026-03-02T11:45:00.000Z'],
    [null, null],
  ])('were delivered at the time the command line prints: %s', async (time, at) => {
    const reading = await trails.read(
      {
        ask: async (operation) => {
          if (operation === 'DescribeTrails') return { trailList: [described('a')] } as never;
          if (operation === 'GetEventSelectors') return {} as never;
          return { IsLogging: true, LatestDeliveryTime: time } as never;
        },
      },
      item,
    );
    expect(reading).toMatchObject({ value: [{ status: { value: { logFiles: { at } } } }] });
  });

  it.each(['soon', true, 1e18, '+012345-01-01T00:00:00Z'])('%s is no time', async (time) => {
    const reading = await trails.read(
      {
        ask: async (operation) => {
          if (operation === 'DescribeTrails') return { trailList: [described('a')] } as never;
          return { IsLogging: true, LatestDeliveryTime: time } as never;
        },
      },
      item,
    );
    expect(reading).toMatchObject({
      value: [
        { status: { unavailable: expect.stringMatching(/^LatestDeliveryTime is .* a time$/) } },
      ],
    });
  });
});

describe('event data stores', () => {
  const storeArn = (name: string, region: string) =>
    `arn:aws:cloudtrail:${region}:111122223333:eventdatastore/${name}`;
  const selectors = [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      ],
    },
  ];
  const store = (arn: string, given: object = {}) => ({
    EventDataStoreArn: arn,
    Name: arn.slice(arn.lastIndexOf('/') + 1),
    Status: 'ENABLED',
    MultiRegionEnabled: true,
    AdvancedEventSelectors: selectors,
    ...given,
  });
  const stores: Readonly<Record<string, object>> = {
    [storeArn('here', 'eu-central-1')]: { MultiRegionEnabled: false },
    [storeArn('everywhere', 'us-east-1')]: {},
    [storeArn('elsewhere', 'us-east-1')]: { MultiRegionEnabled: false },
  };

  const listing = (arns: readonly string[]) => ({
    EventDataStores: arns.map((EventDataStoreArn) => ({ EventDataStoreArn })),
  });
  const found = ['here', 'everywhere'].map((name) => ({
    name,
    status: 'ENABLED',
    selectors: [advanced()],
  }));

  it.each<[string, (region: string | undefined) => readonly string[]]>([
    [
      'each Region lists its own',
      (region) => Object.keys(stores).filter((arn) => arn.includes(`:${region}:`)),
    ],
    ['each Region lists those of all', () => Object.keys(stores)],
  ])('are those that take events of the Region, whether or not %s', async (_name, arnsIn) => {
    const { services, server, calls } = await start({
      // Two pages: the second holds the rest.
      ListEventDataStores: ({ NextToken }: Fields) => {
        const [first = '', ...rest] = arnsIn(server.calls.at(-1)?.region);
        if (NextToken !== undefined) return listing(rest);
        return { ...listing([first]), NextToken: '2' };
      },
      GetEventDataStore: ({ EventDataStore: arn }: Fields) =>
        store(String(arn), stores[String(arn)]),
    });
    expect(await eventDataStores.read(services, item)).toEqual({ value: found });
    const asked = calls().filter(({ operation }) => operation === 'GetEventDataStore');
    expect(asked.map(({ region }) => region).sort()).toEqual([
      'eu-central-1',
      'us-east-1',
      'us-east-1',
    ]);
  });

  it.each<[string, Answers]>([
    ['none', {}],
    [
      'none where CloudTrail Lake is not',
      { ListEventDataStores: refuse('UnsupportedOperationException') },
    ],
    [
      'none that was deleted meanwhile',
      {
        ListEventDataStores: {
          EventDataStores: [{ EventDataStoreArn: storeArn('a', 'eu-central-1') }],
        },
        GetEventDataStore: refuse('EventDataStoreNotFoundException'),
      },
    ],
  ])('are %s', async (_name, given) => {
    const { services } = await start(given);
    expect(await eventDataStores.read(services, item)).toEqual({ value: [] });
  });

  it('without a Region in their ARN are missing evidence', async () => {
    const { services } = await start({ ListEventDataStores: listing(['store']) });
    expect(await eventDataStores.read(services, item)).toEqual({
      unavailable: 'EventDataStoreArn is "", expected a text',
    });
  });

  it('that may not be read are missing evidence', async () => {
    const { services } = await start({
      ListEventDataStores: {
        EventDataStores: [{ EventDataStoreArn: storeArn('a', 'eu-central-1') }],
      },
      GetEventDataStore: refuse('AccessDeniedException'),
    });
    expect(await eventDataStores.read(services, item)).toEqual({
      unavailable: 'access was denied',
      action: 'cloudtrail:GetEventDataStore',
    });
  });
});
