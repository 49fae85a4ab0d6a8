import type {
  LifecycleRule,
  LockedVault,
  ObjectLock,
  Versioning,
} from '../../facts/bucket-settings.ts';
import type { Policy } from '../../policy/language/document.ts';
import { undenied } from '../../policy/questions/denials.ts';
import type { Identity } from '../../records/reading.ts';
import { counted, list } from '../../values/text.ts';
import { hoursBetween } from '../../values/time.ts';
import { denialsOf } from '../policies/refusal.ts';
import { afterDeletion } from './life.ts';
import { EVERY_KEY } from './lifecycle.ts';

/** What decides whether the versions of a bucket can be deleted. */
export interface Bucket extends Identity {
  readonly versioning: Versioning;
  readonly lifecycle: readonly LifecycleRule[];
  readonly objectLock: ObjectLock | null;
  readonly policy: Policy | null;
}

/** What counts as deletion protection of versions that a single stolen credential cannot bypass. Compliance mode always does. */
export interface AcceptedLocks {
  readonly mfaDelete: boolean;
  readonly governance: boolean;
  readonly denial: boolean;
  /** Object Lock counts when it retains every new version for at least as many days. */
  readonly days: number;
  /** Where only the deletion of versions is stopped, what is deleted must stay for at least as many days. */
  readonly daysAfterDeletion: number;
  /** How the keys begin that matter; every key unless given. */
  readonly keys?: readonly string[];
  /** Nothing is overwritten here. Then a denial of s3:DeleteObject too protects for as long as objects are kept. */
  readonly isWrittenOnce?: boolean;
}

/** The lock there is, or what each accepted one lacks. */
export type Protection =
  | {
      readonly by: 'mfaDelete' | 'denied';
      /** How many days what is deleted stays; null without end, or where it cannot be deleted. */
      readonly left: number | null;
    }
  | { readonly by: 'compliance' | 'governance'; readonly days: number }
  | { readonly by: null; readonly missing: string };

/**
 * The first lock of these that is there. Only for a bucket with versioning enabled: without it what is overwritten or
 * deleted is gone, whatever locks its versions. MFA delete leaves the deletion of versions to the root user and its device;
 * no user deletes a version retained in compliance mode, and in governance mode only one with
 * s3:BypassGovernanceRetention does (Amazon S3 User Guide, "Deleting an object from an MFA delete-enabled bucket",
 * "Locking objects with Object Lock"). Neither MFA delete nor a denial stops a plain deletion, after which the lifecycle
 * erases the version (S3 API reference, NoncurrentVersionExpiration); Object Lock stops that too.
 */
export function protectionFromDeletion(bucket: Bucket, accepted: AcceptedLocks): Protection {
  const lock = lockOf(bucket, accepted);
  if (typeof lock !== 'string') return lock;
  const mfaDelete = accepted.mfaDelete && bucket.versioning.mfaDelete;
  const denial = accepted.denial && !mfaDelete ? denialLacks(bucket, accepted.keys) : null;
  const by = mfaDelete ? 'mfaDelete' : accepted.denial && denial === null ? 'denied' : null;
  if (by === null) {
    const missing = [accepted.mfaDelete ? 'MFA delete is off' : null, lock, denial];
    return { by, missing: list(missing.filter((each) => each !== null)) };
  }
  const left = afterDeletion(bucket, accepted.keys);
  if (left === null || left.days >= accepted.daysAfterDeletion) {
    return { by, left: left?.days ?? null };
  }
  if (by === 'denied' && accepted.isWrittenOnce && deniesDeletion(bucket, accepted.keys))
    return { by, left: null };
  const days = counted(left.days, 'day');
  return {
    by: null,
    missing: `${lock}, and rule ${left.rule} erases deleted objects after ${days}`,
  };
}

function lockOf({ objectLock }: Bucket, { governance, days }: AcceptedLocks): Protection | string {
  if (objectLock === null) return 'Object Lock is off';
  const retention = objectLock.defaultRetention;
  if (retention === null) return 'Object Lock retains nothing by default';
  const isGovernance = retention.mode === 'GOVERNANCE';
  const isAccepted = retention.mode === 'COMPLIANCE' || (isGovernance && governance);
  if (!isAccepted) return `Object Lock is in mode ${retention.mode}`;
  if (retention.days < days) return `Object Lock retains only ${counted(retention.days, 'day')}`;
  return { by: isGovernance ? 'governance' : 'compliance', days: retention.days };
}

/** What keeps the policy from denying the deletion of versions to everyone; null when it does. */
function denialLacks(bucket: Bucket, keys?: readonly string[]): string | null {
  const policy = denialsOf(bucket);
  if (policy === null) return 'no bucket policy denies s3:DeleteObjectVersion';
  const gap = undenied(policy, bucket, {
    actions: ['s3:DeleteObjectVersion'],
    objects: objectsUnder(keys),
  });
  if (gap === null) return null;
  return gap.missing.includes('nothing denies')
    ? 'no statement denies s3:DeleteObjectVersion'
    : `the denial of s3:DeleteObjectVersion leaves out ${gap.text}`;
}

function deniesDeletion(bucket: Bucket, keys?: readonly string[]): boolean {
  const policy = denialsOf(bucket);
  const request = { actions: ['s3:DeleteObject'], objects: objectsUnder(keys) };
  return policy !== null && undenied(policy, bucket, request) === null;
}

/** The objects whose keys begin so, as globs; undefined means every object. A wildcard in a prefix would mean other keys. */
function objectsUnder(keys: readonly string[] = [EVERY_KEY]): readonly string[] | undefined {
  const isWhole = keys.some((key) => key === EVERY_KEY || /[*?]/.test(key));
  return isWhole ? undefined : keys.map((key) => `${key}*`);
}

/**
 * What keeps the newest backup from counting; null when it does. Once its lock date has passed, nobody removes the lock of a vault
 * or deletes what it retains, not even the root user (AWS Backup Developer Guide, "AWS Backup Vault Lock").
 */
export function backupLacks(
  vaults: readonly LockedVault[],
  now: string,
  demands: { readonly minimumLockDays: number; readonly maximumBackupAgeDays: number },
): string | null {
  const { minimumLockDays, maximumBackupAgeDays } = demands;
  if (vaults.length === 0) return 'no backup is in a locked vault';
  const locked = vaults.filter(({ lockedAt }) => lockedAt !== null && lockedAt <= now);
  if (locked.length === 0) return 'the lock of the vault with its backups can still be removed';
  const long = locked.filter(({ minimumDays }) => minimumDays >= minimumLockDays);
  if (long.length === 0) return 'the vault with its backups does not retain them long enough';
  // What was there before the lock keeps the retention that it had (AWS Backup API reference, MinRetentionDays).
  const isFresh = long.some(({ backedUpAt, lockedAt }) => {
    const age = hoursBetween(backedUpAt, now) / 24;
    // A day for clocks that differ: a backup of next year is no evidence.
    return backedUpAt >= (lockedAt ?? now) && age >= -1 && age <= maximumBackupAgeDays;
  });
  return isFresh ? null : 'its backup in a locked vault is too old, or dated in the future';
}
