import { defineRule, fail, pass, say, supporting } from '../src/engine/rule.ts';

export default defineRule({
  id: 'iam-root-access-key',
  areas: ['reviews'],
  severity: 'critical',
  tier: 'essential',
  title: 'The root user of the account has no access key',
  rationale: 'Anyone who holds such a key can do everything in the account, and no policy inside the account limits it.',
  limits: ['A key that was deactivated counts, too.', 'The password and the MFA devices of the root user are not judged.'],
  requirements: {
    'gdpr 32(1)(b)': supporting('No access key opens the whole account.'),
    'hipaa 164.312(a)(2)(i)': supporting('No access key exists for the root user, which is no person.'),
    'hipaa 164.312(a)(1)': supporting('No access key has the rights of the root user.'),
  },
  subject: 'account',
  reads: ['rootAccessKey'],
  parameters: {},
  messages: {
    noKey: pass('The root user has no access key.'),
    hasKey: fail('The root user has an access key.', {
      fix:
        'Sign in as the root user, deactivate the key, and delete it when nothing has missed it. Of a member account, the management ' +
        'account can delete it with centralized root access.',
      caution: 'Programs that use the key stop working: give them a role first. A deleted key cannot be restored.',
    }),
  },
  evaluate: ({ account }) => say(account.rootAccessKey ? 'hasKey' : 'noKey'),
});
