import { days, defineRule, fail, flag, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeCredentials } from '../src/knowledge/accounts/credentials.ts';

const FIX = `Replace access keys by roles, or else create a new key, put it to use, deactivate the old one and delete it. Delete keys that nobody uses, and register an MFA device for whoever has a password.`;

export default defineRule({
  id: 'iam-s3-credential-rotation',
  areas: ['reviews'],
  severity: 'high',
  title: 'IAM users who can use S3 have no old or unused access keys, and sign in with MFA',
  rationale: `An access key works from anywhere and until it is deleted: one that leaked, or that left with its owner, reads the data for as long as nobody changes it.`,
  limits: [
    `A user counts who is granted anything in S3 by an inline or attached policy or one of a group, less what a Deny without condition takes away; permissions boundaries and policies of the organization are not counted. A user who gets at S3 through a bucket policy alone, or by assuming a role, is not seen. Passwords that are old, keys of the root user and service-specific credentials are not judged. IAM renews its report every four hours, and a key that was never used counts from its creation. AWS Config has to record IAM users in the home Region.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('A key that leaked loses its power in time.'),
    'gdpr 32(4)': supporting('Keys of persons who no longer act for the controller go out of use.'),
    'hipaa 164.312(d)': supporting('A second factor, and keys that are renewed, show who it is.'),
    'hipaa 164.308(a)(3)(ii)(C)': supporting('Access that is no longer used is ended.'),
    'hipaa 164.308(a)(5)(ii)(D)': supporting('Credentials are changed on a schedule.'),
  },
  subject: 'iamUser',
  reads: ['credentials', 'now', 'userPolicies'],
  parameters: {
    maximumKeyAgeDays: days(90, 'How old an active access key may be.'),
    maximumUnusedDays: days(45, 'For how long an active access key may go unused.'),
    forbidLongLivedKeys: flag(false, 'Whether users may have no active access key at all.'),
    requireMfaForConsole: flag(true, 'Whether a user with a password needs an MFA device.'),
  },
  messages: {
    rotated: pass('Every active access key is new enough and in use.'),
    noKeys: pass('The user has no active access key.'),
    forbiddenKey: fail('Access key {key} is active, and users may not have any.', { fix: FIX }),
    oldKey: fail('Access key {key} was last changed on {date}, more than {days} days ago.', { fix: FIX }),
    unusedKey: fail('Access key {key} has not been used since {date}, more than {days} days ago.', { fix: FIX }),
    consoleWithoutMfa: fail('The user has a password for the console and no MFA device.', { fix: FIX }),
    noS3: skip('No policy of the user grants anything in S3.'),
  },
  evaluate: ({ iamUser, params }) => judgeCredentials(iamUser, params),
});
