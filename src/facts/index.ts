import type { Policy } from '../policy/language/document.ts';
import type { AccessAnalysis } from './access-analysis.ts';
import type {
  AccessPointSettings,
  Acl,
  BucketRole,
  DefaultEncryption,
  LifecycleRule,
  LockedVault,
  LoggingTarget,
  LogTarget,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
  ReplicaBucket,
  ReplicationRule,
  Versioning,
} from './bucket.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { Credentials, IdentityPolicy } from './iam.ts';
import type { DeliveryChannel, DeployedRule, Pack, Recorder } from './pack.ts';
import type { EventDataStore, Trail } from './trails.ts';

export type * from './bucket.ts';

import type { Alarm } from './alarm.ts';
import type { RegionRules, WatchedTrail } from './watching.ts';

/**
 * What a rule may read of each kind of subject. A rule names the facets it needs in `reads` and is handed those, no others.
 * How a facet is read, from which records and with which permissions, is in `src/facets`.
 */
export interface FacetsOf {
  readonly account: AccountFacets & Timed;
  readonly accessPoint: AccessPointFacets & Timed;
  readonly bucket: BucketFacets & Timed;
  /** Where identity policies are written: a managed policy, or a user, group or role with its inline policies. */
  readonly iamPolicy: IamPolicyFacets & Timed;
  readonly iamUser: IamUserFacets & Timed;
}

export interface Timed {
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

export type SubjectKind = keyof FacetsOf;
/** Every facet of every kind of subject; the names are unique. */
export type AllFacets = AccountFacets &
  AccessPointFacets &
  BucketFacets &
  IamPolicyFacets &
  IamUserFacets &
  Timed;
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
  /** Trails that record the home Region. */
  readonly trails: readonly Trail[];
  /** What rules of EventBridge are told, by Region that has buckets. */
  readonly eventRules: readonly RegionRules[];
  /** The running trails that record management events of S3. */
  readonly watchedTrails: readonly WatchedTrail[];
}

export interface AccessPointFacets {
  /** By which policies name it: with the alias in it where it is a Multi-Region Access Point. */
  readonly accessPointArn: string;
  /** null when the access point has no policy. */
  readonly accessPointPolicy: Policy | null;
  readonly accessPointSettings: AccessPointSettings;
}

export interface BucketFacets {
  /** What IAM Access Analyzer says of the bucket, in its own account and Region. */
  readonly accessAnalysis: AccessAnalysis;
  /** The four flags of the account; null when AWS Config has recorded none. */
  readonly accountPublicAccessBlock: PublicAccessBlock | null;
  readonly acl: Acl;
  /** Encryption types that S3 refuses in uploads, such as SSE-C. */
  readonly blockedEncryption: readonly string[];
  /** null when none is recorded. */
  readonly encryption: DefaultEncryption | null;
  /** The KMS key of the default encryption; null without SSE-KMS. */
  readonly encryptionKey: EncryptionKey | null;
  /** Event data stores that take events of the bucket's Region, as far as they lie in it or beside a trail. */
  readonly eventDataStores: readonly EventDataStore[];
  /** Aliases of the bucket's account and Region that Config has recorded: alias ARN to key ARN. */
  readonly kmsAliases: ReadonlyMap<string, string>;
  /** Empty when the bucket has no lifecycle configuration. */
  readonly lifecycle: readonly LifecycleRule[];
  /** Locked vaults that hold backups of the bucket, in its own account and Region. */
  readonly lockedBackups: readonly LockedVault[];
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
  /** The alarms on metrics of S3 for this bucket. */
  readonly requestAlarms: readonly Alarm[];
  /** Ids of the configurations that count the requests to the whole bucket, from which the metrics of requests come. */
  readonly requestMetrics: readonly string[];
  /** Why the bucket is more than a place for data; empty for a plain data bucket. */
  readonly roles: readonly BucketRole[];
  /** Key to value. */
  readonly tags: ReadonlyMap<string, string>;
  /** Trails that record the bucket's Region. */
  readonly trails: readonly Trail[];
  readonly versioning: Versioning;
}

export interface IamPolicyFacets {
  /** Whether a managed policy is attached to nobody and only serves as permissions boundary, which grants nothing. */
  readonly boundaryOnly: boolean;
  /** What a managed policy says now, or the inline policies of a user, group or role; empty when it has none. */
  readonly identityPolicies: readonly IdentityPolicy[];
  /** ARN of the policy that limits what a user or role can do, whatever it is granted; null when there is none. */
  readonly permissionsBoundary: string | null;
}

export interface IamUserFacets {
  readonly credentials: Credentials;
  /** All that grants or denies the user something: inline, attached, and those of its groups. */
  readonly userPolicies: readonly IdentityPolicy[];
}
