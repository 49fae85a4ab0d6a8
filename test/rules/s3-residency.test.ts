import rule from '../../rules/s3-residency.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const partner = '999988887777';
const to = (name: string, change: object = {}) => ({
  replication: [{ id: 'all', enabled: true, destination: `arn:aws:s3:::${name}`, account: null, ...change }],
});
const at = (name: string, region: string, account = bucket.account) => ({
  replicaBuckets: new Map([[`arn:aws:s3:::${name}`, { account, region }]]),
});
const europe = { allowedRegions: ['eu-central-1', 'eu-west-1'] };

describeRule(rule, {
  given: { replication: [], replicaBuckets: new Map() },
  compliant: [
    ['at home, not replicated', {}, 'notReplicated', europe],
    ['the rule is disabled', to('copy', { enabled: false }), 'notReplicated', europe],
    ['to an approved Region', { ...to('copy'), ...at('copy', 'eu-west-1') }, 'resident', europe],
    [
      'to an approved account',
      { ...to('copy', { account: partner }), ...at('copy', 'eu-west-1', partner) },
      'resident',
      { ...europe, allowedReplicaAccounts: [partner] },
    ],
    ['to a bucket approved by name', to('copy-eu'), 'resident', { ...europe, approvedReplicas: ['copy-*'] }],
    ['accounts alone are asked about', { ...to('copy'), ...at('copy', 'us-east-1') }, 'resident', { allowedReplicaAccounts: [partner] }],
  ],
  nonCompliant: [
    ['in another Region', {}, 'region', { allowedRegions: ['eu-west-1'] }],
    ['without a copy where one is required', {}, 'noReplica', { requireReplication: true }],
    ['its only rule disabled where a copy is required', to('copy', { enabled: false }), 'noReplica', { requireReplication: true }],
    [
      // s3-bucket-replication-enabled, Prowler, Checkov and Steampipe ask only that there is a replica.
      'to another Region',
      { ...to('copy'), ...at('copy', 'us-east-1') },
      'replicaRegion',
      europe,
    ],
    [
      'a second rule leaves the Union',
      {
        replication: [...to('copy').replication, ...to('copy-us', { id: 'us' }).replication],
        replicaBuckets: new Map([...at('copy', 'eu-west-1').replicaBuckets, ...at('copy-us', 'us-east-1').replicaBuckets]),
      },
      'replicaRegion',
      europe,
    ],
    ['to a stranger who owns the replicas', to('copy', { account: partner }), 'replicaAccount', europe],
    ['to a stranger, by the record alone', { ...to('copy'), ...at('copy', 'eu-west-1', partner) }, 'replicaAccount', europe],
    ['to a stranger, approved by name', to('copy', { account: partner }), 'replicaAccount', { ...europe, approvedReplicas: ['copy'] }],
    ['to nobody knows where', to('copy'), 'replicaUnknown', europe],
    [
      'to nobody knows where, of an approved account',
      to('copy', { account: partner }),
      'replicaUnknown',
      { ...europe, allowedReplicaAccounts: [partner] },
    ],
  ],
  notApplicable: [['nothing is approved', to('copy'), 'notConfigured']],
});
