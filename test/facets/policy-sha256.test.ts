import { expect, it } from 'vitest';
import { policySha256 } from '../../src/facets/bucket/recorded/policy-sha256.ts';
import { bucketItem } from '../contract-server/items.ts';
import { inEveryEncoding } from './encodings.ts';

const readings = (policyText: unknown) =>
  Object.values(
    inEveryEncoding(
      bucketItem('a', { supplementaryConfiguration: { BucketPolicy: { policyText } } }),
    ),
  ).map((item) => policySha256.read(item));
const statement = { Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: ['b', 'a'] };
const text = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

it('is null without a policy', () => {
  for (const reading of readings(null)) expect(reading).toEqual({ value: null });
});

it('is the same however S3 spells the policy, and another for another policy', () => {
  const [one] = readings(text(statement));
  expect(one).toEqual({ value: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const same = text({ Resource: ['a', 'b'], Action: 's3:*', Principal: '*', Effect: 'Deny' });
  for (const reading of readings(same)) expect(reading).toEqual(one);
  for (const reading of readings(text({ ...statement, Action: 's3:Get*' }))) {
    expect(reading).not.toEqual(one);
  }
});

it.each([
  ['no JSON', '{'],
  ['no policy', '{"Version":"2012-10-17"}'],
  ['a key twice', '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}'],
])('is missing evidence for a text that is %s', (_name, policyText) => {
  for (const reading of readings(policyText)) {
    expect(reading).toEqual({ unavailable: expect.stringContaining('the policy does not parse') });
  }
});
