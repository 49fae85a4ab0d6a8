import { expect, it } from 'vitest';
import rule from '../../rules/s3-sse-kms-approved-keys.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucket, describeRule } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';
import { scopeCases } from './tried/scope.ts';

const prefix = `arn:aws:kms:${bucket.region}:${bucket.account}:`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const managedId = '0000abcd-12ab-34cd-56ef-1234567890ab';
const keyArn = `${prefix}key/${keyId}`;
const foreignKey = `arn:aws:kms:${bucket.region}:999988887777:key/${keyId}`;
const kmsAliases = new Map([
  [`${prefix}alias/phi`, keyArn],
  [`${prefix}alias/aws/s3`, `${prefix}key/${managedId}`],
]);
const kms = (key: string | null, algorithm = 'aws:kms', bucketKey = true) => ({ encryption: { algorithm, key, bucketKey } });
const sseS3 = { encryption: { algorithm: 'AES256', key: null, bucketKey: false } };
const logTarget = { roles: [{ role: 'access-log-target', because: 'bucket data logs to it' }] } as const;
const byPolicy = (role: 'access-log-target' | 'load-balancer-logs') => ({
  roles: [{ role, because: 'its policy allows it', isOnlyGranted: true as const }],
});
const ownAccount = `account:${bucket.account}`;
const unseen = { kmsAliases: new Map<string, string>() };
const approving = (...approvedKeys: string[]) => ({ approvedKeys });

