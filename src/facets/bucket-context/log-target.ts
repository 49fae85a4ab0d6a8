import type { LogTarget } from '../../facts/index.ts';
import { logging } from '../bucket/logging.ts';
import type { InventoryFacet } from '../facet.ts';

/** The record of the bucket that access logs go to. S3 delivers within an account and Region, where AWS Config records it too. */
export const logTarget: InventoryFacet<LogTarget> = {
  from: 'inventory',
  permissions: ['config:BatchGetResourceConfig'],
  records: ['AWS::S3::Bucket'],
  read(item, inventory) {
    const target = logging.read(item);
    if (!('value' in target)) return target;
    if (target.value === null) return { unavailable: 'access logs go nowhere' };
    const { bucket } = target.value;
    const record = inventory.neighbour(bucket);
    if (record === null) return { unavailable: `no record of bucket ${bucket} is at hand` };
    const { account, region, obstacle } = record;
    return 'value' in obstacle
      ? { value: { account, region, obstacle: obstacle.value } }
      : obstacle;
  },
};
