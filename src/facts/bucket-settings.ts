import type { Policy } from '../policy/language/document.ts';
import type { Reading } from '../records/reading.ts';
import type { LogRole } from './log-deliverers.ts';

// The settings of a bucket, or of an access point to one, in our words, whatever the source that read them.

export interface AccessPointSettings {
  readonly publicAccessBlock: PublicAccessBlock;
  /** Id of the only VPC it can be reached from; null when it can be from the internet. */
  readonly vpc: string | null;
}

export interface Acl {
  /** Canonical user id of the owner. */
  readonly owner: string;
  readonly grants: readonly Grant[];
}

export interface Grant {
  readonly grantee:
    | { readonly kind: 'canonicalUser'; readonly id: string }
    | { readonly kind: 'group'; readonly name: string };
  /** As AWS Config spells it: FullControl, Read, Write, ReadAcp, WriteAcp. */
  readonly permission: string;
}

export interface DefaultEncryption {
  /** AES256, aws:kms or aws:kms:dsse; anything else is passed on as recorded. */
  readonly algorithm: string;
  /** Key id, key ARN, alias name or alias ARN, as it was set; null means the AWS managed key aws/s3. */
  readonly key: string | null;
  readonly bucketKey: boolean;
}

export interface LifecycleRule {
  readonly id: string;
  readonly enabled: boolean;
  /** How the keys begin that the rule reaches; empty for every key. */
  readonly prefix: string;
  /** What else narrows it ("a tag"); null when it reaches every object of those keys. */
  readonly filter: string | null;
  readonly expirationDays: number | null;
  /** From when on S3 expires every object that the rule reaches, whatever its age (ISO, UTC). */
  readonly expirationDate: string | null;
  readonly removesExpiredDeleteMarkers: boolean;
  readonly noncurrentDays: number | null;
  /** Noncurrent versions kept without limit of time, however old. */
  readonly newerNoncurrentVersions: number | null;
  readonly abortIncompleteUploadDays: number | null;
}

export interface LoggingTarget {
  readonly bucket: string;
  readonly prefix: string;
}

export interface LogTarget {
  readonly account: string;
  readonly region: string;
  /** null once the bucket is gone. */
  readonly settings: {
    readonly encryption: DefaultEncryption | null;
    readonly objectLock: ObjectLock | null;
    readonly requesterPays: boolean;
    readonly policy: Reading<Policy | null>;
    /** Whether its ACL lets the group LogDelivery write. */
    readonly aclAdmitsS3: Reading<boolean>;
  } | null;
}

export interface ObjectLock {
  /** The retention put on every new object; null when none is. */
  readonly defaultRetention: { readonly mode: string; readonly days: number } | null;
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface ReplicaBucket {
  readonly account: string;
  readonly region: string;
  /** Without versioning nothing is replicated to it; null where the record does not say. */
  readonly isVersioned: boolean | null;
}

export interface ReplicationRule {
  readonly id: string;
  readonly enabled: boolean;
  /** ARN of the destination bucket. */
  readonly destination: string;
  /** What narrows the rule to a part of the objects ("prefix tmp/"); null when it covers every new object. */
  readonly narrowedTo: string | null;
  /** The account that owns the replicas where it was set; null means the source's. */
  readonly account: string | null;
}

/** From when until when something holds (ISO, UTC); null where nothing limits it. */
export interface Window {
  readonly from: string | null;
  readonly until: string | null;
}

export interface BucketRole {
  readonly role: LogRole;
  /** The fact it was derived from, fit to follow "because". */
  readonly because: string;
  /**
   * Only its own policy, ACL or logging to itself says so. They can make a rule apply, but the owner of the bucket wrote
   * them, so they cannot excuse it.
   */
  readonly isOnlyGranted?: true;
  /** When its policy lets them be written, where dates limit that; absent where none do. */
  readonly windows?: readonly Window[];
  /** What in the record of the bucket is certain to keep these logs out; absent when nothing is. */
  readonly stoppedBy?: string;
  /** How the keys begin under which these logs arrive, as records or else its policy say; absent where that is any key. */
  readonly prefixes?: readonly string[];
}

/** A backup in a vault of AWS Backup. */
export interface NewestBackup {
  readonly vault: string;
  /** When it was made, or began if it is continuous (ISO, UTC). */
  readonly at: string;
  /** It goes on, so that any moment up to now can be restored. */
  readonly isContinuous: boolean;
}

/** Backups of the bucket in a vault of AWS Backup that is locked. */
export interface LockedVault {
  readonly name: string;
  /** From when on nobody can take the lock off (ISO, UTC); null in governance mode, which can be left. */
  readonly lockedAt: string | null;
  /** How long the vault retains every backup at least; 0 where it enforces nothing. */
  readonly minimumDays: number;
  /** When the newest backup of the bucket in it was made (ISO, UTC). */
  readonly backedUpAt: string;
}

export interface Versioning {
  readonly status: 'Enabled' | 'Suspended' | 'Off';
  readonly mfaDelete: boolean;
}
