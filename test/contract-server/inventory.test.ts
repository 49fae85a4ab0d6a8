import {
  BatchGetResourceConfigCommand,
  GetResourceConfigHistoryCommand,
  type GetResourceConfigHistoryCommandInput,
  InvalidLimitException,
  InvalidTimeRangeException,
  ListDiscoveredResourcesCommand,
  type ListDiscoveredResourcesCommandInput,
  NoAvailableConfigurationRecorderException,
  paginateGetResourceConfigHistory,
  paginateListDiscoveredResources,
  ResourceNotDiscoveredException,
  ValidationException,
} from '@aws-sdk/client-config-service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './clients.ts';
import { bucketItem, deletedItem } from './items.ts';

const march = (day: number, time = '10:00:00.250') =>
  `2026-03-${String(day).padStart(2, '0')}T${time}Z`;
const version = (day: number) =>
  bucketItem('b', { configurationItemCaptureTime: march(day), configurationStateId: day });

let bench: Bench;

beforeEach(async () => {
  bench = await startBench({
    items: [
      ...[1, 2, 3, 20].map(version),
      bucketItem('gone', { configurationItemCaptureTime: march(1) }),
      deletedItem('gone', march(4)),
      bucketItem('other', { resourceName: 'nick' }),
    ],
  });
});
afterEach(() => bench.close());

const bucket = { resourceType: 'AWS::S3::Bucket', resourceId: 'b' } as const;

describe('GetResourceConfigHistory', () => {
  const history = (input: Partial<GetResourceConfigHistoryCommandInput> = {}) =>
    bench.config.send(new GetResourceConfigHistoryCommand({ ...bucket, ...input }));
  const states = async (input: Partial<GetResourceConfigHistoryCommandInput> = {}) =>
    (await history(input)).configurationItems?.map((item) => Number(item.configurationStateId));

  it('answers newest first, in the encoding of the API', async () => {
    const { configurationItems } = await history({ limit: 1 });
    const [item] = configurationItems ?? [];
    expect(item?.configurationItemCaptureTime).toEqual(new Date(march(20)));
    expect(item).toMatchObject({ configurationStateId: '20', accountId: '111122223333' });
    expect(JSON.parse(item?.configuration ?? '')).toHaveProperty('name', 'b');
    const acl = item?.supplementaryConfiguration?.['AccessControlList'] ?? '';
    expect(JSON.parse(JSON.parse(acl))).toHaveProperty('owner.id', 'f00d');
  });

  it('finds the item of a capture time to the millisecond', async () => {
    expect(await states({ laterTime: new Date(march(2)), limit: 1 })).toEqual([2]);
    expect(await states({ laterTime: new Date(march(2, '10:00:00.249')), limit: 1 })).toEqual([1]);
    expect(await states({ laterTime: new Date('2026-02-01') })).toEqual([]);
    expect(await states({ earlierTime: new Date(march(3)) })).toEqual([20]);
  });

  it('gives at most seven days in one page', async () => {
    expect(await states()).toEqual([20]);
    expect(await states({ chronologicalOrder: 'Forward' })).toEqual([1, 2, 3]);
    const seen: (string | undefined)[] = [];
    // The SDK's paginators write token and page size into the input they are given.
    const input = { ...bucket };
    const pages = paginateGetResourceConfigHistory({ client: bench.config, pageSize: 2 }, input);
    for await (const { configurationItems = [] } of pages) {
      seen.push(configurationItems.map((item) => item.configurationStateId).join());
    }
    expect(seen).toEqual(['20', '3,2', '1']);
  });

  it('refuses what Config refuses', async () => {
    const { resourceType } = bucket;
    await expect(history({ resourceId: 'never' })).rejects.toBeInstanceOf(
      ResourceNotDiscoveredException,
    );
    await expect(history({ limit: 101 })).rejects.toBeInstanceOf(InvalidLimitException);
    const sameTime = { earlierTime: new Date(march(2)), laterTime: new Date(march(2)) };
    await expect(history(sameTime)).rejects.toBeInstanceOf(InvalidTimeRangeException);
    const noId = new GetResourceConfigHistoryCommand({ resourceType, resourceId: undefined });
    await expect(bench.config.send(noId)).rejects.toBeInstanceOf(ValidationException);
    bench.state.recorder = false;
    await expect(history()).rejects.toBeInstanceOf(NoAvailableConfigurationRecorderException);
  });
});

