import { undenied } from '../policy/denials.ts';
import type { BucketFacets } from './facets.ts';
import type { Identity } from './subject.ts';

/**
 * Is there a lock on the versions of objects that one stolen credential does not open? MFA delete, Object Lock retention
 * on new objects, or a policy that denies s3:DeleteObjectVersion to everyone on every object.
 */
export function resistsDeletion(
  bucket: Identity & Pick<BucketFacets, 'versioning' | 'objectLock' | 'policy'>,
): boolean {
  if (bucket.versioning.mfaDelete || bucket.objectLock?.defaultRetention) return true;
  const deletion = { actions: ['s3:DeleteObjectVersion'] };
  return bucket.policy !== null && undenied(bucket.policy, bucket, deletion) === null;
}
