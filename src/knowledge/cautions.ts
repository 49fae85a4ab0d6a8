/** The advice of several rules, and what following it may break, said once. */

export const REPLACES_LIFECYCLE =
  'PutBucketLifecycleConfiguration replaces all lifecycle rules of the bucket: keep the rules that you still need.';

export const ERASES =
  'The rule also erases existing objects that are old enough: check legal holds, investigations and backups first. ' +
  'PutBucketLifecycleConfiguration replaces all rules.';

/** A lifecycle rule erases too soon. */
export const RAISE_DAYS = {
  fix: 'Raise Days or NoncurrentDays of the lifecycle rule. If it expires objects on a Date, use Days instead.',
  caution: REPLACES_LIFECYCLE,
};

/** A lifecycle rule erases too late. */
export const LOWER_DAYS = {
  fix: 'Lower Days and NoncurrentDays of the lifecycle rule, so that their sum is within the maximum.',
  caution: ERASES,
};

/** Object Lock retains new objects too long. */
export const SHORTEN_LOCK = {
  fix: 'Shorten the default retention (PutObjectLockConfiguration).',
  caution:
    'Objects that are already locked keep their retention; in compliance mode it cannot be shortened.',
};

export const ENABLE_VERSIONING = {
  fix: 'Enable versioning (PutBucketVersioning, Status Enabled).',
  caution:
    'Earlier versions are then stored and charged until a lifecycle rule erases them. Versioning can later be suspended, but not ' +
    'turned off.',
};

export const CALLERS_LOSE_ACCESS =
  'PutBucketPolicy replaces the whole policy. Callers that depend on the statement lose access. Check first who they are; ' +
  'requests for objects are only in CloudTrail data events and S3 server access logs.';

export const USE_KEY = {
  fix:
    'Set the default encryption of the bucket to aws:kms with an approved key in the Region of the bucket (PutBucketEncryption, ' +
    'KMSMasterKeyID).',
  caution:
    'Readers then need kms:Decrypt and writers kms:GenerateDataKey on the key, also in other accounts. CloudFront origin access ' +
    'identities and access logs of Application Load Balancers do not work with SSE-KMS.',
};
export const APPROVE_OR_USE_KEY = {
  fix:
    'If the key should be approved, add it to kms.approvedKeys in the settings; otherwise set the default encryption of the bucket to ' +
    'an approved key (PutBucketEncryption, KMSMasterKeyID).',
  caution:
    'With another key, readers need kms:Decrypt and writers kms:GenerateDataKey on that key, also in other accounts.',
};

const CHARGED =
  'Logs are stored and charged, and old logs stay in the previous target. Check that new logs arrive.';
export const SEND_LOGS = {
  fix: 'Send access logs (PutBucketLogging) to an approved bucket in the same account and Region.',
  caution: CHARGED,
};
export const APPROVE_OR_SEND_LOGS = {
  fix: 'Approve the target under logs.approvedTargets, or send access logs (PutBucketLogging) to an approved one.',
  caution: CHARGED,
};

export const DELIVERABLE_TARGET = {
  fix: 'Use a target with SSE-S3, no Object Lock and no Requester Pays, whose policy allows logging.s3.amazonaws.com to write.',
  caution: 'Logs that were not delivered are lost. Check afterwards that new logs arrive.',
};
