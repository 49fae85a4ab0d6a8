import type { BucketRole } from '../../../facts/bucket-settings.ts';
import { type LogRole, logDeliverers } from '../../../facts/log-deliverers.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown } from '../../../records/reading.ts';
import type { InventoryFacet } from '../../facet.ts';
import { acl } from '../recorded/acl.ts';
import { policy } from '../recorded/policy.ts';
import { grantedTo, type PolicyRole, stoppedBy } from './log-grants.ts';

/**
 * Who delivers logs into the bucket: what other resources say, then the services and accounts of AWS that its policy lets
 * write, and those in its ACL. Never its name. Of two reasons for one role the recorded one counts.
 */
export const roles: InventoryFacet<readonly BucketRole[]> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig', 'config:DescribeDeliveryChannels'],
  records: ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket'],
  asks: ['DescribeDeliveryChannels'],
  read(item, inventory) {
    const found = new Map<LogRole, BucketRole>();
    for (const reading of [
      fromOthers(item, inventory.logSources(item)),
      fromPolicy(item),
      fromAcl(item),
    ]) {
      if (!isKnown(reading)) return reading;
      for (const role of reading.value) found.set(role.role, together(found.get(role.role), role));
    }
    return { value: [...found.values()] };
  },
};

/** Two reasons for one role: the recorded one counts, and logs arrive under the prefixes of both. */
function together(known: BucketRole | undefined, { places, ...role }: PolicyRole): BucketRole {
  if (known === undefined) return role;
  const [first, second] =
    known.isOnlyGranted && !role.isOnlyGranted ? [role, known] : [known, role];
  if (first.prefixes === undefined) return first;
  const others = second.prefixes ?? (first.isOnlyGranted ? [] : beside(first.prefixes, places));
  return { ...first, prefixes: [...new Set([...first.prefixes, ...others])] };
}

/** Where else the policy lets logs be written, as by the trails of other accounts, besides where records say that they are. */
const beside = (prefixes: readonly string[], places: readonly string[] = []) =>
  places.filter((place) =>
    prefixes.every((prefix) => !prefix.startsWith(place) && !place.startsWith(prefix)),
  );

function fromOthers(
  item: ConfigurationItem,
  reading: Reading<readonly BucketRole[]>,
): Reading<readonly BucketRole[]> {
  if (!isKnown(reading) || reading.value.length === 0) return reading;
  const obstacles = stoppedBy(item);
  if (!isKnown(obstacles)) return obstacles;
  const value = reading.value.map((role) => {
    const obstacle = role.isOnlyGranted ? null : obstacles.value(role);
    return obstacle === null ? role : { ...role, stoppedBy: obstacle };
  });
  return { value };
}

function fromPolicy(item: ConfigurationItem): Reading<readonly PolicyRole[]> {
  const reading = policy.read(item);
  if (!isKnown(reading)) return reading;
  return { value: reading.value === null ? [] : grantedTo(reading.value, item) };
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
    return [
      {
        role: deliverer.role,
        because: `its ACL allows ${who} to write`,
        isOnlyGranted: true as const,
      },
    ];
  });
  return { value };
}
