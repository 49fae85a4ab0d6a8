import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import {
  CAPTURED,
  CONFIG_RULE,
  changeEvent,
  changeOf,
  eventOf,
  sentence,
  startLambda,
  TOKEN,
  tlsBucket,
} from './world.ts';

describe('a configuration change', () => {
  it('puts one evaluation, of the item and as of its capture', async () => {
    const { handle, operations, puts, logs } = await startLambda();
    expect(await handle(changeEvent('s3-tls-only', bucketItem('plain')))).toEqual({
      evaluations: 1,
    });
    expect(operations()).toEqual(['PutEvaluations']);
    expect(puts()).toEqual([
      {
        ResultToken: TOKEN,
        TestMode: false,
        Evaluations: [
          {
            ComplianceResourceType: 'AWS::S3::Bucket',
            ComplianceResourceId: 'plain',
            ComplianceType: 'NON_COMPLIANT',
            Annotation: `noPolicy: ${sentence('s3-tls-only', 'noPolicy')}`,
            OrderingTimestamp: epochSeconds(CAPTURED),
          },
        ],
      },
    ]);
    expect(logs).toEqual([
      {
        ...{ level: 'info', rule: 's3-tls-only', configRuleName: CONFIG_RULE },
        ...{ account: '111122223333', task: 'item', verdicts: { NON_COMPLIANT: 1 } },
      },
    ]);
  });

  it('passes what complies', async () => {
    const { handle, results } = await startLambda();
    await handle(changeEvent('s3-tls-only', tlsBucket('safe')));
    expect(results()).toMatchObject([
      {
        ...{ resourceId: 'safe', complianceType: 'COMPLIANT' },
        annotation: `refused: ${sentence('s3-tls-only', 'refused')}`,
      },
    ]);
  });

  it('is judged without a difference, as on a re-evaluation', async () => {
    const { handle, results } = await startLambda();
    const message = { ...changeOf(bucketItem('plain')), configurationItemDiff: null };
    await handle(eventOf(message, 's3-tls-only'));
    expect(results()).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
  });

  it('stores one result however often it arrives', async () => {
    const { handle, results } = await startLambda();
    const event = changeEvent('s3-tls-only', bucketItem('plain'));
    await handle(event);
    const once = structuredClone(results());
    await handle(event);
    expect(results()).toMatchObject(once.map(({ recordedTime, ...result }) => result));
    expect(results()).toHaveLength(1);
  });

  it('never overwrites a later one that arrived before it', async () => {
    const { handle, results } = await startLambda();
    const later = { configurationItemCaptureTime: '2026-03-01T10:00:01.000Z' };
    await handle(changeEvent('s3-tls-only', tlsBucket('fixed', later)));
    await handle(changeEvent('s3-tls-only', bucketItem('fixed')));
    expect(results()).toMatchObject([{ complianceType: 'COMPLIANT' }]);
    await handle(changeEvent('s3-tls-only', deletedItem('fixed', CAPTURED)));
    expect(results()).toHaveLength(1);
  });
});

/** A resource that is not to be judged; reading its configuration would make the evidence unavailable. */
const absent = (configurationItemStatus: string) => ({
  ...deletedItem('gone', CAPTURED),
  configurationItemStatus,
});

describe('a resource that is not to be judged', () => {
  it.each([
    ['deleted', absent('ResourceDeleted'), {}, 'resourceDeleted'],
    ['deleted, not recorded', absent('ResourceDeletedNotRecorded'), {}, 'resourceDeleted'],
    ['not recorded', absent('ResourceNotRecorded'), {}, 'resourceNotRecorded'],
    ['out of scope', bucketItem('gone'), { eventLeftScope: true }, 'resourceOutOfScope'],
    ['out of scope as text', bucketItem('gone'), { eventLeftScope: 'True' }, 'resourceOutOfScope'],
    ['out of scope, deleted', absent('OK'), { eventLeftScope: true }, 'resourceOutOfScope'],
    [
      'of another type',
      bucketItem('gone', { resourceType: 'AWS::CloudTrail::Trail' }),
      {},
      'resourceOutOfScope',
    ],
  ])('%s is NOT_APPLICABLE, once, and nothing else is asked', async (_, item, parts, reason) => {
    const { handle, operations, puts } = await startLambda();
    // A rule that would query AWS Config for every bucket it judges.
    const event = changeEvent('s3-log-retention', item, {}, parts);
    expect(await handle(event)).toEqual({ evaluations: 1 });
    expect(operations()).toEqual(['PutEvaluations']);
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ...{ ComplianceResourceType: item.resourceType, ComplianceResourceId: 'gone' },
        ComplianceType: 'NOT_APPLICABLE',
        Annotation: expect.stringMatching(new RegExp(`^${reason}: The |^${reason}: AWS Config `)),
        OrderingTimestamp: epochSeconds(CAPTURED),
      },
    ]);
  });

  it('loses the result it had', async () => {
    const { handle, results } = await startLambda();
    await handle(changeEvent('s3-tls-only', bucketItem('gone')));
    expect(results()).toHaveLength(1);
    await handle(changeEvent('s3-tls-only', deletedItem('gone', '2026-03-01T11:00:00.000Z')));
    expect(results()).toEqual([]);
  });

  it.each([
    false,
    'False',
    'false',
    null,
    undefined,
  ])('is in scope when eventLeftScope is %s', async (eventLeftScope) => {
    const { handle, results } = await startLambda();
    await handle(changeEvent('s3-tls-only', bucketItem('here'), {}, { eventLeftScope }));
    expect(results()).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
  });

  it('is judged when it was just discovered', async () => {
    const { handle, results } = await startLambda();
    const item = bucketItem('new', { configurationItemStatus: 'ResourceDiscovered' });
    await handle(changeEvent('s3-tls-only', item));
    expect(results()).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
  });
});
