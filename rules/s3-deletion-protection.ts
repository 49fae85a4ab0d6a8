import { days, defineRule, fail, flag, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { assetsOf } from '../src/knowledge/buckets/assets.ts';
import { backupLacks, protectionFromDeletion } from '../src/knowledge/buckets/deletion.ts';
import { exempt, leftOut, scope } from '../src/knowledge/buckets/scope.ts';
import { counted } from '../src/values/text.ts';

/** A version that is not locked itself, or whose lock can be bypassed, corroborates nothing. */
const UNLOCKED = { except: ['hipaa 164.312(c)(2)'] } as const;
export default defineRule({
  id: 's3-deletion-protection',
  areas: ['recovery'],
  severity: 'medium',
  tier: 'recommended',
  title: 'S3 buckets protect versions of objects from deletion with one stolen credential',
  rationale:
    'Versions protect from mistakes, not from intent: anyone who may delete versions can erase the data for good, or hold it to ransom.',
  limits: [
    'Buckets for assets of the AWS CDK (cdk-*-assets-*, tagged by CloudFormation as StagingBucket) and for templates of CloudFormation ' +
      '(cf-templates-*) are not judged. Of the latter only the name is known.',
    'One of the locks is enough, because MFA delete and lifecycle rules exclude each other.',
    'A denial only holds against those who can change neither the bucket policy nor the lifecycle, and governance mode against those ' +
      'without s3:BypassGovernanceRetention. Who may do so is decided by identity policies, which the rule does not see.',
    'A deletion without a version id needs only s3:DeleteObject, and the lifecycle then erases the version: a denial or MFA delete ' +
      'counts only if no lifecycle rule does so sooner than minimumLockDays.',
    'Object Lock protects objects stored since the retention was set, and only for its days.',
    'Backups are only visible in the account and Region of the bucket. A continuous backup counts by the day it began, so raise ' +
      'maximumBackupAgeDays if you use one.',
    'A bucket that passes because of its backups can still lose its versions; AWS Backup restores objects as of a point in time.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Versions are protected by MFA delete, Object Lock or a denial, or their backups by a locked vault.'),
    'gdpr 32(1)(c)': supporting('The versions or backups that a restore needs are protected from deletion.'),
    'hipaa 164.312(c)(1)': primary('Versions of health information, or backups of them, are protected from improper destruction.'),
    'hipaa 164.312(c)(2)': supporting('A version locked in compliance mode corroborates that the record was not altered.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Retrievable exact copies are protected from deletion.'),
  },
  reads: ['tags', 'versioning', 'lifecycle', 'objectLock', 'policy', 'lockedBackups', 'now'],
  parameters: {
    ...scope,
    acceptMfaDelete: flag(true, 'Whether MFA delete counts.'),
    acceptGovernance: flag(true, 'Whether Object Lock in governance mode counts.'),
    acceptDenial: flag(true, 'Whether a denial of s3:DeleteObjectVersion to everyone counts.'),
    acceptLockedBackup: flag(true, 'Whether backups in a vault locked in compliance mode count.'),
    minimumLockDays: days(
      30,
      'Minimum number of days that Object Lock or the vault must retain, or the lifecycle keep deleted objects, to count.',
    ),
    maximumBackupAgeDays: days(7, 'Maximum age of the newest backup to count.'),
  },
  messages: {
    mfaDelete: pass('MFA delete is on: only the root user with its device can delete a version.', UNLOCKED),
    exempt,
    assets: skip('The bucket is for assets of {tool}, which a deployment uploads again.'),
    compliance: pass('Object Lock retains new versions by default for {days} days, in compliance mode.'),
    governance: pass('Object Lock retains new versions by default for {days} days, in governance mode.', UNLOCKED),
    denied: pass('The policy denies s3:DeleteObjectVersion to everyone on every object.', UNLOCKED),
    recoverable: pass('Versions cannot be deleted directly ({lock}), and deleted objects stay recoverable for {left}.', UNLOCKED),
    lockedBackup: pass('A locked vault of AWS Backup retains backups of the bucket for at least {days} days.', UNLOCKED),
    notVersioned: fail('Versioning is {status}: objects that are overwritten or deleted can be lost.', {
      fix: 'Enable versioning (PutBucketVersioning, Status Enabled), then protect the versions.',
      caution:
        'Earlier versions are then stored and charged until a lifecycle rule erases them. Versioning can later be suspended, but not ' +
        'turned off.',
    }),
    unprotected: fail('Versions are not protected from deletion by any accepted lock: {missing}.', {
      fix:
        'Set a default Object Lock retention, or deny s3:DeleteObjectVersion and s3:PutLifecycleConfiguration to everyone, with ' +
        'NoncurrentDays of at least minimumLockDays, or use MFA delete, or backups in a vault locked in compliance mode.',
      caution:
        'Create lifecycle rules before you deny s3:PutLifecycleConfiguration. S3 allows no lifecycle with MFA delete, and delivers no ' +
        'access logs to a bucket with Object Lock. Object Lock, and a vault lock after its grace time, cannot be removed.',
    }),
  },
  evaluate({ bucket, params }) {
    const because = leftOut(bucket, params);
    if (because !== null) return say('exempt', { because });
    const tool = assetsOf(bucket);
    if (tool !== null) return say('assets', { tool });
    const { status } = bucket.versioning;
    if (status !== 'Enabled') return say('notVersioned', { status });
    const protection = protectionFromDeletion(bucket, {
      mfaDelete: params.acceptMfaDelete,
      governance: params.acceptGovernance,
      denial: params.acceptDenial,
      days: params.minimumLockDays,
      daysAfterDeletion: params.minimumLockDays,
    });
    if ('days' in protection) return say(protection.by, { days: protection.days });
    if (protection.by !== null) {
      const lock = protection.by === 'denied' ? 'the policy denies it to everyone' : 'MFA delete is on';
      if (protection.left === null) return say(protection.by);
      return say('recoverable', { lock, left: counted(protection.left, 'day') });
    }
    // Backups are asked for last, because who has another lock needs none.
    if (!params.acceptLockedBackup) return say('unprotected', { missing: protection.missing });
    const backup = backupLacks(bucket.lockedBackups, bucket.now, params);
    if (backup === null) return say('lockedBackup', { days: params.minimumLockDays });
    return say('unprotected', { missing: `${protection.missing}, and ${backup}` });
  },
});
