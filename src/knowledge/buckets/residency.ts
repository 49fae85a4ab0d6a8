import { say } from '../../engine/message.ts';
import { flag, listFrom, ownList, type ParamsOf } from '../../engine/parameters.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { ReplicationRule } from '../../facts/bucket-settings.ts';
import { matches } from '../../policy/language/glob.ts';
import type { Identity } from '../../records/reading.ts';
import type { EntryShape } from '../../settings/entry.ts';

/** Region by Region: a wildcard such as eu-* would take in countries outside the Union. */
const regionName: EntryShape = {
  pattern: '^[a-z]{2,4}-[a-z-]{2,30}-[0-9]{1,2}$',
  expected: 'a Region such as eu-central-1',
};
const bucketName: EntryShape = {
  pattern: '^[A-Za-z0-9._*?-]{1,255}$',
  expected: 'the name of a bucket (wildcards * and ?)',
};

type Bucket = Identity & Pick<BucketFacets, 'replicaBuckets'>;

/** Where data may be, and whether there must be a second copy. */
export const places = {
  allowedRegions: ownList(regionName, 'Regions that may hold the data; any if empty.'),
  allowedReplicaAccounts: listFrom(
    'trust.accounts',
    'Accounts that replicas may go to, beside the own.',
  ),
  approvedReplicas: ownList(bucketName, 'Destinations approved by name (wildcards * and ?).'),
  requireReplication: flag(false, 'Whether every bucket must be replicated.'),
} as const;
type Approved = ParamsOf<typeof places>;

/** Where a bucket and its replicas are, against what was approved. */
export function judgeResidency(
  bucket: Bucket & Pick<BucketFacets, 'replication'>,
  approved: Approved,
) {
  const { allowedRegions, allowedReplicaAccounts, requireReplication } = approved;
  const isOpen = allowedRegions.length === 0;
  if (isOpen && allowedReplicaAccounts.length === 0 && !requireReplication) {
    return say('notConfigured');
  }
  const { region } = bucket;
  if (!isOpen && !allowedRegions.includes(region)) return say('region', { region });
  const rules = bucket.replication.filter(({ enabled }) => enabled);
  if (rules.length === 0)
    return say(requireReplication ? 'noReplica' : 'notReplicated', { region });
  const [outside] = rules.flatMap((rule) => replicaOutside(rule, bucket, approved) ?? []);
  return outside ?? say('resident', { region });
}

/** Does the rule send replicas outside of what is approved, or where nobody can tell? Null when it does not. */
function replicaOutside(
  { id: rule, destination: arn, account: named }: ReplicationRule,
  bucket: Bucket,
  { allowedRegions, allowedReplicaAccounts, approvedReplicas }: Approved,
) {
  const destination = arn.slice(arn.lastIndexOf(':') + 1);
  const record = bucket.replicaBuckets.get(arn);
  const accounts = [bucket.account, ...allowedReplicaAccounts];
  for (const account of [named, record?.account]) {
    if (account && !accounts.includes(account)) {
      return say('replicaAccount', { rule, destination, account });
    }
  }
  if (record === undefined) {
    const isApproved = approvedReplicas.some((pattern) => matches(pattern, destination));
    return isApproved ? null : say('replicaUnknown', { rule, destination });
  }
  const { region } = record;
  const isAllowed = allowedRegions.length === 0 || allowedRegions.includes(region);
  return isAllowed ? null : say('replicaRegion', { rule, destination, region });
}
