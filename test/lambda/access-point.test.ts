import { expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, NOTIFIED, scheduledEvent, startLambda } from './world.ts';

const RULE = 's3-access-point-scoped';
const ARN = 'arn:aws:s3:eu-central-1:111122223333:accesspoint/door';
const door = bucketItem('door', {
  resourceType: 'AWS::S3::AccessPoint',
  ARN,
  configuration: { Name: 'door', Bucket: 'plain', NetworkOrigin: 'Internet' },
  supplementaryConfiguration: {},
});
const policyFor = (Principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${ARN}/object/*` },
    ],
  });

it.each<[string, Record<string, { policy?: string; denied?: boolean }>, string, RegExp]>([
  [
    'its own account',
    { door: { policy: policyFor({ AWS: '111122223333' }) } },
    'COMPLIANT',
    /^scoped: /,
  ],
  [
    'everybody',
    { door: { policy: policyFor('*') } },
    'NON_COMPLIANT',
    /^openStatement: Statement #1 allows anyone to /,
  ],
  ['nobody', { door: {} }, 'COMPLIANT', /^noPolicy: /],
  [
    'who knows, as the policy does not parse',
    { door: { policy: '{' } },
    'NON_COMPLIANT',
    /^evidenceUnavailable: .*does not parse/,
  ],
  [
    'who knows, as access is denied',
    { door: { denied: true } },
    'NON_COMPLIANT',
    /needs s3:GetAccessPointPolicy\)/,
  ],
  ['nobody any more', {}, 'NOT_APPLICABLE', /^resourceDeleted: /],
])('an access point open to %s', async (_name, accessPoints, ComplianceType, annotation) => {
  const { handle, puts, operations } = await startLambda({ accessPoints });
  await handle(changeEvent(RULE, door));
  expect(puts()[0]?.Evaluations).toMatchObject([
    {
      ComplianceResourceType: 'AWS::S3::AccessPoint',
      ComplianceResourceId: 'door',
      ComplianceType,
    },
  ]);
  expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  expect(operations()).toEqual(['GetAccessPointPolicy', 'PutEvaluations']);
});

it('is judged on a schedule with the others of its type alone', async () => {
  const accessPoints = { door: { policy: policyFor('*') } };
  const { handle, results } = await startLambda({
    items: [door, bucketItem('plain')],
    accessPoints,
  });
  await handle(scheduledEvent(RULE));
  expect(results()).toMatchObject([
    {
      resourceId: 'door',
      complianceType: 'NON_COMPLIANT',
      orderingTimestamp: epochSeconds(NOTIFIED),
    },
  ]);
});

it('is worth another try when S3 is busy', async () => {
  const { handle, server, puts } = await startLambda({ accessPoints: { door: {} } });
  server.fail('GetAccessPointPolicy', 'SlowDown');
  await expect(handle(changeEvent(RULE, door))).rejects.toMatchObject({ name: 'SlowDown' });
  expect(puts()).toEqual([]);
});
