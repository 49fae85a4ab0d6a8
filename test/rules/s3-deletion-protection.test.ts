import rule from '../../rules/s3-deletion-protection.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule, policyOf } from '../facet-values.ts';
import { assetCases } from './tried/assets.ts';
import { scopeCases } from './tried/scope.ts';

const versioning = (status: 'Enabled' | 'Suspended' | 'Off', mfaDelete = false) => ({
  versioning: { status, mfaDelete },
});
const lock = (mode: string, days: number) => ({
  objectLock: { defaultRetention: { mode, days } },
});
const vault = (parts: object = {}) => ({
  lockedBackups: [
    {
      name: 'vault',
      lockedAt: '2025-01-01T00:00:00.000Z',
      minimumDays: 30,
      backedUpAt: '2025-12-31T00:00:00.000Z',
      ...parts,
    },
  ],
});
const denial = {
  Sid: 'KeepVersions',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteObjectVersion',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const denying = (change: object = {}) => ({ policy: policyOf({ ...denial, ...change }) });

describeRule(rule, {
  given: {
    ...versioning('Enabled'),
    tags: new Map(),
    ...{ objectLock: null, policy: null, lifecycle: [], lockedBackups: [], now: '2026-01-01T00:00:00.000Z' },
  },
  cases: [
    {
      when: 'deletion of versions denied, and deleted objects stay',
      facts: { ...denying(), lifecycle: [lifecycleRule({ noncurrentDays: 30 })] },
      says: 'recoverable',
    },
    {
      when: 'MFA delete',
      facts: versioning('Enabled', true),
      says: 'mfaDelete',
      peers: 'Every peer asks for MFA delete and for a lifecycle: no bucket can have both.',
    },
    // s3-resources-protected-by-backup-plan passes with any plan, whose backups anybody may delete.
    { when: 'backups in a locked vault', facts: vault(), says: 'lockedBackup' },
    {
      when: 'a backup of last month, where that is young enough',
      facts: vault({ backedUpAt: '2025-12-01T00:00:00.000Z' }),
      params: { maximumBackupAgeDays: 31 },
      says: 'lockedBackup',
    },
    { when: 'compliance mode', facts: lock('COMPLIANCE', 30), says: 'compliance' },
    { when: 'governance mode', facts: lock('GOVERNANCE', 365), says: 'governance' },
    { when: 'a denial to everyone', facts: denying(), says: 'denied' },
    { when: 'a denial of more', facts: denying({ Action: 's3:Delete*' }), says: 'denied' },
    {
      when: 'compliance mode where nothing else counts',
      facts: lock('COMPLIANCE', 30),
      params: { acceptMfaDelete: false, acceptGovernance: false, acceptDenial: false },
      says: 'compliance',
    },
    {
      when: 'MFA delete that does not count, and a denial that does',
      facts: { ...versioning('Enabled', true), ...denying() },
      params: { acceptMfaDelete: false },
      says: 'denied',
    },
    { when: 'a vault whose lock can be removed', facts: vault({ lockedAt: null }), says: 'unprotected' },
    { when: 'a vault in its time of grace', facts: vault({ lockedAt: '2026-01-01T00:00:00.001Z' }), says: 'unprotected' },
    { when: 'a vault that retains too little', facts: vault({ minimumDays: 29 }), says: 'unprotected' },
    {
      when: 'a backup from before the lock, which does not bind it',
      facts: vault({ lockedAt: '2025-12-31T00:00:00.001Z' }),
      says: 'unprotected',
    },
    { when: 'a backup of next year', facts: vault({ backedUpAt: '2027-01-01T00:00:00.000Z' }), says: 'unprotected' },
    { when: 'a backup that is an hour too old', facts: vault({ backedUpAt: '2025-12-24T23:00:00.000Z' }), says: 'unprotected' },
    { when: 'a backup of long ago', facts: vault({ backedUpAt: '2025-12-24T00:00:00.000Z' }), says: 'unprotected' },
    { when: 'a backup that does not count', facts: vault(), params: { acceptLockedBackup: false }, says: 'unprotected' },
    { when: 'versioning off, a backup', facts: { ...versioning('Off'), ...vault() }, says: 'notVersioned' },
    { when: 'versioning off, a denial', facts: { ...versioning('Off'), ...denying() }, says: 'notVersioned' },
    { when: 'MFA delete, suspended', facts: versioning('Suspended', true), says: 'notVersioned' },
    { when: 'nothing', says: 'unprotected' },
    {
      when: 'Object Lock that retains nothing',
      facts: { objectLock: { defaultRetention: null } },
      says: 'unprotected',
      peers: 'Prowler’s s3_bucket_object_lock and cdk-nag pass whatever Object Lock retains.',
    },
    { when: 'Object Lock for a day', facts: lock('COMPLIANCE', 1), says: 'unprotected' },
    { when: 'Object Lock a day short', facts: lock('COMPLIANCE', 29), says: 'unprotected' },
    { when: 'a mode of the future', facts: lock('ADVISORY', 365), says: 'unprotected' },
    {
      when: 'governance mode, which does not count',
      facts: lock('GOVERNANCE', 365),
      params: { acceptGovernance: false },
      says: 'unprotected',
    },
    { when: 'MFA delete alone', facts: versioning('Enabled', true), params: { acceptMfaDelete: false }, says: 'unprotected' },
    { when: 'a denial alone', facts: denying(), params: { acceptDenial: false }, says: 'unprotected' },
    { when: 'the lock is too short', facts: lock('COMPLIANCE', 60), params: { minimumLockDays: 90 }, says: 'unprotected' },
    {
      when: 'a role is spared',
      facts: denying({
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/admin' } },
      }),
      says: 'unprotected',
    },
    { when: 'one account is denied', facts: denying({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }), says: 'unprotected' },
    { when: 'a prefix is left out', facts: denying({ Resource: 'arn:aws:s3:::example-bucket/a/*' }), says: 'unprotected' },
    ...scopeCases('unprotected'),
    ...assetCases,
    { when: 'deleting without a version', facts: denying({ Action: 's3:DeleteObject' }), says: 'unprotected' },
  ],
});
