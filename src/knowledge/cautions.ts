/** What following the advice of several rules may break, said once. */

export const REPLACES_LIFECYCLE =
  'PutBucketLifecycleConfiguration replaces all lifecycle rules of the bucket: keep the rules that you still need.';

export const ERASES =
  'The rule also erases existing objects that are old enough: check legal holds and backups first. ' +
  'PutBucketLifecycleConfiguration replaces all rules.';

export const CALLERS_LOSE_ACCESS =
  'PutBucketPolicy replaces the whole policy. Callers that depend on the statement lose access. Check first who they are; ' +
  'requests for objects are only in CloudTrail data events and S3 server access logs.';
