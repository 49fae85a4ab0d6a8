import { days, defineRule, fail, pass, say, supporting } from '../src/engine/rule.ts';
import { hoursSince } from '../src/knowledge/past.ts';

export default defineRule({
  id: 'iam-unused-credentials',
  areas: ['reviews'],
  severity: 'medium',
  tier: 'strict',
  title: 'IAM users have no passwords and access keys that have been unused for a set time',
  rationale: 'No one notices when a credential that is not used is stolen, and it often belongs to someone who left.',
  limits: [
    'Every user is judged, whether a policy grants anything in S3 or not.',
    'Only active keys and passwords for the console are judged. One that was never used counts from the day it was set.',
    'Sign-ins through an identity provider or IAM Identity Center use no password of IAM.',
    'IAM makes a new report at most every four hours, so a change may show later.',
    'AWS Config must record IAM users in the home Region.',
  ],
  requirements: {
    'gdpr 32(4)': supporting('Passwords and access keys that are not used any more are reported.'),
    'hipaa 164.308(a)(3)(ii)(C)': supporting('Passwords and access keys that are not used any more are reported.'),
  },
  subject: 'iamUser',
  reads: ['credentials', 'password', 'now'],
  parameters: { maximumUnusedDays: days(90, 'Maximum number of days that a password or an active access key may be unused.') },
  messages: {
    used: pass('The password and the active access keys were set or used within the last {days} days.'),
    none: pass('The user has neither a password nor an active access key.'),
    unusedPassword: fail('The password has not been used since {date}, more than {days} days ago.', {
      fix: 'Delete the password (DeleteLoginProfile), or the user if it is not needed.',
      caution: 'The user cannot sign in to the console any more. Ask who it belongs to before you delete it.',
    }),
    unusedKey: fail('Access key {key} has not been used since {date}, more than {days} days ago.', {
      fix: 'Deactivate the key (UpdateAccessKey). Delete it (DeleteAccessKey) when you are sure that nothing needs it.',
      caution: 'A program that runs seldom may still need the key. A deactivated key can be activated again; a deleted one cannot.',
    }),
  },
  evaluate({ iamUser: { credentials, password, now }, params: { maximumUnusedDays: days } }) {
    // What was set after its last use counts as needed from then on.
    const since = (at: string, usedAt: string | null) => (usedAt === null || usedAt < at ? at : usedAt);
    const isUnused = (last: string) => hoursSince('credentials', last, now) / 24 > days;
    for (const { number: key, changedAt, usedAt } of credentials.accessKeys) {
      const last = since(changedAt, usedAt);
      if (isUnused(last)) return say('unusedKey', { key, date: last.slice(0, 10), days });
    }
    const last = password && since(password.changedAt, password.usedAt);
    if (last !== null && isUnused(last)) return say('unusedPassword', { date: last.slice(0, 10), days });
    return last !== null || credentials.accessKeys.length > 0 ? say('used', { days }) : say('none');
  },
});
