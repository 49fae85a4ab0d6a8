import type { BucketRole } from '../../../facts/bucket-settings.ts';
import {
  delivererOf,
  type LogDeliverer,
  type LogRole,
  logDeliverers,
} from '../../../facts/log-deliverers.ts';
import type { Policy } from '../../../policy/language/document.ts';
import { anyDelivery, stoppedDelivery } from '../../../policy/questions/delivery.ts';
import { grantees } from '../../../policy/questions/services.ts';
import type { Bucket } from '../../../policy/requests/worlds.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { Reading } from '../../../records/reading.ts';
import { isKnown } from '../../../records/reading.ts';
import { standInFor } from '../../../values/stand-in.ts';
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
    return found.size === 0 ? NONE : alike([...found.values()]);
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
function together(known: BucketRole | undefined, role: BucketRole): BucketRole {
  if (known === undefined) return role;
  const [first, second] =
    known.isOnlyGranted && !role.isOnlyGranted ? [role, known] : [known, role];
  if (first.prefixes === undefined || second.prefixes === undefined) return first;
  return { ...first, prefixes: [...new Set([...first.prefixes, ...second.prefixes])] };
}

function fromPolicy(item: ConfigurationItem): Reading<readonly BucketRole[]> {
  const shared = policy.shared?.(item) ?? null;
  const reading = shared ?? policy.read(item);
  if (!isKnown(reading)) return reading;
  const { value: written } = reading;
  if (written === null) return NONE;
  if (shared === null) return { value: granting(written, item) };
  // What a shared policy grants to services is asked once for each account.
  const byAccount = known.get(written) ?? new Map<string, Reading<readonly BucketRole[]>>();
  known.set(written, byAccount);
  const before = byAccount.get(item.account);
  if (before !== undefined) return before;
  if (byAccount.size >= MOST_READINGS) byAccount.clear();
  const { arn, account } = item;
  const made = { value: granting(written, { arn, account, writtenAs: standInFor(arn) }) };
  byAccount.set(account, made);
  return made;
}

const known = new WeakMap<Policy, Map<string, Reading<readonly BucketRole[]>>>();

function granting(written: Policy, bucket: Bucket): readonly BucketRole[] {
  return grantees(written, 's3:PutObject').flatMap((principal) => {
    const deliverer =
      principal.kind === 'service'
        ? delivererOf(principal.service)
        : logDeliverers.find(({ accounts }) => accounts?.has(principal.account));
    const isStopped =
      principal.kind === 'service' &&
      stoppedDelivery(written, anyDelivery(principal.service, bucket, written)) !== null;
    return deliverer && !isStopped
      ? [granted(deliverer, `its policy allows ${principal.text} to write`)]
      : [];
  });
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
