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
const stranger = 'arn:aws:iam::999988887777:root';
const own = {
  Sid: 'EnableIam',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
};
const allow = (change: object) => ({ ...own, Sid: 'Use', Action: 'kms:Decrypt', ...change });
const key = (given: Partial<KmsKeyState> = {}) => ({
  encryptionKey: {
    name: 'alias/data',
    key: {
      ...{ arn, account, isAwsManaged: false, state: 'Enabled', rotationDays: 365 },
      policy: policyOf(own),
      ...given,
    },
  },
});
const saying = (...statements: object[]) => key({ policy: policyOf(own, ...statements) });
const everyone = { Principal: { AWS: '*' } };
const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:*' };

describeRule(rule, {
  compliant: [
    ['the policy that KMS gives new keys', key(), 'healthy'],
    ['no rotation, where it is not required', key({ rotationDays: null }), 'healthy', { requireRotation: false }],
    ['as often as is allowed', key({ rotationDays: 730 }), 'healthy', { maximumRotationDays: 730 }],
    ['imported material, which KMS cannot rotate', key({ rotationDays: 'cannot' }), 'healthy'],
    ['an approved account', saying(allow({ Principal: { AWS: stranger } })), 'healthy', { trustedAccounts: ['999988887777'] }],
    [
      'everyone of an approved organization',
      saying(
        allow({
          ...everyone,
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
        }),
      ),
      'healthy',
      { trustedOrganizations: ['o-exampleorg1'] },
    ],
    [
      'everyone of the own account through S3, as keys of AWS are shared',
      saying(
        allow({
          ...everyone,
          Condition: {
            StringEquals: {
              'kms:ViaService': 's3.eu-central-1.amazonaws.com',
              'kms:CallerAccount': account,
            },
          },
        }),
      ),
      'healthy',
    ],
    ['a service of AWS', saying(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } })), 'healthy'],
    ['a stranger who may look at the key', saying(allow({ Principal: { AWS: stranger }, Action: 'kms:DescribeKey' })), 'healthy'],
    [
      'a stranger who is denied again',
      saying(allow({ Principal: { AWS: stranger } }), {
        ...deny,
        Resource: '*',
        Principal: { AWS: stranger },
      }),
      'healthy',
    ],
    ['a statement about another key', saying(allow({ ...everyone, Resource: arn.replace('1234abcd', 'ffffffff') })), 'healthy'],
    ['the key that AWS manages', key({ isAwsManaged: true, policy: null, rotationDays: 'cannot' }), 'awsManaged'],
    ['a key of another account, accepted', key({ account: '999988887777', policy: null }), 'policyUnseen', { acceptUnseenPolicy: true }],
  ],
  nonCompliant: [
    ['a key that is not there', { encryptionKey: { name: 'alias/data', key: null } }, 'gone'],
    // AWS Config has a rule for keys that wait for deletion, which does not say whose data goes with them.
    ['waiting for its deletion', key({ state: 'PendingDeletion' }), 'notEnabled'],
    ['disabled', key({ state: 'Disabled' }), 'notEnabled'],
    ['without material', key({ state: 'PendingImport', rotationDays: 'cannot' }), 'notEnabled'],
    ['a key of AWS that is disabled', key({ isAwsManaged: true, state: 'Disabled' }), 'notEnabled'],
    ['never rotated', key({ rotationDays: null }), 'notRotated'],
    ['rotated too seldom (Prowler passes any rotation)', key({ rotationDays: 366 }), 'rotatedLate'],
    ['everyone', saying(allow(everyone)), 'openPolicy'],
    ['a stranger', saying(allow({ Principal: { AWS: stranger } })), 'openPolicy'],
    ['a stranger who may hand the use on', saying(allow({ Principal: { AWS: stranger }, Action: 'kms:CreateGrant' })), 'openPolicy'],
    ['a stranger who may write data under it', saying(allow({ Principal: { AWS: stranger }, Action: 'kms:Generate*' })), 'openPolicy'],
    ['a stranger who may change the policy', saying(allow({ Principal: { AWS: stranger }, Action: 'kms:Put*' })), 'openPolicy'],
    [
      'a stranger by what is left over',
      saying({
        ...allow({ Principal: { AWS: stranger } }),
        Action: undefined,
        NotAction: 'kms:DescribeKey',
      }),
      'openPolicy',
    ],
    [
      'everyone through S3, of any account',
      saying(
        allow({
          ...everyone,
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } },
        }),
      ),
      'openPolicy',
    ],
    [
      'a denial of something else',
      saying(allow({ Principal: { AWS: stranger } }), {
        ...deny,
        Resource: '*',
        Action: 'kms:ScheduleKeyDeletion',
      }),
      'openPolicy',
    ],
    [
      'a denial of another key',
      saying(allow({ Principal: { AWS: stranger } }), {
        ...deny,
        Resource: arn.replace('1234abcd', 'ffffffff'),
      }),
      'openPolicy',
    ],
    [
      'the account of the caller, the wrong one',
      saying(
        allow({
          ...everyone,
          Condition: { StringEquals: { 'kms:CallerAccount': '999988887777' } },
        }),
      ),
      'openPolicy',
    ],
  ],
  notApplicable: [['SSE-S3', { encryptionKey: null }, 'notKms']],
});

it('a key of another account is missing evidence, since its policy can be read there alone', () => {
  const facets = key({ account: '999988887777', policy: null });
  const subject = subjectOf(bucket, ['encryptionKey'], () => ({ value: facets.encryptionKey }));
  expect(() => rule.evaluate(subject, parametersOf(rule, emptySettings))).toThrow(/in its own account alone, here 999988887777/);
});
