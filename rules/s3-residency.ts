import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeResidency, places } from '../src/knowledge/buckets/residency.ts';

const FIX = `Keep the data in an approved Region, and remove or disable the replication rule; or approve the Region, the account or, where no record tells its place, the destination by its name.`;

export default defineRule({
  id: 's3-residency',
  areas: ['sharing'],
  severity: 'high',
  title: 'S3 buckets and their replicas stay in approved Regions and accounts',
  rationale: `Replication copies every new object, unseen, to wherever one rule says: into another country, or into an account of somebody else.`,
  limits: [
    `Sees where the bucket is and where replication sends it, not what people or programs copy elsewhere, nor objects replicated before. The place of a destination is known where its record is at hand: in Lambda in the same account and Region, offline in the files given; any other has to be approved by name. The account in a replication rule is the owner of the replicas only where that was changed (Amazon S3 API Reference, Destination). How replicas are encrypted is judged at their destination. Whether a transfer is lawful is not judged.`,
  ],
  requirements: {
    'gdpr 44': supporting('Personal data is stored in and copied to approved Regions alone.'),
    'gdpr 46(1)': supporting('Copies go to accounts for which safeguards were decided.'),
    'gdpr 32(1)(c)': supporting('Where replication is required, data can be restored from the copy.'),
    'hipaa 164.308(a)(7)(ii)(B)': supporting('Where replication is required, lost data can be restored from the copy.'),
  },
  reads: ['replication', 'replicaBuckets'],
  parameters: places,
  messages: {
    notReplicated: pass('The bucket is in {region} and is not replicated.'),
    resident: pass('The bucket is in {region} and replicates to approved places alone.'),
    notConfigured: skip('No Region and no account is approved, so there is nothing to hold it to.'),
    noReplica: fail('The bucket in {region} is not replicated, as every bucket must be.', { fix: FIX }),
    region: fail('The bucket is in {region}, which is not approved.', { fix: FIX }),
    replicaAccount: fail('Rule {rule} replicates to {destination} of account {account}, not approved.', { fix: FIX }),
    replicaRegion: fail('Rule {rule} replicates to {destination} in {region}, which is not approved.', { fix: FIX }),
    replicaUnknown: fail('Rule {rule} replicates to {destination}, and no record tells where that is.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeResidency(bucket, params),
});
