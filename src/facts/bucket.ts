import type { Policy } from '../policy/language/document.ts';
import type { AccessAnalysis } from './access-analysis.ts';
import type { Alarm } from './alarm.ts';
import type {
  Acl,
  BucketRole,
  DefaultEncryption,
  LifecycleRule,
  LockedVault,
  LoggingTarget,
  LogTarget,
  NewestBackup,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
  ReplicaBucket,
  ReplicationRule,
  Versioning,
} from './bucket-settings.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { EventDataStore, Trail } from './trails.ts';
/** What a rule on a bucket may read. */
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
  /** The newest backup that AWS Backup can restore, in the bucket's own account and Region; null without any. */
  readonly newestBackup: NewestBackup | null;
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
  /** Whether the requester pays for requests and transfers. */
  readonly requesterPays: boolean;
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
