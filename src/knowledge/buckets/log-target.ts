import { asking } from '../../engine/precedents/asking.ts';
import type { BucketRole, Window } from '../../facts/bucket-settings.ts';
import { delivererIn } from '../../facts/log-deliverers.ts';
import { matches } from '../../policy/language/glob.ts';

interface Bucket {
  readonly name: string;
  readonly roles: readonly BucketRole[];
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

const LISTED = 'it is listed in logs.approvedTargets';

/** Is the bucket one of those (names with wildcards)? */
export const isListed = (name: string, entries: readonly string[]): boolean =>
  entries.some((entry) => matches(entry, name));

/** The same of a bucket whose name is not needed otherwise. */
export const isListedBucket = (bucket: Pick<Bucket, 'name'>, entries: readonly string[]): boolean =>
  entries.length > 0 && asking(bucket, ({ name }) => isListed(name, entries));

const isRecorded = ({ isOnlyGranted }: BucketRole) => !isOnlyGranted;

/** Why access logs are meant to arrive in the bucket, whether S3 can deliver them or not: another bucket logs to it. */
export const namedForAccessLogs = ({ roles }: Pick<Bucket, 'roles'>): string | null =>
  roles.find((each) => each.role === 'access-log-target' && isRecorded(each))?.because ?? null;

/**
 * Why access logs may excuse the bucket: another bucket logs to it and nothing in its own record keeps these logs out, or the
 * settings list it and no other logs are recorded to arrive. Null when neither is so, whatever its own policy and ACL allow:
 * else a bucket could excuse itself.
 */
export function receivesAccessLogs(
  bucket: Pick<Bucket, 'name' | 'roles'>,
  listed: readonly string[] = [],
): string | null {
  const recorded = bucket.roles.filter(isRecorded);
  const arriving = namedForAccessLogs({ roles: recorded.filter(({ stoppedBy }) => !stoppedBy) });
  return arriving ?? (recorded.length === 0 && isListedBucket(bucket, listed) ? LISTED : null);
}

/**
 * The role for which the bucket is exempt, if it is one of these. A role that only its own policy or ACL shows counts where no
 * other source is read, or where a trail that the account is shown writes to the bucket.
 */
export function exemptAs(
  bucket: Bucket & { readonly trails: readonly { readonly bucketName: string | null }[] },
  exempt: readonly string[],
): BucketRole | undefined {
  return arrivingIn(bucket).find(({ role, isOnlyGranted }) => {
    if (!exempt.includes(role)) return false;
    if (!isOnlyGranted || !delivererIn(role).hasSource) return true;
    return (
      role === 'trail-target' && bucket.trails.some(({ bucketName }) => bucketName === bucket.name)
    );
  });
}

/**
 * Why SSE-S3 is the only encryption for the logs that arrive in the bucket; null when that is not known. Of load balancers
 * and Redshift nothing but the policy of the bucket shows where they write.
 */
export function needsSseS3(bucket: Bucket, listed: readonly string[]): string | null {
  const role = arrivingIn(bucket).find(({ role: name, isOnlyGranted }) => {
    const { needsSseS3: isNeeded, hasSource } = delivererIn(name);
    return isNeeded && !(isOnlyGranted && hasSource);
  });
  return role?.because ?? receivesAccessLogs(bucket, listed);
}

/** The logs that nothing is known to keep out now. */
const arrivingIn = ({ roles, now }: Bucket): readonly BucketRole[] =>
  roles.filter(({ stoppedBy, windows }) => !stoppedBy && (!windows || isWithin(windows, now)));

/** Is the time in one of the windows? Its last moment is, because a condition may include it. */
const isWithin = (windows: readonly Window[], now: string): boolean =>
  windows.some(({ from, until }) => (from ?? now) <= now && now <= (until ?? now));
