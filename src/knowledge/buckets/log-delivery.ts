import { known } from '../../engine/subject.ts';
import type { DefaultEncryption, LogTarget, ObjectLock } from '../../facts/bucket-settings.ts';

interface Settings {
  readonly encryption: DefaultEncryption | null;
  readonly objectLock: ObjectLock | null;
}

/**
 * What keeps S3 from delivering server access logs to a bucket; null when nothing does
 * (Amazon S3 User Guide, "Enabling Amazon S3 server access logging": SSE-S3 only, no default retention).
 */
export function deliveryObstacle({ encryption, objectLock }: Settings): string | null {
  if (encryption !== null && encryption.algorithm !== 'AES256') return encryption.algorithm;
  return objectLock?.defaultRetention ? 'default Object Lock retention' : null;
}

/** Why S3 delivers no access logs to the target of a bucket, fit to follow "a bucket"; null when nothing is known to stop them. */
export function whyUndelivered({ settings }: LogTarget): string | null {
  if (settings === null) return 'that is gone';
  const obstacle = deliveryObstacle(settings);
  if (obstacle !== null) return `with ${obstacle}`;
  return known(settings.admitsS3, 'logTarget') ? null : 'that does not let S3 write';
}
