import type { Policy } from '../policy/document.ts';
import type { AccessAnalysis } from './access-analysis.ts';
import type { DeliveryChannel, DeployedRule, Pack, Recorder } from './pack.ts';

/**
 * What a rule may read of each kind of subject. A rule names the facets it needs in `reads` and is handed those, no others.
 * How a facet is read, from which records and with which permissions, is in `src/facets`.
 */
export interface FacetsOf {
  readonly account: AccountFacets & Timed;
  readonly accessPoint: AccessPointFacets & Timed;
  readonly bucket: BucketFacets & Timed;
}

export interface Timed {
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

export type SubjectKind = keyof FacetsOf;
/** Every facet of every kind of subject; the names are unique. */
export type AllFacets = AccountFacets & AccessPointFacets & BucketFacets & Timed;
export type FacetName = keyof AllFacets;

export interface AccountFacets {
  /** The four flags of the account as S3 tells them; null when they were never set. */
  readonly blockPublicAccess: PublicAccessBlock | null;
  /** Where AWS Config delivers to from the Region; null without a channel. */
  readonly deliveryChannel: DeliveryChannel | null;
  /** Rules of AWS Config in the Region that say, in their InputParameters, which rule they run. */
  readonly deployedRules: readonly DeployedRule[];
  /** What there should be. */
  readonly pack: Pack;
  /** What AWS Config records in the Region; null without a recorder of the customer's own. */
  readonly recorder: Recorder | null;
}

export interface AccessPointFacets {
  /** null when the access point has no policy. */
  readonly accessPointPolicy: Policy | null;
}

export interface BucketFacets {
  /** What IAM Access Analyzer says of the bucket, in its own account and Region. */
  readonly accessAnalysis: AccessAnalysis;
  /** The four flags of the account; null when AWS Config has recorded none. */
  readonly accountPublicAccessBlock: PublicAccessBlock | null;
  readonly acl: Acl;
  /** null when none is recorded. */
  readonly encryption: DefaultEncryption | null;
  /** Aliases of the bucket's account and Region that Config has recorded: alias ARN to key ARN. */
  readonly kmsAliases: ReadonlyMap<string, string>;
  /** Empty when the bucket has no lifecycle configuration. */
  readonly lifecycle: readonly LifecycleRule[];
  /** Where server access logs go; null when they are off. */
  readonly logging: LoggingTarget | null;
  /** The record of the bucket where server access logs go. */
  readonly logTarget: LogTarget;
  /** null when Object Lock is off. */
  readonly objectLock: ObjectLock | null;
  readonly ownership: ObjectOwnership;
  /** null when the bucket has no policy. */
  readonly policy: Policy | null;
  /** SHA-256 of the policy in its canonical form, in lower-case hexadecimal; null when the bucket has no policy. */
  readonly policySha256: string | null;
  /** The bucket's own four flags; null when it has none. The account's flags may still apply. */
  readonly publicAccessBlock: PublicAccessBlock | null;
  /** Where the destinations of replication are, by ARN, as far as their records are at hand. */
  readonly replicaBuckets: ReadonlyMap<string, ReplicaBucket>;
  /** Empty when nothing is replicated. */
  readonly replication: readonly ReplicationRule[];
  /** Why the bucket is more than a place for data; empty for a plain data bucket. */
  readonly roles: readonly BucketRole[];
  /** Key to value. */
  readonly tags: ReadonlyMap<string, string>;
  readonly versioning: Versioning;
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
  /** What narrows the rule to a part of the keys ("prefix logs/"); null when it covers every key. */
  readonly narrowedTo: string | null;
  readonly expirationDays: number | null;
  /** An absolute date, from which on every object the rule covers is expired. */
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
  /** Why S3 delivers no access logs there, fit to follow "a bucket"; null when nothing is known to stop them. */
  readonly obstacle: string | null;
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
}

export interface ReplicationRule {
  readonly id: string;
  readonly enabled: boolean;
  /** ARN of the destination bucket. */
  readonly destination: string;
  /** The account that owns the replicas where it was set; null means the source's. */
  readonly account: string | null;
}

export interface BucketRole {
  readonly role: 'access-log-target' | 'trail-target' | 'config-delivery';
  /** The fact it was derived from, fit to follow "because". */
  readonly because: string;
}

export interface Versioning {
  readonly status: 'Enabled' | 'Suspended' | 'Off';
  readonly mfaDelete: boolean;
}
