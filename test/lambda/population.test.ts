import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import {
  bucketWith,
  changeEvent,
  eventOf,
  NOTIFIED,
  names,
  scheduledEvent,
  startLambda,
  tlsBucket,
} from './world.ts';

const snapshotEvent = (rule: string) =>
  eventOf(
    {
      ...{ configSnapshotId: 'id', s3ObjectKey: 'key', s3Bucket: 'bucket' },
      notificationCreationTime: NOTIFIED,
      messageType: 'ConfigurationSnapshotDeliveryCompleted',
      recordVersion: '1.1',
    },
    rule,
  );

describe('a scheduled notification', () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('reports on %i buckets in calls of %j evaluations', async (count, sizes) => {
    const items = names(count).map((name) => bucketItem(name));
    const { handle, puts, results } = await startLambda({ items });
    expect(await handle(scheduledEvent('s3-tls-only'))).toEqual({ evaluations: count });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual(sizes);
    expect(results().map(({ resourceId }) => resourceId)).toEqual(names(count));
    const times = new Set(results().map(({ orderingTimestamp }) => orderingTimestamp));
    expect([...times]).toEqual(count === 0 ? [] : [epochSeconds(NOTIFIED)]);
  });

  it('judges each bucket as it was last recorded, and no bucket that is gone', async () => {
    const items = [
      bucketItem('fixed', { configurationItemCaptureTime: '2026-01-01T00:00:00.000Z' }),
      tlsBucket('fixed'),
      deletedItem('gone', NOTIFIED),
      bucketItem('trail', { resourceType: 'AWS::CloudTrail::Trail' }),
    ];
    const { handle, results } = await startLambda({ items });
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toMatchObject([{ resourceId: 'fixed', complianceType: 'COMPLIANT' }]);
  });

  it('reads the list of resources page by page', async () => {
    const items = names(5).map((name) => bucketItem(name));
    const pageSizes = { ListDiscoveredResources: 2 };
    const { handle, results } = await startLambda({ items, pageSizes });
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toHaveLength(5);
  });

  it('never overwrites the result of a change that was captured after it', async () => {
    const later = { configurationItemCaptureTime: '2026-03-02T12:00:03.000Z' };
    const { handle, results } = await startLambda({ items: [bucketItem('fixed')] });
    await handle(changeEvent('s3-tls-only', tlsBucket('fixed', later)));
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toMatchObject([{ complianceType: 'COMPLIANT' }]);
  });

  it('reports a bucket whose record is damaged, and judges the others', async () => {
    const items = [
      tlsBucket('safe'),
      bucketWith('cut-off', { BucketPolicy: '{"policyText": "{' }),
      { ...bucketItem('empty'), supplementaryConfiguration: undefined },
      bucketWith('shapeless', { BucketPolicy: [1, 2] }),
      bucketItem('plain'),
    ];
    const { handle, results } = await startLambda({ items });
    await handle(scheduledEvent('s3-tls-only'));
    const unread = (resourceId: string) => ({
      ...{ resourceId, complianceType: 'NON_COMPLIANT' },
      annotation: expect.stringMatching(/^evidenceUnavailable: The policy .*BucketPolicy/),
    });
    expect(results()).toMatchObject([
      { resourceId: 'safe', complianceType: 'COMPLIANT' },
      ...['cut-off', 'empty', 'shapeless'].map(unread),
      { resourceId: 'plain', annotation: expect.stringMatching(/^noPolicy: /) },
    ]);
  });

  it('asks again for the resources that AWS Config left unprocessed', async () => {
    const items = names(3).map((name) => bucketItem(name));
    const { handle, server, calls, results, waits } = await startLambda({ items });
    const unprocessedKeys = ({ resourceId }: { resourceId: string }) => resourceId === 'bucket-1';
    server.fail('BatchGetResourceConfig', { unprocessedKeys }, 2);
    await handle(scheduledEvent('s3-tls-only'));
    const asked = calls('BatchGetResourceConfig').map(
      ({ input }) => (input as { resourceKeys: unknown[] }).resourceKeys.length,
    );
    expect(asked).toEqual([3, 1, 1]);
    expect(waits).toEqual([400, 800]);
    expect(
      results()
        .map(({ resourceId }) => resourceId)
        .sort(),
    ).toEqual(names(3));
  });

  it('asks the history for a resource that the answer leaves out, and retires it only when it is gone', async () => {
    const items = [tlsBucket('bucket-1'), bucketItem('bucket-2'), bucketItem('bucket-3')];
    const { handle, server, state, calls, results } = await startLambda({ items });
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toHaveLength(3);
    const omittedKeys = ({ resourceId }: { resourceId: string }) => resourceId !== 'bucket-3';
    server.fail('BatchGetResourceConfig', { omittedKeys });
    await handle(scheduledEvent('s3-tls-only'));
    expect(calls('GetResourceConfigHistory')).toHaveLength(2);
    const verdicts = results().map((each) => `${each.resourceId} ${each.complianceType}`);
    expect(verdicts.sort()).toEqual([
      'bucket-1 COMPLIANT',
      'bucket-2 NON_COMPLIANT',
      'bucket-3 NON_COMPLIANT',
    ]);
    state.items.push(deletedItem('bucket-2', NOTIFIED));
    await handle(scheduledEvent('s3-tls-only'));
    const left = results().map(({ resourceId }) => resourceId);
    expect(left.sort()).toEqual(['bucket-1', 'bucket-3']);
  });

  it('gives up when they stay unprocessed, after the others were reported, and retires nothing', async () => {
    const items = names(3).map((name) => bucketItem(name));
    const { handle, server, calls, results } = await startLambda({ items });
    await handle(scheduledEvent('s3-tls-only'));
    const unprocessedKeys = ({ resourceId }: { resourceId: string }) => resourceId === 'bucket-1';
    server.fail('BatchGetResourceConfig', { unprocessedKeys }, 100);
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({
      name: 'NotYetRecorded',
      message: 'AWS Config did not process 1 of 3 resources.',
    });
    expect(calls('BatchGetResourceConfig')).toHaveLength(1 + 4);
    expect(results().map(({ resourceId }) => resourceId)).toEqual(names(3));
  });

  it.each([
    ['ListDiscoveredResources', 'ThrottlingException'],
    ['BatchGetResourceConfig', 'InternalFailure'],
  ])('throws when %s meets %s, and reports nothing', async (operation, name) => {
    const { handle, server, puts } = await startLambda({ items: [bucketItem('plain')] });
    server.fail(operation, name);
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({ name });
    expect(puts()).toEqual([]);
  });
});

describe('the delivery of a snapshot', () => {
  it('is taken for a scheduled notification', async () => {
    const items = names(101).map((name) => bucketItem(name));
    const { handle, puts, results } = await startLambda({ items });
    expect(await handle(snapshotEvent('s3-tls-only'))).toEqual({ evaluations: 101 });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([100, 1]);
    expect(results()[0]).toMatchObject({ orderingTimestamp: epochSeconds(NOTIFIED) });
  });
});