describeRule(rule, {
  given: { ...sseS3, roles: [], kmsAliases, tags: new Map(), now: '2026-03-02T12:00:00.000Z' },
  cases: [
    ...scopeCases('notKms'),
    {
      when: 'a target whose policy denies the logs',
      facts: { roles: [{ role: 'access-log-target', because: 'bucket data logs to it', stoppedBy: 'a denial (statement "No")' }] },
      says: 'notKms',
    },
    {
      when: 'load balancers that could write until 2020',
      facts: {
        roles: byPolicy('load-balancer-logs').roles.map((role) => ({
          ...role,
          windows: [{ from: null, until: '2020-01-01T00:00:00.000Z' }],
        })),
      },
      says: 'notKms',
    },
    { when: 'key ARN', facts: kms(keyArn), params: approving(keyArn), says: 'approved' },
    { when: 'key id on the bucket', facts: kms(keyId), params: approving(keyArn), says: 'approved' },
    { when: 'key id in the settings', facts: kms(keyArn), params: approving(keyId), says: 'approved' },
    { when: 'alias on the bucket, key in the settings', facts: kms('alias/phi'), params: approving(keyArn), says: 'approved' },
    { when: 'alias ARN on the bucket', facts: kms(`${prefix}alias/phi`), params: approving('alias/phi'), says: 'approved' },
    { when: 'key on the bucket, alias in the settings', facts: kms(keyId), params: approving('alias/phi'), says: 'approved' },
    { when: 'an unresolved alias that is approved itself', facts: kms('alias/x'), params: approving('alias/x'), says: 'approved' },
    { when: 'wildcards within the parts', facts: kms(keyArn), params: approving(`${prefix}key/*`), says: 'approved' },
    { when: 'every Region', facts: kms(keyArn), params: approving(`arn:aws:kms:*:${bucket.account}:key/*`), says: 'approved' },
    { when: 'every key of an account', facts: kms(foreignKey), params: approving('account:999988887777'), says: 'approved' },
    {
      when: 'a key written out, where no alias is recorded',
      facts: { ...kms(keyArn), ...unseen },
      params: approving(keyId),
      says: 'approved',
    },
    {
      when: 'every key, where one alias of the key is recorded',
      facts: { ...kms(keyArn), kmsAliases: new Map([[`${prefix}alias/phi`, keyArn]]) },
      params: approving(ownAccount),
      says: 'approved',
    },
    {
      when: 'every key, where aws/s3 is recorded as another one',
      facts: { ...kms(keyArn), kmsAliases: new Map([[`${prefix}alias/aws/s3`, `${prefix}key/${managedId}`]]) },
      params: approving(ownAccount),
      says: 'approved',
    },
    {
      when: 'every key of another account, whose aliases are not recorded here',
      facts: { ...kms(foreignKey), ...unseen },
      params: approving('account:999988887777'),
      says: 'approved',
    },
    {
      when: 'every key and aws/s3, where no alias is recorded',
      facts: { ...kms(keyArn), ...unseen },
      params: { ...approving(ownAccount), allowAwsManagedKey: true },
      says: 'approvedUnseen',
    },
    {
      when: 'dual-layer encryption',
      facts: kms(keyArn, 'aws:kms:dsse'),
      params: approving(keyArn),
      says: 'approved',
      peers: 'Checkov, cdk-nag and cloud-custodian only accept aws:kms as KMS',
    },
    { when: 'a bucket key where required', facts: kms(keyArn), params: { ...approving(keyId), requireBucketKey: true }, says: 'approved' },
    {
      when: 'dual-layer encryption, which has no bucket key to require',
      facts: kms(keyArn, 'aws:kms:dsse', false),
      params: { ...approving(keyId), requireBucketKey: true },
      says: 'approved',
    },
    { when: 'AWS managed key, allowed', facts: kms(null), params: { allowAwsManagedKey: true }, says: 'awsManaged' },
    { when: 'nothing recorded', facts: { encryption: null }, says: 'notRecorded' },
    { when: 'SSE-S3', facts: sseS3, params: approving(keyArn), says: 'notKms', peers: 'the KMS rule of the Guard registry passes it' },
    { when: 'an algorithm of the future', facts: kms(keyArn, 'aws:kms:new'), params: approving(keyArn), says: 'notKms' },
    {
      when: 'dual-layer encryption, not allowed',
      facts: kms(keyArn, 'aws:kms:dsse'),
      params: { ...approving(keyArn), allowDsse: false },
      says: 'notKms',
    },
    { when: 'AWS managed key, unnamed', facts: kms(null), params: approving(ownAccount), says: 'awsManagedKey' },
    { when: 'AWS managed key by alias', facts: kms('alias/aws/s3'), params: approving('alias/*'), says: 'awsManagedKey' },
    { when: 'AWS managed key by its id', facts: kms(managedId), params: approving(ownAccount), says: 'awsManagedKey' },
    { when: 'no key approved at all', facts: kms(keyArn), says: 'notApproved' },
    { when: 'another key', facts: kms(keyArn), params: approving(`${prefix}key/other`), says: 'notApproved' },
    { when: 'the same id in another account', facts: kms(foreignKey), params: approving(keyId), says: 'notApproved' },
    {
      when: 'the same alias name in another account',
      facts: kms(`arn:aws:kms:${bucket.region}:999988887777:alias/phi`),
      params: approving('alias/phi'),
      says: 'aliasUnresolved',
    },
    {
      when: 'a wildcard does not cross into the account',
      facts: kms(foreignKey),
      params: approving(`arn:aws:kms:*:key/${keyId}`),
      says: 'notApproved',
    },
    { when: 'an alias nobody recorded', facts: kms('alias/unknown'), params: approving(keyArn), says: 'aliasUnresolved' },
    {
      when: 'an unresolved alias of an approved account',
      facts: kms('alias/unknown'),
      params: approving(ownAccount),
      says: 'aliasUnresolved',
    },
    {
      when: 'a key of another Region',
      facts: kms(`arn:aws:kms:us-east-1:${bucket.account}:key/${keyId}`),
      params: approving(ownAccount),
      says: 'otherRegion',
    },
    {
      when: 'no bucket key where required',
      facts: kms(keyArn, 'aws:kms', false),
      params: { ...approving(keyArn), requireBucketKey: true },
      says: 'noBucketKey',
    },
    { when: 'KMS on a target of access logs', facts: { ...kms(keyArn), ...logTarget }, params: approving(keyArn), says: 'undeliverable' },
    { when: 'SSE-S3 on a target of access logs', facts: { ...sseS3, ...logTarget }, says: 'logTarget' },
    { when: 'nothing recorded on a target of access logs', facts: { encryption: null, ...logTarget }, says: 'logTarget' },
    { when: 'SSE-S3 on a listed target', facts: sseS3, params: { logBuckets: ['example-*'] }, says: 'logTarget' },
    {
      when: 'KMS on a listed target, where trails of another account may write',
      facts: kms(keyArn),
      params: { ...approving(keyArn), logBuckets: ['example-*'] },
      says: 'approved',
    },
    { when: 'SSE-S3, where only its own policy lets S3 write', facts: { ...sseS3, ...byPolicy('access-log-target') }, says: 'notKms' },
    { when: 'SSE-S3 for logs of load balancers', facts: { ...sseS3, ...byPolicy('load-balancer-logs') }, says: 'logTarget' },
    {
      when: 'KMS for logs of load balancers',
      facts: { ...kms(keyArn), ...byPolicy('load-balancer-logs') },
      params: approving(keyArn),
      says: 'undeliverable',
    },
  ],
});

it.each([ownAccount, `${prefix}key/*`, 'key/1234*'])('a key may be aws/s3 if only %s approves it and no alias is recorded', (selector) => {
  const facts: Readonly<Record<string, unknown>> = { roles: [], ...kms(keyArn), ...unseen };
  const subject = subjectOf(bucket, [...rule.reads], (name) => ({ value: facts[name] }));
  expect(() => rule.evaluate(subject, parametersOf(rule, emptySettings, approving(selector)))).toThrow(/whether the key is aws\/s3/);
});
