import rule from '../../rules/iam-s3-credential-rotation.ts';
import type { AccessKey } from '../../src/facts/iam.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';
import { identityPolicyOf } from '../facet-values.ts';

const key = (changed: string, used: string | null, number = 1): AccessKey => ({
  number,
  changedAt: `${changed}T12:00:00.000Z`,
  usedAt: used && `${used}T12:00:00.000Z`,
});
const keys = (...accessKeys: readonly AccessKey[]) => ({
  credentials: { accessKeys, hasPassword: false, hasMfa: false },
});
const console = (hasMfa: boolean) => ({
  credentials: { accessKeys: [], hasPassword: true, hasMfa },
});
const grants = (...statements: readonly object[]) => ({
  userPolicies: statements.map((each, index) => identityPolicyOf(`policy-${index}`, { Effect: 'Allow', Resource: '*', ...each })),
});
const everything = { Action: '*' };

describeRule(rule, {
  given: {
    now: '2026-06-30T12:00:00.000Z',
    ...grants({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }),
    ...keys(key('2026-06-01', '2026-06-29')),
  },
  cases: [
    { when: 'a new key in use', says: 'rotated' },
    // 1 April to 30 June are 90 days, 16 May to 30 June 45.
    { when: 'a key as old as it may be', facts: keys(key('2026-04-01', '2026-06-29')), says: 'rotated' },
    { when: 'a key unused as long as it may be', facts: keys(key('2026-04-02', '2026-05-16')), says: 'rotated' },
    { when: 'a key that was changed since its last use', facts: keys(key('2026-06-01', '2026-01-01')), says: 'rotated' },
    { when: 'a new key that nobody has used yet', facts: keys(key('2026-06-01', null)), says: 'rotated' },
    { when: 'a key that is made next year', facts: keys(key('2027-06-01', null)), says: UNKNOWN },
    { when: 'a key that is used next year', facts: keys(key('2026-06-01', '2027-06-01')), says: UNKNOWN },
    { when: 'no active key', facts: keys(), says: 'noKeys' },
    { when: 'a password with MFA', facts: console(true), says: 'noKeys' },
    { when: 'a password alone, where that is allowed', facts: console(false), params: { requireMfaForConsole: false }, says: 'noKeys' },
    { when: 'no key, where none may be', facts: keys(), params: { forbidLongLivedKeys: true }, says: 'noKeys' },
    {
      when: 'an old key, where that is allowed',
      facts: keys(key('2026-01-01', '2026-06-29')),
      params: { maximumKeyAgeDays: 365 },
      says: 'rotated',
    },
    { when: 'a key a day too old', facts: keys(key('2026-03-31', '2026-06-29')), says: 'oldKey' },
    { when: 'an old second key', facts: keys(key('2026-06-01', '2026-06-29'), key('2025-01-01', '2026-06-29', 2)), says: 'oldKey' },
    { when: 'a key unused for a day too long', facts: keys(key('2026-04-02', '2026-05-15')), says: 'unusedKey' },
    {
      when: 'a key never used since it was created',
      facts: keys(key('2026-05-01', null)),
      says: 'unusedKey',
      peers: 'Prowler’s iam_user_accesskey_unused passes it: it asks for the last use alone.',
    },
    {
      when: 'an unused key, with a limit of its own',
      facts: keys(key('2026-06-01', '2026-06-20')),
      params: { maximumUnusedDays: 5 },
      says: 'unusedKey',
    },
    { when: 'any key, where none may be', params: { forbidLongLivedKeys: true }, says: 'forbiddenKey' },
    { when: 'a password alone', facts: console(false), says: 'consoleWithoutMfa' },
    // The user holds S3 by a wildcard of all services.
    { when: 'everything granted', facts: { ...grants(everything), ...keys(key('2025-01-01', null)) }, says: 'oldKey' },
    { when: 'everything but IAM granted', facts: { ...grants({ NotAction: 'iam:*' }), ...console(false) }, says: 'consoleWithoutMfa' },
    {
      when: 'the bucket of the user granted',
      facts: {
        ...grants({ Action: 's3:*', Resource: `arn:aws:s3:::\${aws:username}/*` }),
        ...console(false),
      },
      says: 'consoleWithoutMfa',
    },
    {
      when: 'some of it denied',
      facts: { ...grants(everything, { Effect: 'Deny', NotAction: 's3:Get*' }), ...console(false) },
      says: 'consoleWithoutMfa',
    },
    {
      when: 'denied without MFA, which keys do not have',
      facts: {
        ...grants(everything, {
          Effect: 'Deny',
          Action: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        }),
        ...console(false),
      },
      says: 'consoleWithoutMfa',
    },
    { when: 'no policies', facts: grants(), says: 'noS3' },
    {
      when: 'an old key for another service',
      facts: { ...grants({ Action: 'ses:SendEmail' }), ...keys(key('2020-01-01', null)) },
      says: 'noS3',
      peers: 'Prowler’s iam_rotate_access_key_90_days and access-keys-rotated ask every user, S3 or not.',
    },
    { when: 'S3 denied by another policy', facts: grants(everything, { Effect: 'Deny', Action: 's3:*' }), says: 'noS3' },
    { when: 'S3 denied by leaving it out', facts: grants(everything, { Effect: 'Deny', NotAction: 'ses:*' }), says: 'noS3' },
  ],
});
