import type { ReplicaBucket, ReplicationRule, Versioning } from '../../facts/bucket-settings.ts';

interface Bucket {
  readonly arn: string;
  readonly versioning: Versioning;
  readonly replication: readonly ReplicationRule[];
  readonly replicaBuckets: ReadonlyMap<string, ReplicaBucket>;
}

/**
 * The enabled rules that can copy something to another bucket. Both buckets need versioning (Amazon S3 User Guide,
 * "Requirements and considerations for replication"), and a copy in the same bucket is lost with it.
 */
export const copying = ({ arn, versioning, replication, replicaBuckets }: Bucket) =>
  replication.filter(
    ({ enabled, destination }) =>
      enabled &&
      destination !== arn &&
      versioning.status === 'Enabled' &&
      replicaBuckets.get(destination)?.isVersioned !== false,
  );
