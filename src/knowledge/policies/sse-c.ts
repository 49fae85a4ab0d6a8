import { say } from '../../engine/message.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Identity } from '../../records/reading.ts';
import { knowing, notDenied, text, unrefused } from './refusal.ts';

/** The one algorithm there is (Amazon S3 User Guide, "Specifying server-side encryption with customer-provided keys"). */
const ALGORITHM = { 's3:x-amz-server-side-encryption-customer-algorithm': text('AES256') };

/** Does the policy, or S3 by the setting of the bucket, refuse every upload with a key that the caller brings? */
export function judgeSseC(bucket: Identity & Pick<BucketFacets, 'policy' | 'blockedEncryption'>) {
  const { policy } = bucket;
  const question = { actions: ['s3:PutObject'], truth: knowing(ALGORITHM, bucket) };
  const gap = policy === null ? null : unrefused(policy, bucket, question);
  if (policy !== null && gap === null) return say('refused');
  if (bucket.blockedEncryption.includes('SSE-C')) return say('blocked');
  return gap === null ? say('noPolicy') : notDenied(gap);
}
