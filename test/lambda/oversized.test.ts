import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import type { EventItem } from '../contract-server/state.ts';
import { CAPTURED, eventOf, NOTIFIED, startLambda, tlsBucket } from './world.ts';

const at = (configurationItemCaptureTime: string) => ({ configurationItemCaptureTime });
const BEFORE = at('2026-03-01T09:00:00.000Z');
const AFTER = at('2026-03-01T11:00:00.000Z');

function oversizedEvent(item: EventItem) {
  const { configuration, supplementaryConfiguration, tags, relationships, ...summary } = item;
  const message = {
    configurationItemSummary: { ...summary, changeType: 'UPDATE' },
    messageType: 'OversizedConfigurationItemChangeNotification',
    notificationCreationTime: NOTIFIED,
    recordVersion: '1.0',
  };
  return eventOf(message, 's3-tls-only');
}

describe('an item too large for the event', () => {
  it('is fetched from the history as of its capture, and judged', async () => {
    const items = [bucketItem('large', BEFORE), tlsBucket('large'), bucketItem('large', AFTER)];
    const { handle, calls, operations, puts } = await startLambda({ items });
    expect(await handle(oversizedEvent(bucketItem('large')))).toEqual({ evaluations: 1 });
    expect(operations()).toEqual(['GetResourceConfigHistory', 'PutEvaluations']);
    expect(calls('GetResourceConfigHistory')[0]?.input).toEqual({
      ...{ resourceType: 'AWS::S3::Bucket', resourceId: 'large', limit: 1 },
      laterTime: epochSeconds(CAPTURED),
    });
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ...{ ComplianceResourceId: 'large', ComplianceType: 'COMPLIANT' },
        OrderingTimestamp: epochSeconds(CAPTURED),
      },
    ]);
  });

  it('needs neither the time nor the version of the notification', async () => {
    const { handle, results } = await startLambda({ items: [bucketItem('large')] });
    const event = oversizedEvent(bucketItem('large'));
    const { notificationCreationTime, recordVersion, ...message } = JSON.parse(event.invokingEvent);
    await handle({ ...event, invokingEvent: JSON.stringify(message) });
    expect(results()).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
  });

  it.each([
    ['holds only a later one', [bucketItem('large', AFTER)]],
    ['holds only an earlier one', [tlsBucket('large', BEFORE)]],
    ['does not know the resource yet', [bucketItem('other')]],
  ])('is worth another try while the history %s', async (_, items) => {
    const { handle, puts, logs } = await startLambda({ items });
    await expect(handle(oversizedEvent(bucketItem('large')))).rejects.toMatchObject({
      name: 'NotYetRecorded',
      message: expect.stringMatching(/^AWS::S3::Bucket large: .*2026-03-01T10:00:00\.250Z/),
    });
    expect(puts()).toEqual([]);
    expect(logs).toMatchObject([{ level: 'error', error: 'NotYetRecorded', task: 'oversized' }]);
  });

  it.each([
    'ThrottlingException',
    'NoAvailableConfigurationRecorderException',
    'AccessDeniedException',
  ])('is worth another try after %s', async (name) => {
    const { handle, puts, server } = await startLambda({ items: [bucketItem('large')] });
    server.fail('GetResourceConfigHistory', name);
    await expect(handle(oversizedEvent(bucketItem('large')))).rejects.toMatchObject({ name });
    expect(puts()).toEqual([]);
  });

  it.each([
    'ResourceDeleted',
    'ResourceDeletedNotRecorded',
    'ResourceNotRecorded',
  ])('is not fetched when its status is %s', async (configurationItemStatus) => {
    const { handle, operations, puts } = await startLambda();
    const item = { ...deletedItem('large', CAPTURED), configurationItemStatus };
    await handle(oversizedEvent(item));
    expect(operations()).toEqual(['PutEvaluations']);
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NOT_APPLICABLE' }]);
  });

  it('is not applicable when the history says it was deleted at that moment', async () => {
    const { handle, puts } = await startLambda({ items: [deletedItem('large', CAPTURED)] });
    await handle(oversizedEvent(bucketItem('large')));
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceType: 'NOT_APPLICABLE',
        Annotation: 'resourceDeleted: The resource no longer exists.',
      },
    ]);
  });
});
