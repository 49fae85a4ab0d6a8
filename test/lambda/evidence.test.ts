import { describe, expect, it } from 'vitest';
import { defineRule, fail, pass, say } from '../../src/engine/rule.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { Bucket, State } from '../contract-server/state.ts';
import { bucketWith, changeEvent, names, scheduledEvent, startLambda } from './world.ts';

const EMPTY: State['queries'] = [{ matches: () => true, results: [] }];
const LOGS = 's3-log-retention';
const KEYS = 's3-sse-kms-approved-keys';

/** Every rule of the pack that needs other resources needs to know them to judge this bucket. */
const plain = bucketWith('plain', {
  ServerSideEncryptionConfiguration: {
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'alias/a' },
      },
    ],
  },
});
const denied = { name: 'AccessDeniedException', message: 'Not authorized.' };
/** Calls that this fault meets are answered as ever. */
const none = { failedEvaluations: () => false };

describe('evidence that AWS Config refuses', () => {
  it.each([
    ['roles', LOGS, 'SelectResourceConfig', 0],
    ['roles', LOGS, 'SelectResourceConfig', 1],
    ['roles', LOGS, 'DescribeDeliveryChannels', 0],
    ['roles', KEYS, 'SelectResourceConfig', 0],
    ['KMS aliases', KEYS, 'SelectResourceConfig', 2],
  ])('for the %s of %s is missing by the name of %s', async (facet, rule, operation, before) => {
    for (const event of [changeEvent(rule, plain), scheduledEvent(rule)]) {
      const { handle, server, results } = await startLambda({ items: [plain], queries: EMPTY });
      server.fail(operation, none, before);
      server.fail(operation, denied);
      await handle(event);
      expect(results()).toMatchObject([
        {
          ...{ resourceId: 'plain', complianceType: 'NON_COMPLIANT' },
          annotation: `evidenceUnavailable: The ${facet} could not be assessed: access was denied (needs config:${operation}).`,
        },
      ]);
    }
  });

  it.each([
    ['SelectResourceConfig', 'ThrottlingException'],
    ['SelectResourceConfig', 'InternalFailure'],
    ['SelectResourceConfig', { hangUp: true } as const],
    ['DescribeDeliveryChannels', 'ServiceUnavailable'],
  ])('for a moment (%s, %j) is worth another try', async (operation, fault) => {
    const { handle, server, puts, logs } = await startLambda({ queries: EMPTY });
    server.fail(operation, fault);
    await expect(handle(changeEvent(LOGS, plain))).rejects.toThrow();
    expect(puts()).toEqual([]);
    expect(logs).toMatchObject([{ level: 'error', rule: LOGS, task: 'item' }]);
  });

  it('is missing when a result of the query is no resource', async () => {
    const broken = [{ resourceType: 'AWS::S3::Bucket', resourceId: 'b', awsRegion: 'eu-west-1' }];
    const queries = [{ matches: () => true, results: broken }];
    const { handle, results } = await startLambda({ queries });
    await handle(changeEvent(LOGS, plain));
    expect(results()).toMatchObject([
      { annotation: expect.stringMatching(/^evidenceUnavailable: The roles .*awsAccountId/) },
    ]);
  });
});

const rule = defineRule({
  ...{ id: 's3-test-ownership', title: '', rationale: '', limits: [], areas: [] },
  ...{ severity: 'low', requirements: {}, subject: 'bucket', reads: ['ownership'] },
  messages: {
    owned: pass('Objects are the owner’s.'),
    shared: fail('Ownership is {ownership}.', { fix: 'Fix it.' }),
  },
  evaluate: ({ bucket: { ownership } }) =>
    ownership === 'BucketOwnerEnforced' ? say('owned') : say('shared', { ownership }),
});

const start = (buckets: Record<string, Bucket>, parts: Partial<State> = {}) =>
  startLambda({ buckets, ...parts }, { rules: [rule] });

