import type { Unread } from '../records/reading.ts';
import type { PublicAccessBlock } from './bucket-settings.ts';
import type { DeliveryChannel, DeployedRule, Pack, Recorder } from './pack.ts';
import type { Trail } from './trails.ts';
import type { RegionRules, WatchedTrail } from './watching.ts';
/** What a rule on an account may read. */
export interface AccountFacets {
  /** The four flags of the account as S3 tells them; null when they were never set. */
  readonly blockPublicAccess: PublicAccessBlock | null;
  /** Where AWS Config delivers to from the Region; null without a channel. */
  readonly deliveryChannel: DeliveryChannel | null;
  /** Rules of AWS Config in the Region that say, in their InputParameters, which rule they run. */
  readonly deployedRules: readonly DeployedRule[];
  /** The detector of the Region; null without one. */
  readonly guardDuty: GuardDuty | null;
  /** KMS keys of the Region that wait for their deletion. */
  readonly keysInDeletion: KeysInDeletion;
  /** What there should be. */
  readonly pack: Pack;
  /** What AWS Config records in the Region; null without a recorder of the customer's own. */
  readonly recorder: Recorder | null;
  /** Whether the root user has an access key, active or not. */
  readonly rootAccessKey: boolean;
  /** Trails that record the home Region. */
  readonly trails: readonly Trail[];
  /** What rules of EventBridge are told, by Region that has buckets. */
  readonly eventRules: readonly RegionRules[];
  /** The running trails that record management events of S3. */
  readonly watchedTrails: readonly WatchedTrail[];
}

/** The detector of GuardDuty in an account and Region; there is at most one. */
export interface GuardDuty {
  readonly detector: string;
  /** False while it is suspended. */
  readonly isEnabled: boolean;
  /** Whether it examines data events of S3. */
  readonly watchesS3: boolean;
}

/** What KMS says of the keys of an account and Region. */
export interface KeysInDeletion {
  /** The one that is deleted first stands first. */
  readonly waiting: readonly KeyInDeletion[];
  /** Why the state of a key is not known, with its id; null when all are known. */
  readonly unread: Unread | null;
}

/** A KMS key that was scheduled for deletion. */
export interface KeyInDeletion {
  readonly id: string;
  /** When KMS deletes it (ISO, UTC); null while a key of several Regions waits for its replicas to go first. */
  readonly deletedAt: string | null;
}
