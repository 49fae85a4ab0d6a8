import type { FacetName } from '../../../facts/index.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown, together } from '../../../records/reading.ts';
import type { Neighbour } from '../../inventory.ts';
import { encryption } from '../recorded/encryption.ts';
import { logging } from '../recorded/logging.ts';
import { objectLock } from '../recorded/object-lock.ts';
import { policy } from '../recorded/policy.ts';
import { replication } from '../recorded/replication.ts';
import { requesterPays } from '../recorded/requester-pays.ts';
import { versioning } from '../recorded/versioning.ts';
import { fromAcl } from './roles.ts';

/** Names of the buckets that an item sends something to, as far as these facets ask for their records. */
export function namedBuckets(
  item: ConfigurationItem,
  reads: readonly FacetName[] = ['logTarget', 'replicaBuckets'],
): readonly string[] {
  if (item.resourceType !== 'AWS::S3::Bucket') return [];
  const target = reads.includes('logTarget') ? logging.read(item) : none;
  const copies = reads.includes('replicaBuckets') ? replication.read(item) : none;
  const rules = isKnown(copies) ? (copies.value ?? []) : [];
  return [
    ...(isKnown(target) && target.value ? [target.value.bucket] : []),
    ...rules.filter(({ enabled }) => enabled).map(({ destination }) => bucketOf(destination)),
  ];
}

/** The name in the ARN of a bucket. */
export const bucketOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);

const none: Reading<null> = { value: null };

/** What the record of the bucket itself says. */
export function neighbourOf(item: ConfigurationItem): Neighbour {
  const { account, region, captureTime, status, flaw } = item;
  const settings = status === 'ResourceNotRecorded' ? NOT_RECORDED : settingsIn(item);
  const versions = versioning.read(item);
  const isVersioned = isKnown(versions) ? versions.value.status === 'Enabled' : null;
  const contested = flaw === undefined ? {} : CONTESTED;
  return {
    ...{ account, region, captureTime, isThere: isPresent(item), isVersioned, settings },
    ...contested,
  };
}

export const CONTESTED = { isContested: true } as const;

const NOT_RECORDED = { unavailable: 'its target is not recorded' };

const isPresent = ({ status }: ConfigurationItem) =>
  status === 'OK' || status === 'ResourceDiscovered';

function settingsIn(item: ConfigurationItem): Neighbour['settings'] {
  if (!isPresent(item)) return { value: null };
  const read = together({
    encryption: encryption.read(item),
    objectLock: objectLock.read(item),
    requesterPays: requesterPays.read(item),
  });
  if (!isKnown(read)) return read;
  const aclAdmitsS3 = mapped(fromAcl(item), (roles) =>
    roles.some(({ role }) => role === 'access-log-target'),
  );
  return { value: { ...read.value, policy: policy.read(item), aclAdmitsS3 } };
}

function mapped<T, U>(reading: Reading<T>, change: (value: T) => U): Reading<U> {
  return isKnown(reading) ? { value: change(reading.value) } : reading;
}
