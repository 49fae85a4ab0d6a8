/** What following the advice of several rules may break, said once. */

export const REPLACES_LIFECYCLE =
  'PutBucketLifecycleConfiguration replaces all lifecycle rules of the bucket: keep the rules that you still need.';

export const ERASES = `What a lifecycle rule has erased cannot be restored: check legal holds and backups first. ${REPLACES_LIFECYCLE}`;
