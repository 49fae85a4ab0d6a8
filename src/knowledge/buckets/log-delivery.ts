import { say } from '../../engine/message.ts';
import type { BucketFacets } from '../../facts/index.ts';
import type { Identity } from '../../records/reading.ts';

/**
 * What keeps S3 from delivering server access logs to a bucket; null when nothing does
 * (Amazon S3 User Guide, "Enabling Amazon S3 server access logging": SSE-S3 only, no default retention).
 */
export function deliveryObstacle({
  encryption,
  objectLock,
}: Pick<BucketFacets, 'encryption' | 'objectLock'>): string | null {
  if (encryption !== null && encryption.algorithm !== 'AES256') return encryption.algorithm;
  return objectLock?.defaultRetention ? 'default Object Lock retention' : null;
}

/** Where the access logs of a bucket go, and whether S3 can deliver them there. */
export function judgeLogging(
  bucket: Identity & Pick<BucketFacets, 'logging' | 'roles' | 'logTarget'>,
  { approvedTargets }: { readonly approvedTargets: readonly string[] },
) {
  const target = bucket.logging?.bucket;
  if (target === bucket.name) return say('itself');
  const role = bucket.roles.find((each) => each.role === 'access-log-target');
  if (role) return say('isTarget', role);
  if (target === undefined) return say('off');
  const isApproved = approvedTargets.length === 0 || approvedTargets.includes(target);
  if (!isApproved) return say('notApproved', { target });
  const { account, region, obstacle } = bucket.logTarget;
  if (obstacle !== null) return say('undeliverable', { target, obstacle });
  const isHere = account === bucket.account && region === bucket.region;
  return isHere ? say('logged', { target }) : say('elsewhere', { target, account, region });
}
