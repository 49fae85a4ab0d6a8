import { days, defineRule, EvidenceUnavailable, fail, flag, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { isUsable } from '../src/facts/encryption-key.ts';
import { trustedSources, trustOf } from '../src/knowledge/policies/trust.ts';
import { openUse } from '../src/policy/questions/key-policy.ts';

const ROTATE = {
  fix: 'Switch on automatic rotation of the key, with a RotationPeriodInDays of at most maximumRotationDays (EnableKeyRotation).',
  caution: 'The first and the second rotation of a key each raise its monthly charge (AWS KMS pricing).',
};

export default defineRule({
  id: 's3-kms-key-health',
  areas: ['encryption'],
  severity: 'high',
  title: 'The KMS keys of S3 buckets are enabled, rotated and closed to unapproved accounts',
  rationale:
    'Data is only as safe as its key: without the key it cannot be read again, and anyone else who may use the key is one permission ' +
    'away from the data.',
  limits: [
    'Only the current key of the default encryption is judged, not the keys of objects stored earlier, and no grants (kms:CreateGrant).',
    'Actions that only look at a key (such as kms:DescribeKey), and those that KMS refuses to other accounts, are not judged.',
    'AWS services named in a key policy, and access that the account of the key gives through IAM, are not judged.',
    'Rotation is not required of keys with imported material or in custom key stores, because KMS cannot rotate them automatically.',
    'The policy of a key can only be read in its own account. The waiting period of a deletion is not judged: the rule fails at once.',
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('The key that encrypts new personal data is enabled, and rotated as the settings require.'),
    'gdpr 32(1)(b)': supporting('A disabled or deleted key, without which data is unavailable, is reported.'),
    'hipaa 164.312(a)(2)(iv)': supporting('The key that encrypts new objects is enabled, and rotated as the settings require.'),
  },
  reads: ['encryptionKey'],
  parameters: {
    ...trustedSources,
    requireRotation: flag(true, 'Whether a key that KMS can rotate automatically must be rotated.'),
    maximumRotationDays: days(365, 'Maximum number of days between two rotations.'),
    acceptUnseenPolicy: flag(false, 'Whether a key of another, approved account passes although its policy cannot be read.'),
  },
  messages: {
    healthy: pass('The key {name} works and is rotated as required, and its policy allows only approved accounts to use it.'),
    awsManaged: pass('AWS manages the key {name}, which is enabled and rotated every year.'),
    policyUnseen: pass(
      'The key {name} works and is rotated as required; its policy, in account {account}, is accepted without being read.',
    ),
    notKms: skip('No KMS key encrypts new objects, so there is no key to judge.'),
    gone: fail('The key {name} does not exist in KMS: new objects cannot be stored, and old objects may be unreadable.', {
      fix:
        'Set the default encryption of the bucket to an existing key (PutBucketEncryption), or, if only the alias was deleted, create ' +
        'it again for the same key (CreateAlias).',
      caution: 'Objects stored under a deleted key stay unreadable. PutBucketEncryption replaces the whole configuration.',
    }),
    notEnabled: fail('The key {name} is in state {state}, so objects under it can be neither read nor stored.', {
      fix: 'Cancel a scheduled deletion (CancelKeyDeletion), then enable the key (EnableKey).',
      caution: 'The key may have been disabled because it was exposed: find out who disabled it, and why, before you enable it.',
    }),
    notSymmetric: fail('The key {name} is of type {spec}, and S3 only uses symmetric encryption keys: uploads fail.', {
      fix: 'Set the default encryption of the bucket to a symmetric encryption key (PutBucketEncryption).',
      caution: 'PutBucketEncryption replaces the whole configuration.',
    }),
    foreignKey: fail('The key {name} is in account {account}, which is not approved, and its policy cannot be read.', {
      fix: 'Set the default encryption of the bucket to a key of an approved account, or approve the account under trust.accounts.',
      caution: 'Objects that are stored under the key need it to be read.',
    }),
    notRotated: fail('Automatic rotation of the key {name} is off.', ROTATE),
    rotatedLate: fail('The key {name} is rotated every {days} days, less often than every {maximum} days.', ROTATE),
    openPolicy: fail('Statement {sid} of the policy of key {name} allows {caller} to perform {action}{condition}.', {
      fix:
        'Limit the statement of the key policy to approved principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID ' +
        '(PutKeyPolicy).',
      caution:
        'Callers that depend on the statement can no longer read or write objects under the key. Look them up in CloudTrail first, and ' +
        'keep the statement that allows your account to manage the key.',
    }),
  },
  evaluate({ bucket, params }) {
    if (bucket.encryptionKey === null) return say('notKms');
    const { name, key } = bucket.encryptionKey;
    if (key === null) return say('gone', { name });
    const { state, rotationDays, account } = key;
    if (!isUsable(state)) return say('notEnabled', { name, state });
    const { spec } = key;
    // Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys": only symmetric encryption keys.
    if (spec !== null && spec !== 'SYMMETRIC_DEFAULT') return say('notSymmetric', { name, spec });
    if (key.isAwsManaged) return say('awsManaged', { name });
    if (params.requireRotation && rotationDays !== 'cannot') {
      const { maximumRotationDays: maximum } = params;
      if (rotationDays === null) return say('notRotated', { name });
      if (rotationDays > maximum) return say('rotatedLate', { name, days: rotationDays, maximum });
    }
    if (key.policy === null) {
      const mayBeTrusted = params.trustedAccounts.includes(account) || params.trustedOrganizations.length > 0;
      if (params.acceptUnseenPolicy) return say(mayBeTrusted ? 'policyUnseen' : 'foreignKey', { name, account });
      throw new EvidenceUnavailable('encryptionKey', `the policy of a key can only be read in its own account, here ${account}`);
    }
    const services = { trustedServices: [], trustedCanonicalUsers: [], requireSourceGuard: true };
    const open = openUse(key.policy, key, trustOf({ ...params, ...services }));
    if (open === null) return say('healthy', { name });
    const condition = open.condition === null ? '' : `: ${open.condition} does not prevent it`;
    return say('openPolicy', { name, ...open, condition }, open);
  },
});
