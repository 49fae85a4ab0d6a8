import { days, defineRule, fail, pass, say, supporting } from '../src/engine/rule.ts';
import { hoursSince } from '../src/knowledge/past.ts';

export default defineRule({
  id: 'iam-access-key-rotation',
  areas: ['reviews'],
  severity: 'medium',
  tier: 'strict',
  title: 'Access keys of all IAM users are replaced within a set time',
  rationale: 'An access key works from anywhere until it is deleted, and a user who cannot use S3 today may be allowed to tomorrow.',
  limits: [
    'Every user is judged, whether a policy grants anything in S3 or not; iam-s3-credential-rotation is stricter, on those who can use S3.',
    'Only active keys are judged. A key that was never used counts from its creation.',
    'IAM makes a new report at most every four hours, so a change may show later.',
    'AWS Config must record IAM users in the home Region.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Access keys are replaced within a set time, which limits what a leaked key can do.'),
    'hipaa 164.312(d)': supporting('An access key, which stands for its user, is replaced within a set time.'),
  },
  subject: 'iamUser',
  reads: ['credentials', 'now'],
  parameters: { maximumKeyAgeDays: days(90, 'Maximum age of an active access key.') },
  messages: {
    rotated: pass('No active access key is older than {days} days.'),
    noKeys: pass('The user has no active access key.'),
    oldKey: fail('Access key {key} was last changed on {date}, more than {days} days ago.', {
      fix:
        'Replace the key with a role. Otherwise create a new key (CreateAccessKey), put it into use, deactivate the old key ' +
        '(UpdateAccessKey) and delete it (DeleteAccessKey).',
      caution: 'Programs that still use the key stop working. A deactivated key can be activated again; a deleted key cannot be restored.',
    }),
  },
  evaluate({ iamUser: { credentials, now }, params: { maximumKeyAgeDays: days } }) {
    for (const { number: key, changedAt } of credentials.accessKeys) {
      if (hoursSince('credentials', changedAt, now) / 24 > days) return say('oldKey', { key, date: changedAt.slice(0, 10), days });
    }
    return credentials.accessKeys.length > 0 ? say('rotated', { days }) : say('noKeys');
  },
});
