import { s3Actions } from './actions.ts';

/**
 * What reaches every bucket of a partition, as globs of ARNs: a name of a bucket has at least three characters, a key one.
 * Access points have ARNs of their own, which only `everything` takes in.
 * Source: Amazon S3 User Guide, "General purpose bucket naming rules", "Configuring IAM policies for using access points".
 */
export const s3Of = (partition: string) => ({
  everything: `arn:${partition}:s3:*`,
  buckets: `arn:${partition}:s3:::???*`,
  objects: `arn:${partition}:s3:::???*/?*`,
});

const onBuckets = new Set(s3Actions.bucket.map((action) => action.toLowerCase()));

/** Is it the name, in lower case, of an action on buckets? */
export const isBucketAction = (action: string) => onBuckets.has(action);
