import { days, defineRule, fail, flag, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { hoursSince } from '../src/knowledge/past.ts';
import { grantAnyS3 } from '../src/knowledge/policies/identity-policies.ts';

const REPLACE =
  'Replace the key with a role. Otherwise create a new key (CreateAccessKey), put it into use, deactivate the old key ' +
  '(UpdateAccessKey) and delete it (DeleteAccessKey).';
const IN_USE = 'Programs that still use the key stop working. A deactivated key can be activated again; a deleted key cannot be restored.';

export default defineRule({
  id: 'iam-s3-credential-rotation',
  areas: ['reviews'],
  severity: 'high',
  tier: 'recommended',
  title: 'IAM users who can use S3 have no old or unused access keys, and sign in with MFA',
  rationale:
    'An access key works from anywhere until it is deleted: a leaked key, or the key of someone who left, reads the data until it is ' +
    'changed.',
  limits: [
    'A user is judged if an inline, attached or group policy grants anything in S3 that no Deny without a condition takes away.' +
      ' Permissions boundaries and organization policies are not considered.',
    'A user who only has access through a bucket policy, or by assuming a role, is not visible.',
    'Old passwords, keys of the root user and service-specific credentials are not judged.',
    'IAM makes a new report at most every four hours, so a change may show later. A key that was never used counts from its creation.',
    'AWS Config must record IAM users in the home Region.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Access keys are replaced within a set time, which limits what a leaked key can do.'),
    'gdpr 32(4)': supporting('Access keys that are not used any more are reported.'),
    'hipaa 164.312(d)': supporting('Users with a password for the console have an MFA device.', { requireMfaForConsole: 1 }),
    'hipaa 164.308(a)(3)(ii)(C)': supporting('Access keys that are not used any more are reported.'),
  },
  subject: 'iamUser',
  reads: ['credentials', 'now', 'userPolicies'],
  parameters: {
    maximumKeyAgeDays: days(90, 'Maximum age of an active access key.'),
    maximumUnusedDays: days(45, 'Maximum number of days that an active access key may be unused.'),
    forbidLongLivedKeys: flag(false, 'Whether users may not have any active access key.'),
    requireMfaForConsole: flag(true, 'Whether a user with a password needs an MFA device.'),
  },
  messages: {
    rotated: pass('No active access key is too old, or unused for too long.'),
    noKeys: pass('The user has no active access key.'),
    forbiddenKey: fail('Access key {key} is active, and users may not have any.', {
      fix: 'Use a role instead. Then deactivate the key (UpdateAccessKey) and delete it (DeleteAccessKey).',
      caution: IN_USE,
      only: ['gdpr 32(1)(b)'],
    }),
    oldKey: fail('Access key {key} was last changed on {date}, more than {days} days ago.', {
      fix: REPLACE,
      caution: IN_USE,
      only: ['gdpr 32(1)(b)'],
    }),
    unusedKey: fail('Access key {key} has not been used since {date}, more than {days} days ago.', {
      fix: 'Deactivate the key (UpdateAccessKey). Delete it (DeleteAccessKey) when you are sure that nothing needs it.',
      caution: IN_USE,
      only: ['gdpr 32(4)', 'hipaa 164.308(a)(3)(ii)(C)'],
    }),
    consoleWithoutMfa: fail('The user has a password for the console and no MFA device.', {
      fix: 'Register an MFA device for the user (EnableMFADevice), or delete the password (DeleteLoginProfile).',
      caution: 'Without a password the user cannot sign in to the console any more.',
      only: ['hipaa 164.312(d)'],
    }),
    noS3: skip('No policy of the user grants anything in S3.'),
  },
  evaluate({ iamUser, params }) {
    if (!grantAnyS3(iamUser.userPolicies, iamUser.arn)) return say('noS3');
    const { accessKeys, hasPassword, hasMfa } = iamUser.credentials;
    const { maximumKeyAgeDays, maximumUnusedDays } = params;
    const [first] = accessKeys;
    if (params.forbidLongLivedKeys && first) return say('forbiddenKey', { key: first.number });
    const isOver = (limit: number, since: string) => hoursSince('credentials', since, iamUser.now) / 24 > limit;
    for (const { number: key, changedAt: since } of accessKeys) {
      if (isOver(maximumKeyAgeDays, since)) return say('oldKey', { key, date: since.slice(0, 10), days: maximumKeyAgeDays });
    }
    for (const { number: key, changedAt, usedAt } of accessKeys) {
      // A key that was changed after its last use counts as needed from then on.
      const since = usedAt === null || usedAt < changedAt ? changedAt : usedAt;
      if (isOver(maximumUnusedDays, since)) return say('unusedKey', { key, date: since.slice(0, 10), days: maximumUnusedDays });
    }
    if (params.requireMfaForConsole && hasPassword && !hasMfa) return say('consoleWithoutMfa');
    return first ? say('rotated') : say('noKeys');
  },
});
