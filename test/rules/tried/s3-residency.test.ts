import rule from '../../../rules/s3-residency.ts';
import { bucket, describeConfigurations } from '../../describe-rule.ts';

const partner = '999988887777';
const to = (name: string, change: object = {}) => ({
  replication: [{ id: 'all', enabled: true, destination: `arn:aws:s3:::${name}`, narrowedTo: null, account: null, ...change }],
});
const at = (name: string, region: string, account = bucket.account) => ({
  replicaBuckets: new Map([[`arn:aws:s3:::${name}`, { account, region, isVersioned: null }]]),
});

/** What an organization has set decides nothing alone: each parameter by itself, and none (Amazon S3 API Reference, ReplicationRule). */
describeConfigurations(rule, {
  given: { replication: [], replicaBuckets: new Map(), versioning: { status: 'Enabled', mfaDelete: false } },
  cases: [
    { when: 'to the own account, nothing configured', facts: { ...to('copy'), ...at('copy', 'us-east-1') }, says: 'resident' },
    { when: 'to a stranger, nothing configured', facts: to('copy', { account: partner }), says: 'replicaAccount' },
    { when: 'to an unknown place, nothing configured', facts: to('copy'), says: 'replicaUnknown' },
    {
      when: 'to a stranger, where only other destinations are approved',
      facts: { ...to('evil'), ...at('evil', 'eu-west-1', partner) },
      params: { approvedReplicas: ['dr-*'] },
      says: 'replicaAccount',
    },
    {
      when: 'to an unknown place, where only others are approved',
      facts: to('evil'),
      params: { approvedReplicas: ['dr-*'] },
      says: 'replicaUnknown',
    },
    { when: 'not replicated, only destinations approved', params: { approvedReplicas: ['dr-*'] }, says: 'notReplicated' },
    { when: 'not replicated, only accounts approved', params: { allowedReplicaAccounts: [partner] }, says: 'notReplicated' },
    ...[
      {
        when: 'to a bucket without versioning',
        facts: {
          ...to('copy'),
          replicaBuckets: new Map([['arn:aws:s3:::copy', { account: bucket.account, region: 'eu-west-1', isVersioned: false }]]),
        },
      },
      {
        when: 'without versioning of its own',
        facts: { ...to('copy'), ...at('copy', 'eu-west-1'), versioning: { status: 'Suspended', mfaDelete: false } as const },
      },
      { when: 'to itself', facts: { ...to(bucket.name), ...at(bucket.name, bucket.region) } },
    ].map(({ when, facts }) => ({
      when: `copied ${when} where a copy is required`,
      facts,
      params: { requireReplication: true },
      says: 'noReplica',
    })),
    {
      when: 'two parts copied where a copy is required',
      facts: {
        replication: [
          ...to('copy', { narrowedTo: 'prefix a/' }).replication,
          ...to('copy', { id: 'b', narrowedTo: 'a filter' }).replication,
        ],
        ...at('copy', 'eu-west-1'),
      },
      params: { requireReplication: true },
      says: 'partialReplica',
    },
    {
      when: 'a part and everything copied where a copy is required',
      facts: {
        replication: [...to('copy', { narrowedTo: 'prefix a/' }).replication, ...to('copy', { id: 'all' }).replication],
        ...at('copy', 'eu-west-1'),
      },
      params: { requireReplication: true },
      says: 'resident',
    },
  ],
});
