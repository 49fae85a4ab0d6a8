/** One of the areas of practice that the pack answers, with what it answers it by. */
export interface Area {
  /** What should be so. */
  readonly title: string;
  /** Ids of our rules. */
  readonly rules: readonly string[];
  /** Names of the rules of AWS that the packs carry along. */
  readonly managedRules: readonly string[];
  /** What no rule on AWS Config can see here, and where to look instead. */
  readonly unseen: readonly string[];
}

/** The areas in which S3 is secured, in the order of the coverage page. */
export const areas: readonly Area[] = [
  {
    title: 'IAM and bucket policies: least privilege, network limits, no unintended public access',
    rules: [
      's3-policy-least-privilege',
      'iam-s3-least-privilege',
      's3-policy-network-perimeter',
      's3-no-public-access',
    ],
    managedRules: [],
    unseen: [
      'What service and resource control policies, session policies and permissions boundaries deny: they can only narrow what the rules report. Look at AWS Organizations.',
      'Whether a permission that is granted is used. Look at unused access in IAM Access Analyzer.',
    ],
  },
  {
    title: 'Encryption at rest and in transit',
    rules: [
      's3-sse-kms-approved-keys',
      's3-upload-encryption-enforced',
      's3-sse-c-blocked',
      's3-tls-only',
    ],
    managedRules: ['kms-cmk-not-scheduled-for-deletion'],
    unseen: [
      'How objects that were stored before a setting changed are encrypted. Look at S3 Inventory, which lists the encryption of each object.',
      'Encryption that a program does by itself before it uploads.',
    ],
  },
  {
    title: 'Access control lists minimal or off',
    rules: ['s3-acl-disabled', 's3-acl-no-foreign-grants'],
    managedRules: [],
    unseen: [
      'The ACLs of single objects, which AWS Config does not record. They have no effect once ACLs are off; until then S3 Inventory lists them.',
    ],
  },
  {
    title: 'Versioning and protection from deletion',
    rules: ['s3-versioning-with-lifecycle', 's3-deletion-protection'],
    managedRules: ['s3-resources-protected-by-backup-plan'],
    unseen: [
      'Whether a restore works: that is shown by doing it.',
      'Who holds the MFA device of the root user.',
    ],
  },
  {
    title: 'CloudTrail data events, logs, alarms and metrics',
    rules: [
      's3-data-events-logged',
      'cloudtrail-log-integrity',
      's3-access-logging',
      's3-log-retention',
      'cloudwatch-s3-activity-alarms',
      's3-request-metrics-alarms',
    ],
    managedRules: ['guardduty-s3-protection-enabled'],
    unseen: [
      'What the events say: an anomaly at run time is the work of GuardDuty and of those who read the alarms.',
      'Whether a log file was changed after its delivery. Run aws cloudtrail validate-logs.',
    ],
  },
  {
    title: 'AWS Config itself, and compliance with GDPR and HIPAA',
    rules: ['config-recorder-health'],
    managedRules: [],
    unseen: [
      'Requirements that no setting can meet; docs/requirements lists them, with the reason.',
      'Accounts and Regions without a recorder and without the pack: a rule runs only where it is deployed. The aggregator of the organization shows the gaps.',
    ],
  },
  {
    title: 'Block Public Access, at the account and at each bucket',
    rules: [
      's3-block-public-access-account',
      's3-block-public-access-bucket',
      's3-no-public-access',
    ],
    managedRules: [],
    unseen: [
      'Copies of the data that are published elsewhere, such as a snapshot or a distribution in front of the bucket.',
    ],
  },
  {
    title: 'Pre-signed URLs that end soon',
    rules: ['s3-presigned-url-guard'],
    managedRules: [],
    unseen: [
      'Who holds a URL and for how long it was signed; a policy can only shorten that. Data events of CloudTrail tell its use by additionalEventData.AuthenticationMethod, which is then QueryString.',
    ],
  },
  {
    title: 'Lifecycle and Object Lock',
    rules: ['s3-lifecycle-expiration', 's3-object-lock-retention', 's3-data-classification'],
    managedRules: [],
    unseen: [
      'Retention and legal holds put on single objects. Look at S3 Inventory.',
      'Whether a period is the right one for the data: that is decided by its owner.',
    ],
  },
  {
    title: 'Regular reviews: policies, logs, credentials, unused access',
    rules: [
      's3-policy-review-attested',
      'access-analyzer-s3-reviewed',
      'iam-s3-credential-rotation',
      'iam-s3-least-privilege',
    ],
    managedRules: [
      'access-keys-rotated',
      'iam-user-unused-credentials-check',
      'iam-root-access-key-check',
    ],
    unseen: ['How well somebody reviewed: an attestation says who and when.'],
  },
  {
    title: 'Sharing between accounts, restricted',
    rules: [
      's3-cross-account-scoped',
      's3-service-principals-guarded',
      's3-access-point-scoped',
      's3-residency',
    ],
    managedRules: [],
    unseen: [
      'What an approved account does with the data, and whom it lets in by roles of its own.',
      'Shares made without a policy of the bucket, such as a program that reads and sends on.',
    ],
  },
];
