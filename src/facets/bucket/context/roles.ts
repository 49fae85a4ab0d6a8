import type { BucketRole } from '../../../facts/bucket-settings.ts';
import { servicesGranted } from '../../../policy/questions/services.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown } from '../../../records/reading.ts';
import type { InventoryFacet } from '../../facet.ts';
import { acl } from '../recorded/acl.ts';
import { policy } from '../recorded/policy.ts';

const ROLE_OF_SERVICE: ReadonlyMap<string, BucketRole['role']> = new Map([
  ['logging.s3.amazonaws.com', 'access-log-target'],
  ['cloudtrail.amazonaws.com', 'trail-target'],
  ['config.amazonaws.com', 'config-delivery'],
]);

/**
 * Who delivers logs into the bucket: what other resources say, the services its policy lets write, and the LogDelivery
 * group in its ACL (Amazon S3 User Guide, "Enabling Amazon S3 server access logging"). Never its name.
 */
export const roles: InventoryFacet<readonly BucketRole[]> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig', 'config:DescribeDeliveryChannels'],
  records: ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket'],
  read(item, inventory) {
    const found: BucketRole[] = [];
    for (const reading of [inventory.logSources(item), fromPolicy(item), fromAcl(item)]) {
      if (!isKnown(reading)) return reading;
      for (const role of reading.value) {
        if (!found.some((known) => known.role === role.role)) found.push(role);
      }
    }
    return { value: found };
  },
};

function fromPolicy(item: ConfigurationItem): Reading<readonly BucketRole[]> {
  const reading = policy.read(item);
  if (!isKnown(reading)) return reading;
  if (reading.value === null) return { value: [] };
  const value = servicesGranted(reading.value, 's3:PutObject').flatMap((service) => {
    const role = ROLE_OF_SERVICE.get(service);
    return role ? [{ role, because: `its policy allows ${service} to write` }] : [];
  });
  return { value };
}

export function fromAcl(item: ConfigurationItem): Reading<readonly BucketRole[]> {
  const reading = acl.read(item);
  if (!isKnown(reading)) return reading;
  const writes = reading.value.grants.some(
    ({ grantee, permission }) =>
      grantee.kind === 'group' &&
      grantee.name === 'LogDelivery' &&
      (permission === 'Write' || permission === 'FullControl'),
  );
  return {
    value: writes
      ? [{ role: 'access-log-target', because: 'its ACL allows LogDelivery to write' }]
      : [],
  };
}
