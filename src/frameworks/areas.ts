/** One of the areas of practice that the pack answers. A rule says itself which areas it answers. */
export interface Area {
  readonly id: string;
  /** What should be so. */
  readonly title: string;
  /** Names of the rules of AWS that the packs carry along. */
  readonly managedRules: readonly string[];
  /** What no rule on AWS Config can see here, and where to look instead. */
  readonly unseen: readonly string[];
}

/** The areas in which S3 is secured, in the order of the coverage page. */
export const areas = [
  {
    id: 'policies',
    title: 'IAM and bucket policies: least privilege, network limits, no unintended public access',
    managedRules: [],
    unseen: [
      'What service and resource control policies, session policies and permissions boundaries deny: they can only ' +
        'narrow what the rules report. Look at AWS Organizations.',
      'Whether a permission that is granted is used. Look at unused access in IAM Access Analyzer.',
    ],
  },
  {
    id: 'encryption',
    title: 'Encryption at rest and in transit',
    managedRules: ['kms-cmk-not-scheduled-for-deletion'],
    unseen: [
      'How objects that were stored before a setting changed are encrypted. Look at S3 Inventory, which lists the ' +
        'encryption of each object.',
      'Encryption that a program does by itself before it uploads.',
    ],
  },
  {
    id: 'acls',
    title: 'Access control lists minimal or off',
    managedRules: [],
    unseen: [
      'The ACLs of single objects, which AWS Config does not record. They have no effect once ACLs are off; until then ' +
        'S3 Inventory lists them.',
    ],
  },
  {
    id: 'recovery',
    title: 'Versioning and protection from deletion',
    managedRules: ['s3-resources-protected-by-backup-plan'],
    unseen: [
      'Whether a restore works: that is shown by doing it.',
      'Who holds the MFA device of the root user.',
    ],
  },
  {
    id: 'monitoring',
    title: 'CloudTrail data events, logs, alarms and metrics',
    managedRules: ['guardduty-s3-protection-enabled'],
    unseen: [
      'What the events say: an anomaly at run time is the work of GuardDuty and of those who read the alarms.',
      'Whether a log file was changed after its delivery. Run aws cloudtrail validate-logs.',
    ],
  },
  {
    id: 'config',
    title: 'AWS Config itself, and compliance with GDPR and HIPAA',
    managedRules: [],
    unseen: [
      'Requirements that no setting can meet; docs/requirements lists them, with the reason.',
      'Accounts and Regions without a recorder and without the pack: a rule runs only where it is deployed. The ' +
        'aggregator of the organization shows the gaps.',
    ],
  },
  {
    id: 'public-access',
    title: 'Block Public Access, at the account and at each bucket',
    managedRules: [],
    unseen: [
      'Copies of the data that are published elsewhere, such as a snapshot or a distribution in front of the bucket.',
    ],
  },
  {
    id: 'pre-signed-urls',
    title: 'Pre-signed URLs that end soon',
    managedRules: [],
    unseen: [
      'Who holds a URL and for how long it was signed; a policy can only shorten that. Data events of CloudTrail tell ' +
        'its use by additionalEventData.AuthenticationMethod, which is then QueryString.',
    ],
  },
  {
    id: 'retention',
    title: 'Lifecycle and Object Lock',
    managedRules: [],
    unseen: [
      'Retention and legal holds put on single objects. Look at S3 Inventory.',
      'Whether a period is the right one for the data: that is decided by its owner.',
    ],
  },
  {
    id: 'reviews',
    title: 'Regular reviews: policies, logs, credentials, unused access',
    managedRules: [
      'access-keys-rotated',
      'iam-user-unused-credentials-check',
      'iam-root-access-key-check',
    ],
    unseen: ['How thorough a review was: an attestation says who and when.'],
  },
  {
    id: 'sharing',
    title: 'Sharing between accounts, restricted',
    managedRules: [],
    unseen: [
      'What an approved account does with the data, and whom it lets in by roles of its own.',
      'Shares made without a policy of the bucket, such as a program that reads and sends on.',
    ],
  },
] as const satisfies readonly Area[];

export type AreaId = (typeof areas)[number]['id'];