describe('BatchGetResourceConfig', () => {
  const batch = (...ids: string[]) =>
    bench.config.send(
      new BatchGetResourceConfigCommand({
        resourceKeys: ids.map((resourceId) => ({ ...bucket, resourceId })),
      }),
    );

  it('gives the newest items without tags, deleted resources and unknown ones', async () => {
    const { baseConfigurationItems, unprocessedResourceKeys } = await batch('b', 'gone', 'never');
    expect(unprocessedResourceKeys).toEqual([]);
    expect(baseConfigurationItems).toMatchObject([{ resourceId: 'b', configurationStateId: '20' }]);
    const [item] = baseConfigurationItems ?? [];
    expect(item).not.toHaveProperty('tags');
    expect(JSON.parse(item?.configuration ?? '')).toHaveProperty('name', 'b');
    const supplementary = item?.supplementaryConfiguration ?? {};
    expect(supplementary).not.toHaveProperty('BucketTaggingConfiguration');
    expect(supplementary['IsRequesterPaysEnabled']).toBe('false');
  });

  it('takes 1 to 100 keys', async () => {
    const names = Array.from({ length: 101 }, (_, n) => `b-${n}`);
    await expect(batch(...names.slice(1))).resolves.toBeDefined();
    await expect(batch(...names)).rejects.toBeInstanceOf(ValidationException);
    await expect(batch()).rejects.toBeInstanceOf(ValidationException);
  });

  it('can leave keys unprocessed, for once', async () => {
    const unprocessedKeys = ({ resourceId }: { resourceId: string }) => resourceId === 'other';
    bench.server.fail('BatchGetResourceConfig', { unprocessedKeys });
    const first = await batch('b', 'other');
    expect(first.baseConfigurationItems).toHaveLength(1);
    expect(first.unprocessedResourceKeys).toEqual([{ ...bucket, resourceId: 'other' }]);
    expect((await batch('other')).baseConfigurationItems).toHaveLength(1);
  });
});

describe('ListDiscoveredResources', () => {
  const { resourceType } = bucket;
  const ids = async (input: Partial<ListDiscoveredResourcesCommandInput> = {}) => {
    const command = new ListDiscoveredResourcesCommand({ resourceType, ...input });
    return (await bench.config.send(command)).resourceIdentifiers?.map((one) => one.resourceId);
  };

  it('lists, narrows and includes the deleted on demand', async () => {
    expect(await ids()).toEqual(['b', 'other']);
    expect(await ids({ includeDeletedResources: true })).toEqual(['b', 'gone', 'other']);
    expect(await ids({ resourceIds: ['other'] })).toEqual(['other']);
    expect(await ids({ resourceName: 'nick' })).toEqual(['other']);
    expect(await ids({ resourceType: 'AWS::KMS::Key' })).toEqual([]);
  });

  it('pages', async () => {
    const names = Array.from({ length: 205 }, (_, n) => `n-${n}`);
    bench.state.items = names.map((name) => bucketItem(name));
    const seen: number[] = [];
    const pages = paginateListDiscoveredResources({ client: bench.config }, { resourceType });
    for await (const page of pages) seen.push(page.resourceIdentifiers?.length ?? 0);
    expect(seen).toEqual([100, 100, 5]);
  });

  it('refuses ids with a name, 21 ids and an unknown type', async () => {
    const both = ids({ resourceIds: ['b'], resourceName: 'b' });
    await expect(both).rejects.toThrow('Both Resource ID and Resource Name');
    const many = ids({ resourceIds: Array.from({ length: 21 }, () => 'b') });
    await expect(many).rejects.toBeInstanceOf(ValidationException);
    const type = 'AWS::S3::Object' as typeof resourceType;
    await expect(ids({ resourceType: type })).rejects.toBeInstanceOf(ValidationException);
  });
});
