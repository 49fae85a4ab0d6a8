import { expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { parametersOf } from '../../../src/engine/parameters.ts';
import type { AllFacets } from '../../../src/facts/index.ts';
import { kinds } from '../../../src/records/kinds.ts';
import { emptySettings } from '../../../src/settings/settings.ts';
import { identityPolicyOf, lifecycleRule, policyOf, trail } from '../../facet-values.ts';
import { subjectOf } from '../../subject-of.ts';

type Facts = Partial<AllFacets>;
const now = '2026-06-15T12:00:00.000Z';
const other = 'arn:aws:iam::999988887777:root';
const bucket = 'arn:aws:s3:::example-bucket';
const open = (change: object = {}) =>
  policyOf({ Sid: 'Open', Effect: 'Allow', Principal: { AWS: other }, Action: 's3:GetObject', Resource: `${bucket}/*`, ...change });
const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point';
const never = { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } };
const enabled = { status: 'Enabled', mfaDelete: false } as const;
const acl = { owner: 'f00d', grants: [] };
const shut = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const read = { grantee: { kind: 'group', name: 'AllUsers' }, permission: 'Read' } as const;
const analyzer = { name: 'account', finds: 'external', status: 'ACTIVE' } as const;
const found = (error: string | null, createdAt = '2026-06-01T12:00:00.000Z') => ({ id: 'f-1', analyzer: 'account', createdAt, error });
const denial = { Sid: 'Keep', Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: `${bucket}/*` };
const kept = (expirationDays: number, noncurrentDays: number) => [lifecycleRule({ expirationDays, noncurrentDays })];
const vault = { name: 'v', lockedAt: '2026-01-01T00:00:00.000Z', minimumDays: 1, backedUpAt: '2026-06-15T00:00:00.000Z' };
const key = {
  ...{ arn: 'arn:aws:kms:eu-central-1:123456789012:key/1', account: '123456789012', isAwsManaged: false },
  ...{ state: 'Enabled', spec: 'SYMMETRIC_DEFAULT', rotationDays: 365 },
};
const keyPolicy = (change: object) =>
  policyOf({ Sid: 'Use', Effect: 'Allow', Principal: { AWS: other }, Action: 'kms:Decrypt', Resource: '*', ...change });
const encryptionKey = (parts: object) => ({ encryptionKey: { name: 'alias/data', key: { ...key, policy: null, ...parts } } }) as Facts;
const user = (changedAt: string, usedAt: string | null) => ({
  userPolicies: [identityPolicyOf('p', { Effect: 'Allow', Action: 's3:*', Resource: '*' })],
  credentials: { accessKeys: [{ number: 2, changedAt, usedAt }], hasPassword: false, hasMfa: false },
});
const logs = { encryption: null, requesterPays: false, roles: [{ role: 'trail-target', because: 'trail t writes to it' } as const] };
const service = (change: object = {}) =>
  policyOf({
    Sid: 'Logs',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: '*',
    ...change,
  });

const recorder = {
  name: 'default',
  isRecording: true,
  status: 'FAILURE',
  error: null,
  only: null,
  leftOut: [],
  isDaily: false,
  exceptions: [],
};

