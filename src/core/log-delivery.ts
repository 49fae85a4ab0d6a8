import type { BucketFacets } from './facets.ts';

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
