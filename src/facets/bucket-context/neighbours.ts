import type { FacetName } from '../../facts/index.ts';
import { deliveryObstacle } from '../../knowledge/buckets/log-delivery.ts';
import { mayGrant } from '../../policy/questions/services.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { Reading } from '../../records/reading.ts';
import { encryption } from '../bucket/encryption.ts';
import { logging } from '../bucket/logging.ts';
import { objectLock } from '../bucket/object-lock.ts';
import { policy } from '../bucket/policy.ts';
import { replication } from '../bucket/replication.ts';
import { fromAcl } from './roles.ts';

/** The little that a rule needs to know of a bucket that another one names. */
export interface Neighbour {
  readonly account: string;
  readonly region: string;
  readonly captureTime: string | null;
  /** Whether the record says that it exists. */
  readonly isThere: boolean;
  /** Why S3 delivers no access logs there, fit to follow "a bucket"; null when nothing is known to stop them. */
  readonly obstacle: Reading<string | null>;
}

/** Names of the buckets that an item sends something to, as far as these facets ask for their records. */
export function namedBuckets(
  item: ConfigurationItem,
  reads: readonly FacetName[] = ['logTarget', 'replicaBuckets'],
): readonly string[] {
  if (item.resourceType !== 'AWS::S3::Bucket') return [];
  const target = reads.includes('logTarget') ? logging.read(item) : none;
  const copies = reads.includes('replicaBuckets') ? replication.read(item) : none;
  const rules = ('value' in copies ? copies.value : null) ?? [];
  return [
    ...('value' in target && target.value ? [target.value.bucket] : []),
    ...rules.filter(({ enabled }) => enabled).map(({ destination }) => bucketOf(destination)),
  ];
}

/** The name in the ARN of a bucket. */
export const bucketOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);

const none = { value: null };

/** What its own record tells of a bucket. */
export function neighbourOf(item: ConfigurationItem): Neighbour {
  const { account, region, captureTime, status } = item;
  const isThere = status === 'OK' || status === 'ResourceDiscovered';
  return { account, region, captureTime, isThere, obstacle: obstacleIn(item, isThere) };
}

function obstacleIn(item: ConfigurationItem, isThere: boolean): Reading<string | null> {
  if (item.status === 'ResourceNotRecorded') return { unavailable: 'its target is not recorded' };
  if (!isThere) return { value: 'that is gone' };
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
