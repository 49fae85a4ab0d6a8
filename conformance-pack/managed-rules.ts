/** A rule that AWS runs; the packs carry it along, since there is nothing to do better. */
export interface ManagedRule {
  /** As AWS names it, and as it is named in the pack. */
  readonly name: string;
  readonly identifier: string;
  /** What is true where it passes. */
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** It judges IAM, which every Region would report alike. */
  readonly homeRegionOnly: boolean;
}

/** All of them periodic; names, identifiers and parameters from the AWS Config Developer Guide, "List of AWS Config Managed Rules". */
export const managedRules: readonly ManagedRule[] = [
  {
    name: 'access-keys-rotated',
    identifier: 'ACCESS_KEYS_ROTATED',
    title: 'Access keys of all IAM users are younger than 90 days',
    parameters: { maxAccessKeyAge: '90' },
    homeRegionOnly: true,
  },
  {
    name: 'guardduty-s3-protection-enabled',
    identifier: 'GUARDDUTY_S3_PROTECTION_ENABLED',
    title: 'GuardDuty watches what is done to S3 objects',
    parameters: {},
    homeRegionOnly: false,
  },
  {
    name: 'iam-root-access-key-check',
    identifier: 'IAM_ROOT_ACCESS_KEY_CHECK',
    title: 'The root user has no access key',
    parameters: {},
    homeRegionOnly: true,
  },
  {
    name: 'iam-user-unused-credentials-check',
    identifier: 'IAM_USER_UNUSED_CREDENTIALS_CHECK',
    title: 'IAM users have no credentials that were unused for 90 days',
    parameters: { maxCredentialUsageAge: '90' },
    homeRegionOnly: true,
  },
  {
    name: 'kms-cmk-not-scheduled-for-deletion',
    identifier: 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
    title: 'No KMS key waits for its deletion',
    parameters: {},
    homeRegionOnly: false,
  },
  {
    name: 's3-resources-protected-by-backup-plan',
    identifier: 'S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    title: 'S3 buckets are covered by a backup plan',
    parameters: {},
    homeRegionOnly: false,
  },
];
