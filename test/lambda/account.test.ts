import { expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { createRule, type State } from '../contract-server/state.ts';
import { CONFIG_RULE, changeEvent, NOTIFIED, scheduledEvent, startLambda } from './world.ts';

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

it('a change of a bucket is not its business', async () => {
  const { handle, puts } = await startLambda();
  await handle(changeEvent(RULE, bucketItem('a')));
  expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NOT_APPLICABLE' }]);
});
