import { say } from '../../engine/message.ts';
import { known } from '../../engine/subject.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { LogTarget } from '../../facts/bucket-settings.ts';
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

/** Why S3 delivers no access logs to the target of a bucket, fit to follow "a bucket"; null when nothing is known to stop them. */
export function obstacleAt({ settings }: LogTarget): string | null {
  if (settings === null) return 'that is gone';
  const obstacle = deliveryObstacle(settings);
  if (obstacle !== null) return `with ${obstacle}`;
  return known(settings.admitsS3, 'logTarget') ? null : 'that does not let S3 write';
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
  const { account, region } = bucket.logTarget;
  const obstacle = obstacleAt(bucket.logTarget);
  if (obstacle !== null) return say('undeliverable', { target, obstacle });
  const isHere = account === bucket.account && region === bucket.region;
  return isHere ? say('logged', { target }) : say('elsewhere', { target, account, region });
}
