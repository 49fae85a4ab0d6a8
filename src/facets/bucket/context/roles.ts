import type { BucketRole } from '../../../facts/bucket-settings.ts';
import {
  delivererOf,
  type LogDeliverer,
  type LogRole,
  logDeliverers,
} from '../../../facts/log-deliverers.ts';
import { anyDelivery, stoppedDelivery } from '../../../policy/questions/delivery.ts';
import { grantees } from '../../../policy/questions/services.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown } from '../../../records/reading.ts';
import type { InventoryFacet } from '../../facet.ts';
import { acl } from '../recorded/acl.ts';
import { policy } from '../recorded/policy.ts';

/**
 * Who delivers logs into the bucket: what other resources say, then the services and accounts of AWS that its policy lets
 * write, and those in its ACL. Never its name. Of two reasons for one role the recorded one counts.
 */
export const roles: InventoryFacet<readonly BucketRole[]> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig', 'config:DescribeDeliveryChannels'],
  records: ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket'],
  read(item, inventory) {
    const found = new Map<LogRole, BucketRole>();
    for (const reading of [inventory.logSources(item), fromPolicy(item), fromAcl(item)]) {
      if (!isKnown(reading)) return reading;
      for (const role of reading.value) found.set(role.role, together(found.get(role.role), role));
    }
    return { value: [...found.values()] };
  },
};

/** Two reasons for one role: the recorded one counts, and logs arrive under the prefixes of both. */
function together(known: BucketRole | undefined, role: BucketRole): BucketRole {
  if (known === undefined) return role;
  const [first, second] =
    known.isOnlyGranted && !role.isOnlyGranted ? [role, known] : [known, role];
  if (first.prefixes === undefined || second.prefixes === undefined) return first;
  return { ...first, prefixes: [...new Set([...first.prefixes, ...second.prefixes])] };
}

function fromPolicy(item: ConfigurationItem): Reading<readonly BucketRole[]> {
  const reading = policy.read(item);
  if (!isKnown(reading)) return reading;
  if (reading.value === null) return { value: [] };
  const { value: written } = reading;
  const value = grantees(written, 's3:PutObject').flatMap((principal) => {
    const deliverer =
      principal.kind === 'service'
        ? delivererOf(principal.service)
        : logDeliverers.find(({ accounts }) => accounts?.has(principal.account));
    const isStopped =
      principal.kind === 'service' &&
      stoppedDelivery(written, anyDelivery(principal.service, item, written)) !== null;
    return deliverer && !isStopped
      ? [granted(deliverer, `its policy allows ${principal.text} to write`)]
      : [];
  });
  return { value };
}

export function fromAcl(item: ConfigurationItem): Reading<readonly BucketRole[]> {
  const reading = acl.read(item);
  if (!isKnown(reading)) return reading;
  const value = reading.value.grants.flatMap(({ grantee, permission }) => {
    if (permission !== 'Write' && permission !== 'FullControl') return [];
    const deliverer = logDeliverers.find(({ group, canonicalUsers }) =>
      grantee.kind === 'group' ? group === grantee.name : canonicalUsers?.has(grantee.id),
    );
    if (deliverer === undefined) return [];
    const who = grantee.kind === 'group' ? grantee.name : 'CloudFront';
    return [granted(deliverer, `its ACL allows ${who} to write`)];
  });
  return { value };
}

const granted = ({ role }: LogDeliverer, because: string): BucketRole => ({
  role,
  because,
  isOnlyGranted: true,
});
