import rule from '../../rules/s3-deletion-protection.ts';
import { describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';

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
    ...{ objectLock: null, policy: null, lockedBackups: [], now: '2026-01-01T00:00:00.000Z' },
  },
  compliant: [
    // Every peer asks for MFA delete and for a lifecycle: no bucket can have both.
    ['MFA delete', versioning('Enabled', true), 'mfaDelete'],
    // s3-resources-protected-by-backup-plan passes with any plan, whose backups anybody may delete.
    ['backups in a locked vault', vault(), 'lockedBackup'],
    [
      'a backup of last month, where that is young enough',
      vault({ backedUpAt: '2025-12-01T00:00:00.000Z' }),
      'lockedBackup',
      { maximumBackupAgeDays: 31 },
    ],
    ['compliance mode', lock('COMPLIANCE', 30), 'compliance'],
    ['governance mode', lock('GOVERNANCE', 365), 'governance'],
    ['a denial to everyone', denying(), 'denied'],
    ['a denial of more', denying({ Action: 's3:Delete*' }), 'denied'],
    [
      'compliance mode where nothing else counts',
      lock('COMPLIANCE', 30),
      'compliance',
      { acceptMfaDelete: false, acceptGovernance: false, acceptDenial: false },
    ],
    [
      'MFA delete that does not count, and a denial that does',
      { ...versioning('Enabled', true), ...denying() },
      'denied',
      { acceptMfaDelete: false },
    ],
  ],
  nonCompliant: [
    ['a vault whose lock can be removed', vault({ lockedAt: null }), 'unprotected'],
    ['a vault in its time of grace', vault({ lockedAt: '2026-01-01T00:00:00.001Z' }), 'unprotected'],
    ['a vault that retains too little', vault({ minimumDays: 29 }), 'unprotected'],
    ['a backup from before the lock, which does not bind it', vault({ lockedAt: '2025-12-31T00:00:00.001Z' }), 'unprotected'],
    ['a backup of long ago', vault({ backedUpAt: '2025-12-24T00:00:00.000Z' }), 'unprotected'],
    ['a backup that does not count', vault(), 'unprotected', { acceptLockedBackup: false }],
    ['versioning off, a backup', { ...versioning('Off'), ...vault() }, 'notVersioned'],
    ['versioning off, a denial', { ...versioning('Off'), ...denying() }, 'notVersioned'],
    ['MFA delete, suspended', versioning('Suspended', true), 'notVersioned'],
    ['nothing', {}, 'unprotected'],
    // Prowler's s3_bucket_object_lock and cdk-nag pass whatever Object Lock retains.
    ['Object Lock that retains nothing', { objectLock: { defaultRetention: null } }, 'unprotected'],
    ['Object Lock for a day', lock('COMPLIANCE', 1), 'unprotected'],
    ['Object Lock a day short', lock('COMPLIANCE', 29), 'unprotected'],
    ['a mode of the future', lock('ADVISORY', 365), 'unprotected'],
    ['governance mode, which does not count', lock('GOVERNANCE', 365), 'unprotected', { acceptGovernance: false }],
    ['MFA delete alone', versioning('Enabled', true), 'unprotected', { acceptMfaDelete: false }],
    ['a denial alone', denying(), 'unprotected', { acceptDenial: false }],
    ['the lock is too short', lock('COMPLIANCE', 60), 'unprotected', { minimumLockDays: 90 }],
    [
      'a role is spared',
      denying({
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/admin' } },
      }),
      'unprotected',
    ],
    ['one account is denied', denying({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }), 'unprotected'],
    ['a prefix is left out', denying({ Resource: 'arn:aws:s3:::example-bucket/a/*' }), 'unprotected'],
    ['deleting without a version', denying({ Action: 's3:DeleteObject' }), 'unprotected'],
  ],
});
