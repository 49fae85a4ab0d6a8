import type { Links } from '../src/engine/requirement.ts';
import { primary, supporting } from '../src/engine/requirement.ts';
import type { Tier } from '../src/engine/tier.ts';

/**
 * A rule that AWS runs, and that a pack brings along where `AwsManagedRules` is true. One of ours judges the same, and reports only
 * what differs, where AWS bills each of these for each subject every day.
 */
export interface ManagedRule {
  /** As AWS names it, and as it is named in the pack. */
  readonly name: string;
  readonly identifier: string;
  /** What is true where it passes. */
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly requirements: Links;
  /** Id of the rule of ours that judges the same, and serves the same requirements. */
  readonly replacedBy: string;
  /** The smallest tier that holds it. */
  readonly tier: Tier;
  /** What it judges once a day: each of these is an evaluation (AWS Config Developer Guide, the page of each rule). */
  readonly subject: 'account' | 'bucket' | 'iamUser' | 'key';
  /** It judges IAM, which every Region would report alike. */
  readonly homeRegionOnly: boolean;
}

/** All of them periodic; names, identifiers and parameters from the AWS Config Developer Guide, "List of AWS Config Managed Rules". */
export const managedRules: readonly ManagedRule[] = [
  {
    name: 'access-keys-rotated',
    replacedBy: 'iam-access-key-rotation',
    tier: 'strict',
    identifier: 'ACCESS_KEYS_ROTATED',
    title: 'Access keys of all IAM users are younger than 90 days',
    parameters: { maxAccessKeyAge: '90' },
    requirements: {
      'gdpr 32(1)(b)': supporting(
        'Access keys are replaced within 90 days, which limits what a leaked key can do.',
      ),
      'hipaa 164.312(d)': supporting(
        'An access key, which stands for its user, is replaced within 90 days.',
      ),
    },
    subject: 'iamUser',
    homeRegionOnly: true,
  },
  {
    name: 'guardduty-s3-protection-enabled',
    replacedBy: 'guardduty-s3-protection',
    tier: 'recommended',
    identifier: 'GUARDDUTY_S3_PROTECTION_ENABLED',
    title: 'GuardDuty watches what is done to S3 objects',
    parameters: {},
    requirements: {
      'gdpr 33(1)': supporting(
        'GuardDuty examines events on objects, and its findings are how a breach may become known.',
      ),
      'gdpr 32(1)(d)': supporting('GuardDuty examines events on objects for threats.'),
      'hipaa 164.312(b)': primary('GuardDuty, which examines the activity on objects, is on.'),
      'hipaa 164.308(a)(1)(ii)(D)': supporting(
        'GuardDuty examines events on objects between reviews.',
      ),
      'hipaa 164.308(a)(6)(ii)': supporting('A finding of GuardDuty names a suspected incident.'),
    },
    subject: 'account',
    homeRegionOnly: false,
  },
  {
    name: 'iam-root-access-key-check',
    replacedBy: 'iam-root-access-key',
    tier: 'essential',
    identifier: 'IAM_ROOT_ACCESS_KEY_CHECK',
    title: 'The root user has no access key',
    parameters: {},
    requirements: {
      'gdpr 32(1)(b)': supporting('No access key opens the whole account.'),
      'hipaa 164.312(a)(2)(i)': supporting(
        'No access key exists for the root user, which is no person.',
      ),
      'hipaa 164.312(a)(1)': supporting('No access key has the rights of the root user.'),
    },
    subject: 'account',
    homeRegionOnly: true,
  },
  {
    name: 'iam-user-unused-credentials-check',
    replacedBy: 'iam-unused-credentials',
    tier: 'strict',
    identifier: 'IAM_USER_UNUSED_CREDENTIALS_CHECK',
    title: 'IAM users have no credentials that were unused for 90 days',
    parameters: { maxCredentialUsageAge: '90' },
    requirements: {
      'gdpr 32(4)': supporting(
        'Passwords and access keys that were not used for 90 days are reported.',
      ),
      'hipaa 164.308(a)(3)(ii)(C)': supporting(
        'Passwords and access keys that were not used for 90 days are reported.',
      ),
    },
    subject: 'iamUser',
    homeRegionOnly: true,
  },
  {
    name: 'kms-cmk-not-scheduled-for-deletion',
    replacedBy: 'kms-key-deletion',
    tier: 'strict',
    identifier: 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
    title: 'No KMS key waits for its deletion',
    parameters: {},
    requirements: {
      'gdpr 32(1)(b)': supporting(
        'A scheduled deletion of a key, without which data is unavailable, is reported.',
      ),
      'hipaa 164.312(a)(2)(iv)': supporting(
        'A scheduled deletion of a key, without which nothing is decrypted, is reported.',
      ),
      'hipaa 164.308(a)(7)(ii)(A)': supporting(
        'A scheduled deletion of a key that copies may need is reported.',
      ),
    },
    subject: 'key',
    homeRegionOnly: false,
  },
  {
    name: 's3-resources-protected-by-backup-plan',
    replacedBy: 's3-backup-recent',
    tier: 'strict',
    identifier: 'S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    title: 'S3 buckets are covered by a backup plan',
    parameters: {},
    requirements: {
      'gdpr 32(1)(c)': primary(
        'Each bucket is in a backup plan, from which objects can be restored.',
      ),
      'hipaa 164.308(a)(7)(ii)(A)': primary(
        'Each bucket is in a backup plan, which makes retrievable copies.',
      ),
      'hipaa 164.308(a)(7)(ii)(B)': supporting(
        'Each bucket is in a backup plan, from which lost data can be restored.',
      ),
    },
    subject: 'bucket',
    homeRegionOnly: false,
  },
];
