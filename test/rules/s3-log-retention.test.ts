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
    lifecycle: [keep(400, 30)],
    objectLock: null,
    policy: policyOf(denyDeletion),
    encryption: sseS3,
  },
  compliant: [
    ['a target by approval alone', { roles: [] }, 'retained', { logBuckets: ['example-bucket'] }],
    ['a trail takes KMS', { encryption: { ...sseS3, algorithm: 'aws:kms' } }, 'retained'],
    ['access logs with SSE-S3', role('access-log-target'), 'retained'],
    ['in the band, versions protected by the policy', {}, 'retained'],
    ['protected by Object Lock', { policy: null, objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } } }, 'retained'],
    ['exactly the minimum, counting noncurrent days', { lifecycle: [keep(335, 30)] }, 'retained'],
    ['exactly the maximum', { lifecycle: [keep(2527, 30)] }, 'retained'],
    [
      'without versioning, where that is not asked for',
      { versioning: off, lifecycle: [lifecycleRule({ expirationDays: 365 })], policy: null },
      'retained',
      { requireVersioning: false, requireDeletionProtection: false },
    ],
    [
      'without end, where that is allowed, under MFA delete',
      { versioning: { status: 'Enabled', mfaDelete: true }, lifecycle: [], policy: null },
      'retainedForever',
      { allowUnlimited: true },
    ],
  ],
  nonCompliant: [
    ['versioning off', { versioning: off }, 'notVersioned'],
    ['versioning suspended', { versioning: { status: 'Suspended', mfaDelete: false } }, 'notVersioned'],
    ['expires too early', { lifecycle: [keep(90, 30)] }, 'tooShort'],
    [
      'one prefix expires too early',
      {
        lifecycle: [keep(400, 30), lifecycleRule({ narrowedTo: 'prefix AWSLogs/', expirationDays: 7 })],
      },
      'tooShort',
    ],
    ['everything goes on a date', { lifecycle: [keep(400, 30), lifecycleRule({ expirationDate: '2030-01-01' })] }, 'tooShort'],
    ['365 days twice is two years', { lifecycle: [keep(365, 365)] }, 'tooLong', { maximumDays: 700 }],
    ['no lifecycle', { lifecycle: [] }, 'unlimited'],
    ['versions stay for ever', { lifecycle: [keep(400, null)] }, 'unlimited'],
    ['the rule is disabled', { lifecycle: [{ ...keep(400), enabled: false }] }, 'unlimited'],
    ['only a prefix expires', { lifecycle: [{ ...keep(400, 30), narrowedTo: 'prefix a/' }] }, 'unlimited'],
    ['no protection', { policy: null }, 'deletable'],
    ['Object Lock that opens too soon', { policy: null, objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 364 } } }, 'deletable'],
    [
      'a denial without versioning, which overwriting defeats',
      { versioning: off },
      'deletable',
      { requireVersioning: false, allowUnlimited: true, minimumDays: 1 },
    ],
    [
      'the denial leaves a prefix out',
      { policy: policyOf({ ...denyDeletion, Resource: 'arn:aws:s3:::example-bucket/AWSLogs/*' }) },
      'deletable',
    ],
    ['Object Lock without retention', { policy: null, objectLock: { defaultRetention: null } }, 'deletable'],
    [
      'access logs with KMS never arrive',
      { ...role('access-log-target'), encryption: { ...sseS3, algorithm: 'aws:kms' } },
      'undeliverable',
    ],
    [
      'access logs under default retention never arrive',
      {
        ...role('access-log-target'),
        objectLock: { defaultRetention: { mode: 'GOVERNANCE', days: 1 } },
      },
      'undeliverable',
    ],
  ],
  notApplicable: [['no logs arrive', { roles: [] }, 'noLogs']],
});