/** What each rule says, word by word, where the words depend on what it found. */
const sentences: [rule: string, facts: Facts, message: string, params?: Readonly<Record<string, unknown>>][] = [
  [
    'access-analyzer-s3-reviewed',
    { accessAnalysis: { analyzers: [analyzer], findings: [] } },
    'Analyzer account watches the bucket, and no finding is waiting for review.',
  ],
  [
    'access-analyzer-s3-reviewed',
    { accessAnalysis: { analyzers: [analyzer], findings: [found(null)] } },
    'Finding f-1 has been open since 2026-06-01; it must be reviewed within 14 days of that date.',
  ],
  [
    'access-analyzer-s3-reviewed',
    { accessAnalysis: { analyzers: [analyzer], findings: [found('ACCESS_DENIED')] } },
    'Analyzer account cannot determine who has access to the bucket: ACCESS_DENIED.',
  ],
  [
    'access-analyzer-s3-reviewed',
    { accessAnalysis: { analyzers: [analyzer], findings: [found('INTERNAL_ERROR')] } },
    'The access analysis could not be assessed: analyzer account answered INTERNAL_ERROR.',
  ],
  [
    'cloudtrail-log-integrity',
    { trails: [trail({ isMultiRegion: false, key: null })] },
    'No trail meets all demands: audit comes closest, but only records one Region, encrypts without a KMS key and delivered no log file since 2026-03-02T11:45Z.',
  ],
  [
    'cloudtrail-log-integrity',
    { now: '2026-03-02T12:00:00.000Z', trails: [trail({ management: { unavailable: 'not shown' } })] },
    'The trails could not be assessed: trail audit: not shown.',
  ],
  [
    's3-access-point-scoped',
    { accessPointPolicy: open({ Resource: '*', Condition: never }), accessPointArn: point },
    `Statement "Open" allows account 999988887777 to perform s3:GetObject (principal ${other}): StringNotEquals aws:SourceVpc "vpc-1" does not prevent it.`,
  ],
  [
    's3-cross-account-scoped',
    { policy: open({ Condition: never }), acl },
    `Statement "Open" allows account 999988887777 to perform s3:GetObject (principal ${other}): StringNotEquals aws:SourceVpc "vpc-1" does not prevent it.`,
  ],
  [
    's3-kms-key-health',
    encryptionKey({ policy: keyPolicy({}) }),
    'Statement "Use" of the policy of key alias/data allows account 999988887777 to perform kms:Decrypt.',
  ],
  [
    's3-kms-key-health',
    encryptionKey({ policy: keyPolicy({ Condition: never }) }),
    'Statement "Use" of the policy of key alias/data allows account 999988887777 to perform kms:Decrypt: StringNotEquals aws:SourceVpc "vpc-1" does not prevent it.',
  ],
  [
    'config-recorder-health',
    { recorder: { ...recorder, error: 'AccessDenied' } },
    'Configuration recorder default is on, but its last status is FAILURE (AccessDenied).',
  ],
  ['config-recorder-health', { recorder }, 'Configuration recorder default is on, but its last status is FAILURE.'],
  [
    'iam-s3-credential-rotation',
    user('2026-01-01T12:00:00.000Z', null),
    'Access key 2 was last changed on 2026-01-01, more than 90 days ago.',
  ],
  [
    'iam-s3-credential-rotation',
    user('2026-04-01T12:00:00.000Z', '2026-04-02T12:00:00.000Z'),
    'Access key 2 has not been used since 2026-04-02, more than 45 days ago.',
  ],
  [
    's3-access-point-scoped',
    { accessPointPolicy: open({ Resource: '*' }), accessPointArn: point },
    'Statement "Open" allows account 999988887777 to perform s3:GetObject (principal arn:aws:iam::999988887777:root).',
  ],
  [
    's3-cross-account-scoped',
    { policy: open(), acl },
    'Statement "Open" allows account 999988887777 to perform s3:GetObject (principal arn:aws:iam::999988887777:root).',
  ],
  [
    's3-deletion-protection',
    { versioning: enabled, lifecycle: kept(9, 60), policy: policyOf(denial) },
    'Versions cannot be deleted directly (the policy denies it to everyone), and deleted objects stay recoverable for 60 days.',
  ],
  [
    's3-deletion-protection',
    { versioning: { ...enabled, mfaDelete: true }, lifecycle: kept(9, 60) },
    'Versions cannot be deleted directly (MFA delete is on), and deleted objects stay recoverable for 60 days.',
  ],
  [
    's3-deletion-protection',
    { versioning: enabled, lockedBackups: [vault] },
    'Versions are not protected from deletion by any accepted lock: MFA delete is off, Object Lock is off and no bucket policy denies s3:DeleteObjectVersion, and the vault with its backups does not retain them long enough.',
  ],
  [
    's3-kms-key-health',
    encryptionKey({}),
    'The encryption key could not be assessed: the policy of a key can only be read in its own account, here 123456789012.',
  ],
  [
    's3-kms-key-health',
    encryptionKey({ spec: null, policy: keyPolicy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }) }),
    'The key alias/data works and is rotated as required, and its policy allows only approved accounts to use it.',
  ],
  [
    's3-log-retention',
    { ...logs, versioning: { status: 'Off', mfaDelete: false }, lifecycle: kept(400, 1) },
    'Logs (trail t writes to it) stay for 400 days if no one deletes them. Protection from deletion is not required.',
    { requireVersioning: false, requireDeletionProtection: false },
  ],
  [
    's3-log-retention',
    { ...logs, versioning: enabled, lifecycle: [] },
    'Logs (trail t writes to it) stay without end if no one deletes them. Protection from deletion is not required.',
    { allowUnlimited: true, requireDeletionProtection: false },
  ],
  [
    's3-log-retention',
    { ...logs, versioning: enabled, lifecycle: kept(400, 60), policy: policyOf(denial) },
    'Logs (trail t writes to it) stay for 460 days, and recoverable for 60 days after a deletion.',
  ],
  [
    's3-log-retention',
    { ...logs, roles: [], versioning: enabled, lifecycle: kept(400, 1) },
    'Logs (it is an approved target) stay for 401 days if no one deletes them. Protection from deletion is not required.',
    { logBuckets: ['example-*'], requireDeletionProtection: false },
  ],
  [
    's3-no-public-access',
    { policy: open({ Principal: '*' }), acl, publicAccessBlock: shut },
    'Only Block Public Access keeps the public out: statement "Open" is public, no condition limits who gets access.',
  ],
  [
    's3-no-public-access',
    { acl: { ...acl, grants: [read] }, publicAccessBlock: shut },
    'Only Block Public Access keeps the public out: the ACL grants Read to AllUsers.',
  ],
  ['s3-presigned-url-guard', { policy: open() }, 'No statement of the bucket policy denies pre-signed URLs older than 3600 seconds.'],
  [
    's3-presigned-url-guard',
    { policy: open() },
    'No statement of the bucket policy denies pre-signed URLs of any age.',
    { mode: 'forbid' },
  ],
  [
    's3-service-principals-guarded',
    { policy: service() },
    'Statement "Logs" allows cloudtrail.amazonaws.com to perform s3:PutObject on behalf of accounts that are not approved.',
  ],
  [
    's3-service-principals-guarded',
    { policy: service({ Condition: never }) },
    'Statement "Logs" allows cloudtrail.amazonaws.com to perform s3:PutObject on behalf of accounts that are not approved: StringNotEquals aws:SourceVpc "vpc-1" does not prevent it.',
  ],
];

const absent: Facts = {
  now,
  policy: null,
  objectLock: null,
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  lifecycle: [],
  lockedBackups: [],
  tags: new Map(),
};

it.each(sentences)('%s says what it found: %#', (id, facts, message, params = {}) => {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  const all: Facts = { ...absent, ...facts };
  const subject = subjectOf(kinds[rule.subject].example, rule.reads, (name) => ({ value: all[name] }));
  const values = parametersOf(rule, emptySettings, params);
  const finding = evaluate(rule, subject, { params: values, waivers: [], accounts: {}, now, capturedAt: null });
  expect(finding.message).toBe(message);
});
