import { describe, expect, it } from 'vitest';
import { Remembered } from '../../src/sources/config-api/remembered.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import {
  CAPTURED,
  changeEvent,
  eventOf,
  NOTIFIED,
  scheduledEvent,
  startLambda,
  tlsBucket,
} from './world.ts';

/** The same rule, asked again a day later, or at another time. */
const later = (at = '2026-03-03T12:00:00.500Z', rule = 's3-tls-only') =>
  eventOf({ messageType: 'ScheduledNotification', notificationCreationTime: at }, rule);

describe('a daily run reports only what AWS Config does not hold', () => {
  const start = () => startLambda({ items: [tlsBucket('safe'), bucketItem('plain')] });

  it('everything the first time, and nothing while nothing changes', async () => {
    const { handle, puts, results } = await start();
    await handle(scheduledEvent('s3-tls-only'));
    const held = structuredClone(results());
    expect(await handle(later())).toEqual({ evaluations: 2 });
    // An empty list tells AWS Config that the run is over.
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([2, 0]);
    expect(results()).toEqual(held);
  });

  it('a verdict that turned, a reason that differs, and what is gone', async () => {
    const { handle, puts, state } = await start();
    await handle(scheduledEvent('s3-tls-only'));
    const at = { configurationItemCaptureTime: '2026-03-02T20:00:00.000Z' };
    state.items.push(bucketItem('safe', at), deletedItem('plain', NOTIFIED), tlsBucket('new', at));
    await handle(later());
    const said = puts()
      .slice(1)
      .flatMap(({ Evaluations }) => Evaluations)
      .map((each) => `${each.ComplianceResourceId} ${each.ComplianceType}`);
    expect(said.sort()).toEqual(['new COMPLIANT', 'plain NOT_APPLICABLE', 'safe NON_COMPLIANT']);
  });

  it('what has no result and needs none stays without one', async () => {
    const { handle, puts } = await startLambda({
      items: [tlsBucket('safe'), deletedItem('gone', CAPTURED)],
    });
    await handle(scheduledEvent('s3-residency'));
    expect(
      puts().flatMap(({ Evaluations }) => Evaluations.map((each) => each.ComplianceType)),
    ).not.toContain('NOT_APPLICABLE');
  });

  it('a result that is older than the record again, so that no late event can turn it', async () => {
    const { handle, puts, state, results } = await start();
    await handle(scheduledEvent('s3-tls-only'));
    const changed = '2026-03-03T09:00:00.000Z';
    state.items.push(bucketItem('plain', { configurationItemCaptureTime: changed }));
    await handle(later());
    expect(puts()[1]?.Evaluations).toMatchObject([{ ComplianceResourceId: 'plain' }]);
    // What an instance that hung since the morning says of an earlier record comes too late.
    const stale = tlsBucket('plain', { configurationItemCaptureTime: changed });
    await handle(changeEvent('s3-tls-only', stale));
    expect(results().find(({ resourceId }) => resourceId === 'plain')?.complianceType).toBe(
      'NON_COMPLIANT',
    );
  });

  it('everything when the results that are held cannot be listed, and then fails', async () => {
    const { handle, server, puts } = await start();
    await handle(scheduledEvent('s3-tls-only'));
    server.fail('GetComplianceDetailsByConfigRule', 'ThrottlingException');
    await expect(handle(later())).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(puts()[1]?.Evaluations).toHaveLength(2);
  });

  it('and a change is answered in any case', async () => {
    const { handle, puts } = await start();
    await handle(changeEvent('s3-tls-only', bucketItem('plain')));
    await handle(changeEvent('s3-tls-only', bucketItem('plain')));
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([1, 1]);
  });
});

describe('what every change asks alike', () => {
  const clock = { now: Date.parse(NOTIFIED) };
  const remembered = () => new Remembered(() => new Date(clock.now));
  const queries = [{ matches: () => true, results: [] }];
  const asked = async () => {
    const lambda = await startLambda(
      { queries, deliveryChannels: [] },
      { remembered: remembered() },
    );
    const count = () =>
      lambda.calls('SelectResourceConfig').length + lambda.calls('DescribeDeliveryChannels').length;
    return { ...lambda, count };
  };

  it('is asked once a minute', async () => {
    const { handle, count } = await asked();
    await handle(changeEvent('s3-log-retention', bucketItem('bucket-a')));
    const first = count();
    await handle(changeEvent('s3-log-retention', bucketItem('bucket-a')));
    expect(count()).toBe(first);
    clock.now += 60_000;
    await handle(changeEvent('s3-log-retention', bucketItem('bucket-a')));
    expect(count()).toBe(2 * first);
  });

  it('is not kept when it was an error, nor for long', async () => {
    const answers = remembered();
    const ask = async (value: string) =>
      await answers.ask('q', async () => Promise.reject(new Error(value)));
    await expect(ask('one')).rejects.toThrow('one');
    await expect(ask('two')).rejects.toThrow('two');
    for (let n = 0; n < 600; n++) await answers.ask(`q${n}`, async () => n);
    expect(await answers.ask('q0', async () => 'asked again')).toBe('asked again');
    expect(await answers.ask('q599', async () => 'asked again')).toBe(599);
  });

  it('but for the tags of the bucket itself', async () => {
    const { handle, calls } = await asked();
    const untagged = bucketItem('bucket-a', { tags: {}, supplementaryConfiguration: {} });
    const rule = { parameters: 'appliesTo=bucket-a' };
    await handle(changeEvent('s3-lifecycle-expiration', untagged, rule));
    const first = calls('SelectResourceConfig').length;
    await handle(changeEvent('s3-lifecycle-expiration', untagged, rule));
    const tags = calls('SelectResourceConfig').filter(({ input }) =>
      /, tags /.test(JSON.stringify(input)),
    );
    expect(tags.length === 0 || calls('SelectResourceConfig').length > first).toBe(true);
  });
});
