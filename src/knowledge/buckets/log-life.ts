import type { BucketRole } from '../../facts/bucket-settings.ts';
import { type Bucket, protectionFromDeletion } from './deletion.ts';
import { type Objects, whyEndless } from './life.ts';
import { EVERY_KEY } from './lifecycle.ts';

/**
 * How the keys of the logs begin that arrive in a bucket, as far as records or its policy say it. Logs that only the ACL or the
 * settings speak of may have any key: access logs, where the bucket is listed for them and nothing says which these are.
 */
export function keysOfLogs(roles: readonly BucketRole[], isListed = false): readonly string[] {
  const hasAccessLogs = roles.some(({ role }) => role === 'access-log-target');
  if (isListed && !hasAccessLogs) return [EVERY_KEY];
  const keys = roles.flatMap(({ prefixes = [EVERY_KEY] }) => prefixes);
  return keys.length === 0 || keys.includes(EVERY_KEY) ? [EVERY_KEY] : keys;
}

/**
 * Why logs are kept without end. With MFA delete no lifecycle can change that (Amazon S3 User Guide, "Lifecycle and other
 * bucket configurations": not supported on MFA-enabled buckets).
 */
export function whyUnlimited(bucket: Objects, keys: readonly string[]): string {
  const isBarred = bucket.versioning.mfaDelete && bucket.lifecycle.length === 0;
  return isBarred
    ? 'MFA delete is on, and S3 allows no lifecycle with it'
    : whyEndless(bucket, keys);
}

/**
 * What protects logs from deletion: how many days a deleted one stays (null without end, or where none can be deleted), or
 * what is missing for it.
 */
export function logProtection(
  bucket: Bucket,
  keys: readonly string[],
  { minimumDays, minimumDaysAfterDeletion }: Demands,
): { readonly left: number | null; readonly missing: string | null } {
  if (bucket.versioning.status !== 'Enabled') {
    // Whatever locks versions, an overwritten or deleted log is gone.
    return { left: null, missing: `versioning is ${bucket.versioning.status}` };
  }
  const protection = protectionFromDeletion(bucket, {
    ...{ mfaDelete: true, governance: true, denial: true, isWrittenOnce: true, keys },
    ...{ days: minimumDays, daysAfterDeletion: minimumDaysAfterDeletion },
  });
  if (protection.by === null) return { left: null, missing: protection.missing };
  return { left: 'left' in protection ? protection.left : null, missing: null };
}

interface Demands {
  readonly minimumDays: number;
  readonly minimumDaysAfterDeletion: number;
}
