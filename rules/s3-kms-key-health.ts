import { days, defineRule, EvidenceUnavailable, fail, flag, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { isUsable } from '../src/facts/encryption-key.ts';
import { trustedSources, trustOf } from '../src/knowledge/policies/trust.ts';
import { openUse } from '../src/policy/questions/key-policy.ts';

const ROTATE = {
  fix: 'Switch on automatic rotation of the key, with a RotationPeriodInDays of at most maximumRotationDays (EnableKeyRotation).',
  caution: 'The first and the second rotation of a key each raise its monthly charge (AWS KMS pricing).',
};

/** The policy of the key is not the choice of the controller, or was not read. */
const UNSEEN = { except: ['gdpr 32(1)(a)'] } as const;
const SECRECY = { except: ['gdpr 32(1)(b)'] } as const;
const OTHER_KEY = {
  fix: 'Set the default encryption of the bucket to a symmetric encryption key of an approved account (PutBucketEncryption).',
  caution: 'PutBucketEncryption replaces the whole configuration. Objects that are stored under the old key still need it.',
};

export default defineRule({
  id: 's3-kms-key-health',
  areas: ['encryption'],
  severity: 'high',
  tier: 'essential',
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
    'gdpr 32(1)(a)': supporting(
      'The key for new personal data is enabled, rotated as required, and used by approved accounts only, as its policy says.',
    ),
    'gdpr 32(1)(b)': supporting('A disabled or deleted key, without which data is unavailable, is reported.'),
    'hipaa 164.312(a)(2)(iv)': supporting('The key that encrypts and decrypts new objects is enabled, and rotated as required.'),
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
    awsManaged: pass('AWS manages the key {name}, which is enabled and rotated every year.', UNSEEN),
    policyUnseen: pass(
      'The key {name} works and is rotated as required; its policy, in account {account}, is accepted without being read.',
      UNSEEN,
    ),
    notKms: skip('No KMS key encrypts new objects, so there is no key to judge.'),
    gone: fail('The key {name} does not exist in KMS: new objects cannot be stored, and old objects may be unreadable.', {
      fix: 'Set the default encryption to an existing key (PutBucketEncryption). If only the alias is gone, create it again (CreateAlias).',
      caution: 'Objects stored under a deleted key stay unreadable. PutBucketEncryption replaces the whole configuration.',
    }),
    notEnabled: fail('The key {name} is in state {state}, so objects under it can be neither read nor stored.', {
      fix: 'Cancel a scheduled deletion (CancelKeyDeletion), then enable the key (EnableKey).',
      caution: 'The key may have been disabled because it was exposed: find out who disabled it, and why, before you enable it.',
    }),
    notSymmetric: fail('The key {name} is of type {spec}, and S3 only uses symmetric encryption keys: uploads fail.', OTHER_KEY),
    foreignKey: fail('The key {name} is in account {account}, which is not approved, and its policy cannot be read.', OTHER_KEY),
    notRotated: fail('Automatic rotation of the key {name} is off.', ROTATE, SECRECY),
    rotatedLate: fail('The key {name} is rotated every {days} days, less often than every {maximum} days.', ROTATE, SECRECY),
    openPolicy: fail('Statement {sid} of the policy of key {name} allows {caller} to perform {action}{condition}.', {
      only: ['gdpr 32(1)(a)'],
      fix: 'Limit the statement to approved principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID (PutKeyPolicy).',
      caution: 'Callers that depend on it lose access: look them up in CloudTrail, and keep the statement by which you manage the key.',
    }),
  },
  evaluate({ bucket, params }) {
    if (bucket.encryptionKey === null) return say('notKms');
    const { name, key } = bucket.encryptionKey;
    if (key === null) return say('gone', { name });
    const { state, spec, rotationDays, account } = key;
    if (!isUsable(state)) return say('notEnabled', { name, state });
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
