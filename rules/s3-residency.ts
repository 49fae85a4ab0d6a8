import { defineRule, fail, flag, ownList, pass, say, skip, supporting, trustedAccounts } from '../src/engine/rule.ts';
import { copying } from '../src/knowledge/buckets/replication.ts';
import { matches } from '../src/policy/language/glob.ts';

const IF_REQUIRED = { requireReplication: 1 };
const PLACE_ONLY = { except: ['gdpr 32(1)(c)', 'hipaa 164.308(a)(7)(ii)(B)'] } as const;
const NO_COPY = { only: ['gdpr 44'] } as const;
const COPY_ONLY = { except: ['gdpr 44', 'gdpr 46(1)'] } as const;
/** Region by Region: a wildcard such as eu-* would include countries outside the Union. */
const regionName = { pattern: '^[a-z]{2,4}-[a-z-]{2,30}-[0-9]{1,2}$', expected: 'a Region such as eu-central-1' };
const bucketName = { pattern: '^[A-Za-z0-9._*?-]{1,255}$', expected: 'the name of a bucket (wildcards * and ?)' };

const STOPS = {
  ...PLACE_ONLY,
  caution: 'Check first whether a recovery plan needs the copy. PutBucketReplication replaces all rules. Existing replicas stay.',
};
const COPY_ALL = {
  ...COPY_ONLY,
  fix: 'Add a replication rule without prefix to an approved destination (PutBucketReplication); both buckets need versioning.',
  caution: 'Replicas and transfer are charged. Existing objects need S3 Batch Replication. PutBucketReplication replaces all rules.',
};
const NARROW = 'Disable or change the replication rule (PutBucketReplication), or approve';

export default defineRule({
  id: 's3-residency',
  areas: ['sharing'],
  severity: 'high',
  title: 'S3 buckets and their replicas stay in approved Regions and accounts',
  rationale: 'One replication rule can copy new objects to another country, or to the account of someone else.',
  limits: [
    'The rule sees where the bucket is and where replication sends it, not other copies, nor objects replicated earlier.',
    'A destination is known by its record: in Lambda in the same account and Region, offline in the files. Others need approval by name.',
    'The account in a replication rule is the owner of the replicas only if the owner was changed (Amazon S3 API Reference, Destination).',
    'How replicas are encrypted is judged at their destination. Whether a transfer is lawful is not judged.',
  ],
  requirements: {
    'gdpr 44': supporting('The bucket is in an approved Region, and so is each replica whose place is known.', { allowedRegions: 1 }),
    'gdpr 46(1)': supporting('Replication goes to the own account, or to accounts and destinations that were approved.'),
    'gdpr 32(1)(c)': supporting('Where replication is required, new objects are copied to another bucket.', IF_REQUIRED),
    'hipaa 164.308(a)(7)(ii)(B)': supporting('Where replication is required, lost data can be restored from a copy.', IF_REQUIRED),
  },
  reads: ['replication', 'replicaBuckets', 'versioning'],
  parameters: {
    allowedRegions: ownList(regionName, 'Regions that may hold the data. If the list is empty, any Region may.'),
    allowedReplicaAccounts: trustedAccounts('Accounts that replicas may go to, besides the own account.'),
    approvedReplicas: ownList(bucketName, 'Destinations approved by name (wildcards * and ?).'),
    requireReplication: flag(false, 'Whether every bucket must be replicated.'),
  },
  messages: {
    notReplicated: pass('The bucket is in {region} and is not replicated.', NO_COPY),
    resident: pass('The bucket is in {region} and only replicates to approved places.'),
    notConfigured: skip('The bucket is not replicated, and no approved Regions, accounts or destinations are configured.'),
    partialReplica: fail('Only a part of the bucket in {region} is replicated ({scope}), although every bucket must be.', COPY_ALL),
    noReplica: fail('The bucket in {region} is not replicated to another versioned bucket, although every bucket must be.', COPY_ALL),
    region: fail('The bucket is in {region}, which is not an approved Region.', {
      ...NO_COPY,
      fix: 'Move the data to a bucket in an approved Region, or add the Region to allowedRegions.',
      caution: 'The Region of a bucket cannot be changed: clients need the name of the new bucket, and moving the data is charged.',
    }),
    replicaAccount: fail('Rule {rule} replicates to {destination} in account {account}, and that account is not approved.', {
      fix: `${NARROW} the account under trust.accounts.`,
      ...STOPS,
    }),
    replicaRegion: fail('Rule {rule} replicates to {destination} in {region}, which is not an approved Region.', {
      fix: `${NARROW} the Region under allowedRegions.`,
      ...STOPS,
    }),
    replicaUnknown: fail('Rule {rule} replicates to {destination}, and no record says where that bucket is.', {
      fix: `${NARROW} the destination under approvedReplicas.`,
      ...STOPS,
    }),
  },
  evaluate({ bucket, params }) {
    const { allowedRegions, allowedReplicaAccounts, approvedReplicas, requireReplication } = params;
    const { region } = bucket;
    const isOpen = allowedRegions.length === 0;
    if (!isOpen && !allowedRegions.includes(region)) return say('region', { region });
    const rules = bucket.replication.filter(({ enabled }) => enabled);
    for (const { id: rule, destination: arn, account: named } of rules) {
      const destination = arn.slice(arn.lastIndexOf(':') + 1);
      const record = bucket.replicaBuckets.get(arn);
      const accounts = [bucket.account, ...allowedReplicaAccounts];
      const account = [named, record?.account].find((each) => each && !accounts.includes(each));
      if (account) return say('replicaAccount', { rule, destination, account });
      const isNamed = arn.split(':')[1] === bucket.arn.split(':')[1] && approvedReplicas.some((pattern) => matches(pattern, destination));
      if (record === undefined && !isNamed) return say('replicaUnknown', { rule, destination });
      const isElsewhere = record !== undefined && !isOpen && !allowedRegions.includes(record.region);
      if (isElsewhere) return say('replicaRegion', { rule, destination, region: record.region });
    }
    if (requireReplication) {
      const copies = copying(bucket);
      const [first] = copies;
      if (first === undefined) return say('noReplica', { region });
      if (copies.every(({ narrowedTo }) => narrowedTo !== null)) return say('partialReplica', { region, scope: first.narrowedTo ?? '' });
    }
    if (rules.length > 0) return say('resident', { region });
    const isConfigured = !isOpen || allowedReplicaAccounts.length > 0 || approvedReplicas.length > 0;
    return isConfigured ? say('notReplicated', { region }) : say('notConfigured');
  },
});
