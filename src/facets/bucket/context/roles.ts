import type { BucketRole } from '../../../facts/bucket-settings.ts';
import { type LogRole, logDeliverers } from '../../../facts/log-deliverers.ts';
import type { Policy } from '../../../policy/language/document.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown } from '../../../records/reading.ts';
import { standInFor } from '../../../values/stand-in.ts';
import type { InventoryFacet } from '../../facet.ts';
import { acl } from '../recorded/acl.ts';
import { policy } from '../recorded/policy.ts';
import { asBounded, grantedTo, type PolicyRole, stoppedBy, writersIn } from './log-grants.ts';

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
    const found = new Map<LogRole, PolicyRole>();
    for (const reading of [
      fromOthers(item, inventory.logSources(item)),
      fromPolicy(item),
      fromAcl(item),
    ]) {
      if (!isKnown(reading)) return reading;
      for (const role of reading.value) found.set(role.role, together(found.get(role.role), role));
    }
    return found.size === 0 ? NONE : alike([...found.values()].map(asBounded));
  },
};

const NONE: Reading<readonly BucketRole[]> = { value: [] };
const readings = new Map<string, Reading<readonly BucketRole[]>>();
const MOST_READINGS = 1000;

/** One object for all buckets with the same roles for the same reasons. */
function alike(value: readonly BucketRole[]): Reading<readonly BucketRole[]> {
  const key = JSON.stringify(value);
  const known = readings.get(key);
  if (known !== undefined) return known;
  if (readings.size >= MOST_READINGS) readings.clear();
  const made = { value };
  readings.set(key, made);
  return made;
}

/** Two reasons for one role: the recorded one counts, and logs arrive under the prefixes of both. */
function together(known: PolicyRole | undefined, role: PolicyRole): PolicyRole {
  if (known === undefined) return role;
  const [first, second] =
    known.isOnlyGranted && !role.isOnlyGranted ? [role, known] : [known, role];
  const { places, ...rest } = first;
  if (rest.prefixes === undefined) {
    // Of an ACL no place is known: it lets any key be written.
    if (places === undefined || second.places === undefined) return rest;
    return { ...rest, places: [...places, ...second.places] };
  }
  const others =
    second.prefixes ?? (rest.isOnlyGranted ? [] : beside(rest.prefixes, second.places));
  return { ...rest, prefixes: [...new Set([...rest.prefixes, ...others])] };
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
  const shared = policy.shared?.(item) ?? null;
  const reading = shared ?? policy.read(item);
  if (!isKnown(reading)) return reading;
  const { value: written } = reading;
  if (written === null || writersIn(written).length === 0) return NONE;
  if (shared === null) return { value: grantedTo(written, item) };
  // What a shared policy grants is worked out once for each place, with the stand-in that it has for the name.
  const byPlace = granted.get(written) ?? new Map<string, Reading<readonly PolicyRole[]>>();
  granted.set(written, byPlace);
  const place = `${item.account} ${item.region}`;
  const before = byPlace.get(place);
  if (before !== undefined) return before;
  if (byPlace.size >= MOST_READINGS) byPlace.clear();
  const made = { value: grantedTo(written, { ...item, arn: standInFor(item.arn) }) };
  byPlace.set(place, made);
  return made;
}

const granted = new WeakMap<Policy, Map<string, Reading<readonly PolicyRole[]>>>();

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
