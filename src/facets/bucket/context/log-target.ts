import type { LogTarget } from '../../../facts/bucket-settings.ts';
import { isKnown, type Reading } from '../../../records/reading.ts';
import type { InventoryFacet } from '../../facet.ts';
import type { Neighbour } from '../../inventory.ts';
import { logging } from '../recorded/logging.ts';

/** The record of the bucket that access logs go to. S3 delivers within an account and Region, where AWS Config records it too. */
export const logTarget: InventoryFacet<LogTarget> = {
  from: 'inventory',
  permissions: ['config:BatchGetResourceConfig'],
  records: ['AWS::S3::Bucket'],
  read(item, inventory) {
    const target = logging.read(item);
    if (!isKnown(target)) return target;
    if (target.value === null) return { unavailable: 'access logging is not enabled' };
    const { bucket } = target.value;
    const record = inventory.neighbour(bucket);
    if (record === null) return { unavailable: `no record of bucket ${bucket} is available` };
    if (record.isContested)
      return {
        unavailable: `the records of bucket ${bucket} contradict each other, or do not count`,
      };
    const before = known.get(record);
    if (before !== undefined) return before;
    const { account, region, settings } = record;
    const made = isKnown(settings)
      ? { value: { account, region, settings: settings.value } }
      : settings;
    known.set(record, made);
    return made;
  },
};

/** Many buckets log to one, and get the same object. */
const known = new WeakMap<Neighbour, Reading<LogTarget>>();
