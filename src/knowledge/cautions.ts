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
