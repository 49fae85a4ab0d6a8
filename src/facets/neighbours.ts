import type { ConfigurationItem } from '../core/configuration-item.ts';
import type { FacetName } from '../core/facets.ts';
import { deliveryObstacle } from '../core/log-delivery.ts';
import type { Reading } from '../core/subject.ts';
import { mayGrant } from '../policy/services.ts';
import { encryption } from './encryption.ts';
import { logging } from './logging.ts';
import { objectLock } from './object-lock.ts';
import { policy } from './policy.ts';
import { fromAcl } from './roles.ts';

/** The little that a rule needs to know of a bucket that another one names. */
export interface Neighbour {
  readonly account: string;
  readonly region: string;
  readonly captureTime: string | null;
  /** Why S3 delivers no access logs there, fit to follow "a bucket"; null when nothing is known to stop them. */
  readonly obstacle: Reading<string | null>;
}

/** Names of the buckets that an item sends something to, as far as these facets ask for their records. */
export function namedBuckets(
  item: ConfigurationItem,
  reads: readonly FacetName[] = ['logTarget'],
): readonly string[] {
  if (item.resourceType !== 'AWS::S3::Bucket') return [];
  const target = reads.includes('logTarget') ? logging.read(item) : none;
  return 'value' in target && target.value ? [target.value.bucket] : [];
}

const none = { value: null };

/** What its own record tells of a bucket; null when AWS Config has stopped recording it. */
export function neighbourOf(item: ConfigurationItem): Neighbour | null {
  const { account, region, captureTime, status } = item;
  if (status === 'ResourceNotRecorded') return null;
  const isGone = status.startsWith('ResourceDeleted');
  const obstacle = isGone ? { value: 'that is gone' } : obstacleIn(item);
  return { account, region, captureTime, obstacle };
}

function obstacleIn(item: ConfigurationItem): Reading<string | null> {
  const settings = { encryption: encryption.read(item), objectLock: objectLock.read(item) };
  if (!('value' in settings.encryption)) return settings.encryption;
  if (!('value' in settings.objectLock)) return settings.objectLock;
  const obstacle = deliveryObstacle({
    encryption: settings.encryption.value,
    objectLock: settings.objectLock.value,
  });
  return obstacle === null ? refusal(item) : { value: `with ${obstacle}` };
}

/** S3 writes where the policy lets its service, or in older set-ups the ACL lets LogDelivery. */
function refusal(item: ConfigurationItem): Reading<string | null> {
  const byAcl = fromAcl(item);
  if (!('value' in byAcl) || byAcl.value.length > 0) return 'value' in byAcl ? none : byAcl;
  const granted = policy.read(item);
  if (!('value' in granted)) return granted;
  const lets =
    granted.value !== null && mayGrant(granted.value, 'logging.s3.amazonaws.com', 's3:PutObject');
  return { value: lets ? null : 'that does not let S3 write' };
}
