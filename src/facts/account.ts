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