describe('evidence that S3 is asked for', () => {
  it.each<[string, Record<string, Bucket>, string, string]>([
    [
      'a setting',
      { plain: { ownership: 'BucketOwnerEnforced' } },
      'COMPLIANT',
      'owned: Objects are the owner’s.',
    ],
    [
      'another setting',
      { plain: { ownership: 'BucketOwnerPreferred' } },
      'NON_COMPLIANT',
      'shared: Ownership is BucketOwnerPreferred.',
    ],
    ['no setting', { plain: {} }, 'NON_COMPLIANT', 'shared: Ownership is ObjectWriter.'],
    [
      'a setting nobody knew',
      { plain: { ownership: 'Shared' as 'ObjectWriter' } },
      'NON_COMPLIANT',
      'evidenceUnavailable: The ownership could not be assessed: ObjectOwnership is "Shared", expected BucketOwnerEnforced or BucketOwnerPreferred or ObjectWriter.',
    ],
    [
      'a refusal',
      { plain: { denied: true } },
      'NON_COMPLIANT',
      'evidenceUnavailable: The ownership could not be assessed: access was denied (needs s3:GetBucketOwnershipControls).',
    ],
    [
      'the bucket of another account',
      { plain: { owner: '999999999999', ownership: 'BucketOwnerEnforced' } },
      'NON_COMPLIANT',
      'evidenceUnavailable: The ownership could not be assessed: access was denied (needs s3:GetBucketOwnershipControls).',
    ],
    ['no bucket', {}, 'NOT_APPLICABLE', 'resourceDeleted: The resource no longer exists.'],
  ])('%s', async (_, buckets, ComplianceType, Annotation) => {
    const { handle, puts, operations } = await start(buckets);
    await handle(changeEvent(rule, bucketItem('plain')));
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType, Annotation }]);
    expect(operations()).toEqual(['GetBucketOwnershipControls', 'PutEvaluations']);
  });

  it('is asked in the Region of the bucket, of the account that was recorded', async () => {
    const { handle, ...lambda } = await startLambda({}, { rules: [rule] });
    const item = bucketItem('far', { awsRegion: 'ap-south-1', awsAccountId: '444455556666' });
    await handle(changeEvent(rule, item));
    expect(lambda.calls('GetBucketOwnershipControls')).toMatchObject([
      { region: 'ap-south-1', input: { Bucket: 'far', ExpectedBucketOwner: '444455556666' } },
    ]);
  });

  it.each([
    'SlowDown',
    'InternalError',
    'ServiceUnavailable',
    'RequestTimeTooSkewed',
    { name: 'Unheard', status: 502 },
    { hangUp: true } as const,
  ])('but %j is worth another try', async (fault) => {
    const buckets: Record<string, Bucket> = { plain: { ownership: 'BucketOwnerEnforced' } };
    for (const event of [changeEvent(rule, bucketItem('plain')), scheduledEvent(rule)]) {
      const { handle, server, puts } = await start(buckets, { items: [bucketItem('plain')] });
      server.fail('GetBucketOwnershipControls', fault);
      await expect(handle(event)).rejects.toThrow();
      expect(puts()).toEqual([]);
    }
  });

  it('of one bucket that is gone or closed leaves the verdicts of the others', async () => {
    const items = names(4).map((name) => bucketItem(name));
    const buckets: Record<string, Bucket> = {
      'bucket-0': { ownership: 'BucketOwnerEnforced' },
      'bucket-1': { denied: true },
      'bucket-3': {},
    };
    const { handle, puts } = await start(buckets, { items });
    await handle(scheduledEvent(rule));
    const found = puts()[0]?.Evaluations.map(
      ({ ComplianceType, Annotation }) => `${ComplianceType} ${Annotation?.replace(/:.*/s, '')}`,
    );
    expect(found).toEqual([
      'COMPLIANT owned',
      'NON_COMPLIANT evidenceUnavailable',
      // bucket-2 is gone, and has no result that would have to be retired.
      'NON_COMPLIANT shared',
    ]);
  });
});
