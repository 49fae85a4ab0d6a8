import rule from '../../rules/iam-s3-credential-rotation.ts';
import type { AccessKey } from '../../src/facts/iam.ts';
import { describeRule } from '../describe-rule.ts';
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
  compliant: [
    ['a new key in use', {}, 'rotated'],
    // 1 April to 30 June are 90 days, 16 May to 30 June 45.
    ['a key as old as it may be', keys(key('2026-04-01', '2026-06-29')), 'rotated'],
    ['a key unused as long as it may be', keys(key('2026-04-02', '2026-05-16')), 'rotated'],
    [
      // Prowler's iam_user_accesskey_unused counts from the last use before it was changed.
      'a key that was changed since its last use',
      keys(key('2026-06-01', '2026-01-01')),
      'rotated',
    ],
    ['a new key that nobody has used yet', keys(key('2026-06-01', null)), 'rotated'],
    ['no active key', keys(), 'noKeys'],
    ['a password with MFA', console(true), 'noKeys'],
    ['a password alone, where that is allowed', console(false), 'noKeys', { requireMfaForConsole: false }],
    ['no key, where none may be', keys(), 'noKeys', { forbidLongLivedKeys: true }],
    ['an old key, where that is allowed', keys(key('2026-01-01', '2026-06-29')), 'rotated', { maximumKeyAgeDays: 365 }],
  ],
  nonCompliant: [
    ['a key a day too old', keys(key('2026-03-31', '2026-06-29')), 'oldKey'],
    ['an old second key', keys(key('2026-06-01', '2026-06-29'), key('2025-01-01', '2026-06-29', 2)), 'oldKey'],
    ['a key unused for a day too long', keys(key('2026-04-02', '2026-05-15')), 'unusedKey'],
    // Prowler's iam_user_accesskey_unused passes it: it asks for the last use alone.
    ['a key never used since it was created', keys(key('2026-05-01', null)), 'unusedKey'],
    ['an unused key, with a limit of its own', keys(key('2026-06-01', '2026-06-20')), 'unusedKey', { maximumUnusedDays: 5 }],
    ['any key, where none may be', {}, 'forbiddenKey', { forbidLongLivedKeys: true }],
    ['a password alone', console(false), 'consoleWithoutMfa'],
    // The user holds S3 by a wildcard of all services.
    ['everything granted', { ...grants(everything), ...keys(key('2025-01-01', null)) }, 'oldKey'],
    ['everything but IAM granted', { ...grants({ NotAction: 'iam:*' }), ...console(false) }, 'consoleWithoutMfa'],
    [
      'the bucket of the user granted',
      {
        ...grants({ Action: 's3:*', Resource: `arn:aws:s3:::\${aws:username}/*` }),
        ...console(false),
      },
      'consoleWithoutMfa',
    ],
    ['some of it denied', { ...grants(everything, { Effect: 'Deny', NotAction: 's3:Get*' }), ...console(false) }, 'consoleWithoutMfa'],
    [
      'denied without MFA, which keys do not have',
      {
        ...grants(everything, {
          Effect: 'Deny',
          Action: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        }),
        ...console(false),
      },
      'consoleWithoutMfa',
    ],
  ],
  notApplicable: [
    ['no policies', grants(), 'noS3'],
    // Prowler's iam_rotate_access_key_90_days and access-keys-rotated ask every user, S3 or not.
    ['an old key for another service', { ...grants({ Action: 'ses:SendEmail' }), ...keys(key('2020-01-01', null)) }, 'noS3'],
    ['S3 denied by another policy', grants(everything, { Effect: 'Deny', Action: 's3:*' }), 'noS3'],
    ['S3 denied by leaving it out', grants(everything, { Effect: 'Deny', NotAction: 'ses:*' }), 'noS3'],
  ],
});
