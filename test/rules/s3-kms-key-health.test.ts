import { expect, it } from 'vitest';
import rule from '../../rules/s3-kms-key-health.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { KmsKeyState } from '../../src/facts/encryption-key.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucket, describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';
import { subjectOf } from '../subject-of.ts';

const { account } = bucket;
const arn = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const otherArn = arn.replace('1234abcd', 'ffffffff');
const own = { Sid: 'EnableIam', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
const key = (given: Partial<KmsKeyState> = {}) => ({
  encryptionKey: {
    name: 'alias/data',
    key: {
      arn,
      account,
      isAwsManaged: false,
      state: 'Enabled',
      spec: 'SYMMETRIC_DEFAULT',
      rotationDays: 365,
      policy: policyOf(own),
      ...given,
    },
  },
});

/** A key whose policy, besides the statement that KMS writes, allows this as well. */
const allowing = (Principal: object, change: object = {}, ...more: object[]) =>
  key({ policy: policyOf(own, { ...own, Sid: 'Use', Principal, Action: 'kms:Decrypt', ...change }, ...more) });
const uses = [
  ...['Encrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKeyPair', 'GenerateDataKeyWithoutPlaintext', 'RevokeGrant'],
  ...['GenerateDataKeyPairWithoutPlaintext', 'Re*', '?*', '*Grant', 'D*t'],
];
/** They show no data, need another kind of key, or have no effect for another account. */
const noUses = ['ListGrants', 'GetKeyRotationStatus', 'GetPublicKey', 'RetireGrant', 'ScheduleKeyDeletion', 'TagResource', 'Sign'];
const unusable = ['Creating', 'Unavailable', 'PendingReplicaDeletion', 'PendingImport'];
const stranger = { AWS: 'arn:aws:iam::999988887777:root' };
const everyone = { AWS: '*' };
const where = (keys: object) => ({ Condition: { StringEquals: keys } });
const throughS3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
const foreign = key({ account: '999988887777', policy: null });

const roleArn = (name: string) => ({ AWS: `arn:aws:iam::${account}:role/${name}` });
const useOfKey = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const forResources = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const s3Account = { StringEquals: { ...throughS3, 'kms:CallerAccount': account } };
const partner = { trustedAccounts: ['999988887777'] };
/** As AWS writes them in its guides; what is right was decided before the rule was asked. */
const documented: readonly (readonly [guide: string, facts: object, params: Readonly<Record<string, unknown>>, says: string])[] = [
  ['KMS, default policy of the console', allowing(roleArn('Admin'), { Action: ['kms:Create*', 'kms:Put*', 'kms:Revoke*'] }), {}, 'healthy'],
  ['KMS, users of a key in the account', allowing(roleArn('App'), { Action: useOfKey }), {}, 'healthy'],
  [
    'KMS, grants for AWS resources in the account',
    allowing(roleArn('App'), { Action: 'kms:CreateGrant', Condition: forResources }),
    {},
    'healthy',
  ],
  ['KMS, the policy of aws/s3', allowing(everyone, { Action: [...useOfKey, 'kms:CreateGrant'], Condition: s3Account }), {}, 'healthy'],
  ['KMS, users in another account', allowing(stranger, { Action: useOfKey }), {}, 'openPolicy'],
  ['KMS, users in another account, approved', allowing(stranger, { Action: useOfKey }), partner, 'healthy'],
  [
    'KMS, grants for AWS resources in another account',
    allowing(stranger, { Action: 'kms:CreateGrant', Condition: forResources }),
    {},
    'openPolicy',
  ],
  ['KMS, role in another account', allowing({ AWS: 'arn:aws:iam::999988887777:role/App' }, { Action: useOfKey }), {}, 'openPolicy'],
  ['KMS, administrators in another account', allowing(stranger, { Action: ['kms:Enable*', 'kms:List*', 'kms:Disable*'] }), {}, 'healthy'],
  ['CloudTrail, encrypting logs', allowing({ Service: 'cloudtrail.amazonaws.com' }, { Action: 'kms:GenerateDataKey*' }), {}, 'healthy'],
  [
    'CloudTrail, decrypting logs in the account',
    allowing(everyone, {
      Action: ['kms:Decrypt', 'kms:ReEncryptFrom'],
      Condition: {
        StringEquals: { 'kms:CallerAccount': account },
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${account}:trail/*` },
      },
    }),
    {},
    'healthy',
  ],
  [
    'CloudTrail, decrypting logs from anywhere',
    allowing(everyone, { Action: 'kms:ReEncryptFrom', Condition: { Null: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'false' } } }),
    {},
    'openPolicy',
  ],
  [
    'AWS Config, delivery',
    allowing({ Service: 'config.amazonaws.com' }, { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    {},
    'healthy',
  ],
  [
    'S3, replication from another account',
    allowing({ AWS: 'arn:aws:iam::999988887777:role/replication' }, { Action: 'kms:Encrypt' }),
    {},
    'openPolicy',
  ],
  [
    'S3, replication from an approved account',
    allowing({ AWS: 'arn:aws:iam::999988887777:role/replication' }, { Action: 'kms:Encrypt' }),
    partner,
    'healthy',
  ],
];

describeRule(rule, {
  cases: [
    { when: 'the policy that KMS gives new keys', facts: key(), says: 'healthy' },
    { when: 'no rotation, not required', facts: key({ rotationDays: null }), params: { requireRotation: false }, says: 'healthy' },
    { when: 'as often as is allowed', facts: key({ rotationDays: 730 }), params: { maximumRotationDays: 730 }, says: 'healthy' },
    { when: 'imported material, which KMS cannot rotate', facts: key({ rotationDays: 'cannot' }), says: 'healthy' },
    { when: 'an approved account', facts: allowing(stranger), params: { trustedAccounts: ['999988887777'] }, says: 'healthy' },
    {
      when: 'everyone of an approved organization',
      facts: allowing(everyone, where({ 'aws:PrincipalOrgID': 'o-exampleorg1' })),
      params: { trustedOrganizations: ['o-exampleorg1'] },
      says: 'healthy',
    },
    {
      when: 'everyone of the own account through S3, as keys of AWS are shared',
      facts: allowing(everyone, where({ ...throughS3, 'kms:CallerAccount': account })),
      says: 'healthy',
    },
    { when: 'a service of AWS', facts: allowing({ Service: 'cloudtrail.amazonaws.com' }), says: 'healthy' },
    { when: 'a stranger who may look at the key', facts: allowing(stranger, { Action: 'kms:DescribeKey' }), says: 'healthy' },
    { when: 'a stranger who is denied again', facts: allowing(stranger, {}, { ...deny, Principal: stranger }), says: 'healthy' },
    { when: 'a statement about another key', facts: allowing(everyone, { Resource: otherArn }), says: 'healthy' },
    { when: 'the key that AWS manages', facts: key({ isAwsManaged: true, policy: null, rotationDays: 'cannot' }), says: 'awsManaged' },
    {
      when: 'a key of an approved account, accepted',
      facts: foreign,
      params: { acceptUnseenPolicy: true, trustedAccounts: ['999988887777'] },
      says: 'policyUnseen',
    },
    {
      when: 'a key of an account that may be in a trusted organization, accepted',
      facts: foreign,
      params: { acceptUnseenPolicy: true, trustedOrganizations: ['o-a1b2c3d4e5'] },
      says: 'policyUnseen',
    },
    { when: 'a key of a stranger, accepted unseen', facts: foreign, params: { acceptUnseenPolicy: true }, says: 'foreignKey' },
    ...['RSA_2048', 'HMAC_256', 'ECC_NIST_P256'].map((spec) => ({
      when: `a key of type ${spec}`,
      facts: key({ spec, rotationDays: 'cannot' }),
      says: 'notSymmetric',
    })),
    { when: 'a key that is not there', facts: { encryptionKey: { name: 'alias/data', key: null } }, says: 'gone' },
    {
      when: 'waiting for its deletion',
      facts: key({ state: 'PendingDeletion' }),
      says: 'notEnabled',
      peers: 'AWS Config has a rule for such keys, which does not say whose data goes with them',
    },
    { when: 'disabled', facts: key({ state: 'Disabled' }), says: 'notEnabled' },
    { when: 'without material', facts: key({ state: 'PendingImport', rotationDays: 'cannot' }), says: 'notEnabled' },
    { when: 'a key of AWS that is disabled', facts: key({ isAwsManaged: true, state: 'Disabled' }), says: 'notEnabled' },
    { when: 'never rotated', facts: key({ rotationDays: null }), says: 'notRotated' },
    { when: 'rotated too seldom', facts: key({ rotationDays: 366 }), says: 'rotatedLate', peers: 'Prowler passes any rotation' },
    { when: 'everyone', facts: allowing(everyone), says: 'openPolicy' },
    { when: 'a stranger', facts: allowing(stranger), says: 'openPolicy' },
    { when: 'a stranger who may hand the use on', facts: allowing(stranger, { Action: 'kms:CreateGrant' }), says: 'openPolicy' },
    { when: 'a stranger who may write data under it', facts: allowing(stranger, { Action: 'kms:Generate*' }), says: 'openPolicy' },
    ...documented.map(([when, facts, params, says]) => ({ when, facts, params, says })),
    ...uses.map((name) => ({
      when: `a stranger who may ${name}`,
      facts: allowing(stranger, { Action: `kms:${name}` }),
      says: 'openPolicy',
    })),
    ...noUses.map((name) => ({
      when: `a stranger who may ${name}`,
      facts: allowing(stranger, { Action: `kms:${name}` }),
      says: 'healthy',
    })),
    { when: 'everyone, to take over the data key', facts: allowing(everyone, { Action: 'kms:ReEncrypt*' }), says: 'openPolicy' },
    {
      when: 'a stranger to take over, but denied decryption alone',
      facts: allowing(stranger, { Action: ['kms:Decrypt', 'kms:ReEncryptFrom'] }, { ...deny, Action: 'kms:Decrypt' }),
      says: 'openPolicy',
    },
    {
      when: 'an approved account to take over',
      facts: allowing(stranger, { Action: 'kms:ReEncrypt*' }),
      params: { trustedAccounts: ['999988887777'] },
      says: 'healthy',
    },
    { when: 'while the primary Region changes', facts: key({ state: 'Updating' }), says: 'healthy' },
    { when: 'while the primary Region changes, not rotated', facts: key({ state: 'Updating', rotationDays: null }), says: 'notRotated' },
    ...unusable.map((state) => ({ when: `in state ${state}`, facts: key({ state }), says: 'notEnabled' })),
    { when: 'a stranger who may change the policy', facts: allowing(stranger, { Action: 'kms:Put*' }), says: 'openPolicy' },
    {
      when: 'a stranger by what is left over',
      facts: allowing(stranger, { Action: undefined, NotAction: 'kms:DescribeKey' }),
      says: 'openPolicy',
    },
    { when: 'everyone through S3, of any account', facts: allowing(everyone, where(throughS3)), says: 'openPolicy' },
    {
      when: 'a denial of something else',
      facts: allowing(stranger, {}, { ...deny, Action: 'kms:ScheduleKeyDeletion' }),
      says: 'openPolicy',
    },
    { when: 'a denial of another key', facts: allowing(stranger, {}, { ...deny, Resource: otherArn }), says: 'openPolicy' },
    {
      when: 'the account of the caller, the wrong one',
      facts: allowing(everyone, where({ 'kms:CallerAccount': '999988887777' })),
      says: 'openPolicy',
    },
    { when: 'SSE-S3', facts: { encryptionKey: null }, says: 'notKms' },
  ],
});

it('a key of another account is missing evidence, since its policy can be read there alone', () => {
  const subject = subjectOf(bucket, ['encryptionKey'], () => ({ value: foreign.encryptionKey }));
  expect(() => rule.evaluate(subject, parametersOf(rule, emptySettings))).toThrow(/only be read in its own account, here 999988887777/);
});
