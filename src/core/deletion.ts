import { undenied } from '../policy/denials.ts';
import type { BucketFacets } from './facets.ts';
import type { Identity } from './subject.ts';

/**
 * Is there a lock on the versions of objects that one stolen credential does not open? MFA delete, Object Lock that retains
 * every new object for these days, or a policy that denies s3:DeleteObjectVersion to everyone on every object. Without
 * versioning nothing counts: what is overwritten or deleted is gone.
 */
export function resistsDeletion(
  bucket: Identity & Pick<BucketFacets, 'versioning' | 'objectLock' | 'policy'>,
  days: number,
): boolean {
  const { versioning, objectLock, policy } = bucket;
  if (versioning.status !== 'Enabled') return false;
  const isLocked = (objectLock?.defaultRetention?.days ?? 0) >= days;
  if (versioning.mfaDelete || isLocked) return true;
  const deletion = { actions: ['s3:DeleteObjectVersion'] };
  return policy !== null && undenied(policy, bucket, deletion) === null;
}
