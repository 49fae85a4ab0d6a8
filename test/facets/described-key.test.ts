import { expect, it } from 'vitest';
import { describedKey } from '../../src/facets/described-key.ts';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const at = (account: string, region: string, id = ID) =>
  `arn:aws:kms:${region}:${account}:key/${id}`;
const [own, other] = ['111122223333', '999988887777'];
const here = { account: own, region: 'eu-west-1' };
const ARN = at(own, 'eu-west-1');
const answer = (Arn: unknown, AWSAccountId: unknown = String(Arn).split(':')[4]) => ({
  Arn,
  AWSAccountId,
});

it.each([
  ['its ARN', ARN, ARN],
  ['its id', ID, ARN],
  ['its id with the word key', `key/${ID}`, ARN],
  ['an alias', 'alias/data', ARN],
  ['the ARN of an alias', 'arn:aws:kms:eu-west-1:111122223333:alias/data', ARN],
  [
    'the ARN of an alias elsewhere',
    `arn:aws:kms:us-east-1:${other}:alias/data`,
    at(other, 'us-east-1'),
  ],
  ['an ARN elsewhere', at(other, 'us-east-1'), at(other, 'us-east-1')],
  ['another partition', ARN.replace('aws', 'aws-cn'), ARN.replace('aws', 'aws-cn')],
])('takes the answer about the key that was asked for by %s', (_, asked, arn) => {
  expect(describedKey(answer(arn), asked, here)).toEqual({ arn, account: arn.split(':')[4] });
});

it.each<[string, string, object]>([
  ['another id', ID, answer(at(own, 'eu-west-1', 'other'))],
  ['the key of another account', ARN, answer(at(other, 'eu-west-1'))],
  ['the key of another account, for an id', ID, answer(at(other, 'eu-west-1'))],
  ['the key of another account, for an alias', 'alias/data', answer(at(other, 'eu-west-1'))],
  ['the key of another Region', ARN, answer(at(own, 'us-east-1'))],
  ['the key of another Region, for an alias', 'alias/data', answer(at(own, 'us-east-1'))],
  ['another account than the ARN', ARN, answer(ARN, other)],
  [
    'another account than that of the alias',
    `arn:aws:kms:eu-west-1:${other}:alias/data`,
    answer(ARN),
  ],
  ['what is no key', 'alias/data', answer(ARN.replace(':kms:', ':s3:'))],
  ['no ARN', ARN, answer(undefined, own)],
  ['no account', ARN, { Arn: ARN }],
])('does not take an answer about %s', (_, asked, metadata) => {
  expect(() => describedKey({ ...metadata }, asked, here)).toThrow(/^KeyMetadata\./);
});
