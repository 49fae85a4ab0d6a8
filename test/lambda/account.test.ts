import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { createRule, type EventItem, type State } from '../contract-server/state.ts';
import {
  CAPTURED,
  CONFIG_RULE,
  changeEvent,
  eventOf,
  NOTIFIED,
  scheduledEvent,
  startLambda,
} from './world.ts';

const RULE = 's3-block-public-access-account';
const allOn = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

it.each<[string, Partial<State>, string, RegExp]>([
  ['with all flags on', { accountFlags: allOn }, 'COMPLIANT', /^blocked: /],
  ['that never set one', {}, 'NON_COMPLIANT', /^neverSet: /],
  [
    'with one flag off',
    { accountFlags: { ...allOn, BlockPublicPolicy: false } },
    'NON_COMPLIANT',
    /^flagsOff: .*BlockPublicPolicy off\.$/,
  ],
])('an account %s is judged once a day', async (_name, parts, ComplianceType, annotation) => {
  const { handle, puts, operations, calls } = await startLambda({
    ...parts,
    items: [bucketItem('a')],
  });
  await handle(scheduledEvent(RULE));
  expect(puts()[0]?.Evaluations).toMatchObject([
    {
      ComplianceResourceType: 'AWS::::Account',
      ComplianceResourceId: '111122223333',
      ComplianceType,
      OrderingTimestamp: epochSeconds(NOTIFIED),
    },
  ]);
  expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  expect(operations()).toEqual([
    'GetComplianceDetailsByConfigRule',
    'GetPublicAccessBlock',
    'PutEvaluations',
  ]);
  expect(calls('GetPublicAccessBlock')).toMatchObject([
    { region: 'eu-central-1', input: { ExpectedBucketOwner: '111122223333' } },
  ]);
});

it('a refusal is missing evidence that names the permission', async () => {
  const { handle, server, puts } = await startLambda();
  server.fail('GetPublicAccessBlock', 'AccessDenied');
  await handle(scheduledEvent(RULE));
  expect(puts()[0]?.Evaluations).toMatchObject([
    {
      ComplianceType: 'NON_COMPLIANT',
      Annotation:
        'evidenceUnavailable: The block public access could not be assessed: access was denied (needs s3:GetAccountPublicAccessBlock).',
    },
  ]);
});

it('what is worth another try fails the invocation', async () => {
  const { handle, server, puts } = await startLambda();
  server.fail('GetPublicAccessBlock', 'ServiceUnavailable');
  await expect(handle(scheduledEvent(RULE))).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  expect(puts()).toEqual([]);
});

it('results that the rule once gave on buckets are retired', async () => {
  const stale = {
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'old',
    complianceType: 'NON_COMPLIANT',
    orderingTimestamp: 1,
  } as const;
  const { handle, results } = await startLambda({
    accountFlags: allOn,
    rules: { [CONFIG_RULE]: createRule([stale]) },
  });
  await handle(scheduledEvent(RULE));
  expect(results()).toMatchObject([{ resourceType: 'AWS::::Account' }]);
});

const flagsItem = (parts: Partial<EventItem> = {}): EventItem => ({
  ...bucketItem('111122223333', { resourceType: 'AWS::S3::AccountPublicAccessBlock' }),
  // As AWS Config records it (awslabs/aws-config-rdk, AWS_S3_AccountPublicAccessBlock.json).
  ...{ ARN: undefined, resourceName: undefined, supplementaryConfiguration: {} },
  configuration: {
    ...{ blockPublicAcls: true, ignorePublicAcls: true },
    ...{ blockPublicPolicy: true, restrictPublicBuckets: true },
  },
  ...parts,
});
const deleted = { configurationItemStatus: 'ResourceDeleted', configuration: null };
const open = { ...allOn, BlockPublicPolicy: false };

describe('a change of its record has the account judged at once', () => {
  it.each<[string, Partial<State>, Partial<EventItem>, string, RegExp]>([
    ['when the flags came', { accountFlags: allOn }, {}, 'COMPLIANT', /^blocked: /],
    ['when one went off', { accountFlags: open }, {}, 'NON_COMPLIANT', /^flagsOff: /],
    ['when they were removed', {}, deleted, 'NON_COMPLIANT', /^neverSet: /],
    // S3 is asked, so an event that comes late tells nothing that is no longer true.
    ['as it is by now', { accountFlags: allOn }, deleted, 'COMPLIANT', /^blocked: /],
    [
      'when it is no longer recorded',
      { accountFlags: open },
      { configurationItemStatus: 'ResourceNotRecorded' },
      'NON_COMPLIANT',
      /^flagsOff: /,
    ],
    [
      'whatever the record says',
      { accountFlags: open },
      { configuration: 'x' },
      'NON_COMPLIANT',
      /^flagsOff/,
    ],
  ])('%s', async (_, state, parts, ComplianceType, annotation) => {
    const { handle, puts, results } = await startLambda(state);
    await handle(changeEvent(RULE, flagsItem(parts)));
    expect(puts()).toHaveLength(1);
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ...{ ComplianceResourceType: 'AWS::::Account', ComplianceResourceId: '111122223333' },
        ...{ ComplianceType, OrderingTimestamp: epochSeconds(CAPTURED) },
      },
    ]);
    expect(results()[0]?.annotation).toMatch(annotation);
  });

  it('after which a daily run that finds the same reports nothing', async () => {
    const { handle, puts } = await startLambda({ accountFlags: open });
    await handle(changeEvent(RULE, flagsItem()));
    await handle(scheduledEvent(RULE));
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([1, 0]);
  });

  it('and an oversized event of it, too', async () => {
    const { handle, puts } = await startLambda({ accountFlags: open });
    const { configuration, supplementaryConfiguration, ...configurationItemSummary } = flagsItem();
    const messageType = 'OversizedConfigurationItemChangeNotification';
    const message = { messageType, configurationItemSummary, notificationCreationTime: NOTIFIED };
    await handle(eventOf(message, RULE));
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceResourceType: 'AWS::::Account' }]);
  });

  it('in the last attempt also when S3 does not answer', async () => {
    const { handle, server, puts } = await startLambda(
      {},
      { now: () => new Date('2026-03-02T12:10:00Z') },
    );
    server.fail('GetPublicAccessBlock', 'ServiceUnavailable');
    await expect(handle(changeEvent(RULE, flagsItem()))).rejects.toThrow();
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceResourceType: 'AWS::::Account',
        Annotation: expect.stringMatching(/^evidenceUnavailable/),
      },
    ]);
  });

  it('but no other rule on the account, and no account when a rule on buckets gets it', async () => {
    for (const rule of ['config-recorder-health', 's3-tls-only']) {
      const { handle, puts } = await startLambda({ accountFlags: open });
      await handle(changeEvent(rule, flagsItem()));
      expect(puts()[0]?.Evaluations).toMatchObject([
        {
          ComplianceResourceType: 'AWS::S3::AccountPublicAccessBlock',
          ComplianceType: 'NOT_APPLICABLE',
        },
      ]);
    }
  });
});

it('a change of a bucket is not its business', async () => {
  const { handle, puts } = await startLambda();
  await handle(changeEvent(RULE, bucketItem('a')));
  expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NOT_APPLICABLE' }]);
});
