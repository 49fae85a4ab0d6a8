import { days, defineRule, fail, flag, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeDeletion } from '../src/knowledge/buckets/deletion.ts';

const FIX = `Enable versioning; then set a default retention with Object Lock, or deny s3:DeleteObjectVersion (and s3:PutLifecycleConfiguration, which deletes versions too) to everyone on every object, or switch on MFA delete, with which S3 allows no lifecycle; or keep backups in a vault of AWS Backup that is locked in compliance mode.`;

export default defineRule({
  id: 's3-deletion-protection',
  areas: ['recovery'],
  severity: 'medium',
  title: 'S3 buckets protect versions of objects from deletion with one stolen credential',
  rationale: `Versions protect from mistakes, not from intent: whoever may delete them can erase the data for good, or hold it to ransom.`,
  limits: [
    `One of the locks is enough, since MFA delete and lifecycle rules exclude each other. A denial holds against those alone who can change neither the bucket policy nor the lifecycle, and governance mode against those without s3:BypassGovernanceRetention: who may is in identity policies, which are not seen here. Object Lock protects objects stored since the retention was set, and for its days. Backups are seen in the account and Region of the bucket alone; a continuous one counts by the day it began, so allow it an age. A bucket can then still lose its versions, and gets them back from there.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Data stays available although a credential was stolen.'),
    'gdpr 32(1)(c)': supporting('The versions that a restore needs cannot be erased before.'),
    'hipaa 164.312(c)(1)': primary('Health information is protected from improper destruction.'),
    'hipaa 164.312(c)(2)': supporting('What is locked stands as evidence of the state it had.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Retrievable exact copies cannot be deleted at will.'),
  },
  reads: ['versioning', 'objectLock', 'policy', 'lockedBackups', 'now'],
  parameters: {
    acceptMfaDelete: flag(true, 'Whether MFA delete counts.'),
    acceptGovernance: flag(true, 'Whether Object Lock in governance mode counts.'),
    acceptDenial: flag(true, 'Whether a denial of s3:DeleteObjectVersion to everyone counts.'),
    acceptLockedBackup: flag(true, 'Whether backups in a vault locked in compliance mode count.'),
    minimumLockDays: days(30, 'Days that Object Lock, or the vault, must retain at least to count.'),
    maximumBackupAgeDays: days(7, 'How old the newest backup may be to count.'),
  },
  messages: {
    mfaDelete: pass('MFA delete protects: only the root user with its device deletes a version.'),
    compliance: pass('Object Lock retains every new version for {days} days, in compliance mode.'),
    governance: pass('Object Lock retains every new version for {days} days, in governance mode.'),
    denied: pass('The policy denies s3:DeleteObjectVersion to everyone on every object.'),
    lockedBackup: pass('A locked vault of AWS Backup retains backups of the bucket for at least {days} days.'),
    notVersioned: fail('Versioning is {status}: what is overwritten or deleted is gone.', { fix: FIX }),
    unprotected: fail('Nothing that counts protects versions from deletion: {missing}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeDeletion(bucket, params),
});
