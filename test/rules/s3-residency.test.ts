import rule from '../../rules/s3-residency.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const partner = '999988887777';
const to = (name: string, change: object = {}) => ({
  replication: [{ id: 'all', enabled: true, destination: `arn:aws:s3:::${name}`, narrowedTo: null, account: null, ...change }],
});
const at = (name: string, region: string, account = bucket.account) => ({
  replicaBuckets: new Map([[`arn:aws:s3:::${name}`, { account, region, isVersioned: null }]]),
});
const china = to('copy', { destination: 'arn:aws-cn:s3:::copy' });
const europe = { allowedRegions: ['eu-central-1', 'eu-west-1'] };

describeRule(rule, {
  given: { replication: [], replicaBuckets: new Map(), versioning: { status: 'Enabled', mfaDelete: false } },
  cases: [
    { when: 'at home, not replicated', params: europe, says: 'notReplicated' },
    { when: 'the rule is disabled', facts: to('copy', { enabled: false }), params: europe, says: 'notReplicated' },
    { when: 'to an approved Region', facts: { ...to('copy'), ...at('copy', 'eu-west-1') }, params: europe, says: 'resident' },
    {
      when: 'to an approved account',
      facts: { ...to('copy', { account: partner }), ...at('copy', 'eu-west-1', partner) },
      params: { ...europe, allowedReplicaAccounts: [partner] },
      says: 'resident',
    },
    { when: 'to a bucket approved by name', facts: to('copy-eu'), params: { ...europe, approvedReplicas: ['copy-*'] }, says: 'resident' },
    {
      when: 'accounts alone are asked about',
      facts: { ...to('copy'), ...at('copy', 'us-east-1') },
      params: { allowedReplicaAccounts: [partner] },
      says: 'resident',
    },
    {
      when: 'a part copied where a copy is required',
      facts: { ...to('copy', { narrowedTo: 'prefix tmp/' }), ...at('copy', 'eu-west-1') },
      params: { requireReplication: true },
      says: 'partialReplica',
    },
    { when: 'in another Region', params: { allowedRegions: ['eu-west-1'] }, says: 'region' },
    { when: 'without a copy where one is required', params: { requireReplication: true }, says: 'noReplica' },
    {
      when: 'its only rule disabled where a copy is required',
      facts: to('copy', { enabled: false }),
      params: { requireReplication: true },
      says: 'noReplica',
    },
    { when: 'to another Region', facts: { ...to('copy'), ...at('copy', 'us-east-1') }, params: europe, says: 'replicaRegion' },
    {
      when: 'a second rule leaves the Union',
      facts: {
        replication: [...to('copy').replication, ...to('copy-us', { id: 'us' }).replication],
        replicaBuckets: new Map([...at('copy', 'eu-west-1').replicaBuckets, ...at('copy-us', 'us-east-1').replicaBuckets]),
      },
      params: europe,
      says: 'replicaRegion',
    },
    { when: 'to a stranger who owns the replicas', facts: to('copy', { account: partner }), params: europe, says: 'replicaAccount' },
    {
      when: 'to a stranger, by the record alone',
      facts: { ...to('copy'), ...at('copy', 'eu-west-1', partner) },
      params: europe,
      says: 'replicaAccount',
    },
    {
      when: 'to a stranger, approved by name',
      facts: to('copy', { account: partner }),
      params: { ...europe, approvedReplicas: ['copy'] },
      says: 'replicaAccount',
    },
    { when: 'to nobody knows where', facts: to('copy'), params: europe, says: 'replicaUnknown' },
    {
      when: 'to nobody knows where, of an approved account',
      facts: to('copy', { account: partner }),
      params: { ...europe, allowedReplicaAccounts: [partner] },
      says: 'replicaUnknown',
    },
    { when: 'to another partition', facts: china, params: { ...europe, approvedReplicas: ['copy'] }, says: 'replicaUnknown' },
    { when: 'not replicated, nothing configured', says: 'notConfigured' },
  ],
});
