import rule from '../../rules/s3-log-retention.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule, policyOf } from '../facet-values.ts';

const enabled = { status: 'Enabled', mfaDelete: false } as const;
const off = { status: 'Off', mfaDelete: false } as const;
const keep = (expirationDays: number, noncurrentDays: number | null = 1) => lifecycleRule({ expirationDays, noncurrentDays });
const sseS3 = { algorithm: 'AES256', key: null, bucketKey: false };
const denyDeletion = {
  Sid: 'KeepVersions',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteObjectVersion',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const role = (name: 'access-log-target' | 'trail-target' | 'config-delivery') => ({
  roles: [{ role: name, because: 'trail main writes to it' }],
});

describeRule(rule, {
  given: {
    ...role('trail-target'),
    versioning: enabled,
    lifecycle: [keep(400, 365)],
    objectLock: null,
    policy: policyOf(denyDeletion),
    encryption: sseS3,
    requesterPays: false,
    now: '2026-01-01T00:00:00.000Z',
  },
  cases: [
    { when: 'a target by approval alone', facts: { roles: [] }, params: { logBuckets: ['example-bucket'] }, says: 'retained' },
    { when: 'a trail takes KMS', facts: { encryption: { ...sseS3, algorithm: 'aws:kms' } }, says: 'retained' },
    { when: 'access logs with SSE-S3', facts: role('access-log-target'), says: 'retained' },
    { when: 'in the band, versions protected by the policy', says: 'retained' },
    {
      when: 'protected by Object Lock',
      facts: { policy: null, objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } } },
      says: 'retained',
    },
    { when: 'exactly the minimum, counting noncurrent days', facts: { lifecycle: [keep(335, 30)] }, says: 'recoverable' },
    { when: 'exactly the maximum', facts: { lifecycle: [keep(2527, 30)] }, says: 'recoverable' },
    {
      when: 'without versioning, where that is not asked for',
      facts: { versioning: off, lifecycle: [lifecycleRule({ expirationDays: 365 })], policy: null },
      params: { requireVersioning: false, requireDeletionProtection: false },
      says: 'kept',
    },
    {
      when: 'without end, where that is allowed, under MFA delete',
      facts: { versioning: { status: 'Enabled', mfaDelete: true }, lifecycle: [], policy: null },
      params: { allowUnlimited: true },
      says: 'retainedForever',
    },
    { when: 'versioning off', facts: { versioning: off }, says: 'notVersioned' },
    { when: 'versioning suspended', facts: { versioning: { status: 'Suspended', mfaDelete: false } }, says: 'notVersioned' },
    { when: 'expires too early', facts: { lifecycle: [keep(90, 30)] }, says: 'tooShort' },
    {
      when: 'one prefix expires too early',
      facts: {
        lifecycle: [keep(400, 30), lifecycleRule({ prefix: 'AWSLogs/', expirationDays: 7 })],
      },
      says: 'tooShort',
    },
    {
      when: 'everything goes on a date',
      facts: { lifecycle: [keep(400, 30), lifecycleRule({ expirationDate: '2030-01-01' })] },
      says: 'tooShort',
    },
    { when: '365 days twice is two years', facts: { lifecycle: [keep(365, 365)] }, params: { maximumDays: 700 }, says: 'tooLong' },
    { when: 'no lifecycle', facts: { lifecycle: [] }, says: 'unlimited' },
    { when: 'versions stay for ever', facts: { lifecycle: [keep(400, null)] }, says: 'unlimited' },
    { when: 'the rule is disabled', facts: { lifecycle: [{ ...keep(400), enabled: false }] }, says: 'unlimited' },
    { when: 'only a prefix expires', facts: { lifecycle: [{ ...keep(400, 30), prefix: 'a/' }] }, says: 'unlimited' },
    { when: 'no protection', facts: { policy: null }, says: 'deletable' },
    {
      when: 'Object Lock that opens too soon',
      facts: { policy: null, objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 364 } } },
      says: 'deletable',
    },
    {
      when: 'a denial without versioning, which overwriting defeats',
      facts: { versioning: off },
      params: { requireVersioning: false, allowUnlimited: true, minimumDays: 1 },
      says: 'deletable',
    },
    {
      when: 'the denial leaves a prefix out',
      facts: { policy: policyOf({ ...denyDeletion, Resource: 'arn:aws:s3:::example-bucket/AWSLogs/*' }) },
      says: 'deletable',
    },
    { when: 'Object Lock without retention', facts: { policy: null, objectLock: { defaultRetention: null } }, says: 'deletable' },
    {
      when: 'access logs with KMS never arrive',
      facts: { ...role('access-log-target'), encryption: { ...sseS3, algorithm: 'aws:kms' } },
      says: 'undeliverable',
    },
    {
      when: 'access logs under default retention never arrive',
      facts: {
        ...role('access-log-target'),
        objectLock: { defaultRetention: { mode: 'GOVERNANCE', days: 1 } },
      },
      says: 'undeliverable',
    },
    {
      when: 'AWS Config and a default Object Lock retention',
      facts: { ...role('config-delivery'), objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 400 } } },
      says: 'undeliverable',
    },
    { when: 'access logs and Requester Pays', facts: { ...role('access-log-target'), requesterPays: true }, says: 'undeliverable' },
    { when: 'locked for ten years', facts: { objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 3650 } } }, says: 'locked' },
    { when: 'no logs arrive', facts: { roles: [] }, says: 'noLogs' },
  ],
});
