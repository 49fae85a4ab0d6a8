import type { ReplicaBucket } from '../../../facts/bucket-settings.ts';
import { isKnown } from '../../../records/reading.ts';
import type { InventoryFacet } from '../../facet.ts';
import { replication } from '../recorded/replication.ts';
import { bucketOf } from './neighbours.ts';

/** Names of buckets are unique in a partition, and S3 replicates within one. */
const partitionOf = (arn: string) => arn.split(':')[1];

/**
 * Where the destinations of the enabled replication rules are, as far as their records are at hand: in Lambda those of the
 * same account and Region, in files those in the same input.
 */
export const replicaBuckets: InventoryFacet<ReadonlyMap<string, ReplicaBucket>> = {
  from: 'inventory',
  permissions: ['config:BatchGetResourceConfig'],
  records: ['AWS::S3::Bucket'],
  read(item, inventory) {
    const rules = replication.read(item);
    if (!isKnown(rules)) return rules;
    const known = new Map<string, ReplicaBucket>();
    for (const { enabled, destination } of rules.value) {
      const isHere = partitionOf(destination) === partitionOf(item.arn);
      const record = enabled && isHere ? inventory.neighbour(bucketOf(destination)) : null;
      if (record?.isContested) {
        const name = bucketOf(destination);
        return {
          unavailable: `the records of bucket ${name} contradict each other, or do not count`,
        };
      }
      // A name that was given up may belong to anyone now.
      if (!record?.isThere) continue;
      const { account, region, isVersioned } = record;
      known.set(destination, { account, region, isVersioned });
    }
    return { value: known };
  },
};
