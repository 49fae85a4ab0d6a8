import type { MetricFilter } from './alarm.ts';
import type { EventRule } from './receiver.ts';

/** A trail that is running, as far as it shows, with the management events of S3 it records and what watches its log group. */
export interface WatchedTrail {
  readonly name: string;
  readonly arn: string;
  /** Its home Region, the only one it records unless `isMultiRegion`. */
  readonly region: string;
  readonly isMultiRegion: boolean;
  /** null when another account owns it and does not show that here. */
  readonly records: { readonly reads: boolean; readonly writes: boolean } | null;
  /** null when it writes to none. */
  readonly logGroup: WatchedLogGroup | null;
}

export interface WatchedLogGroup {
  readonly name: string;
  readonly account: string;
  /** What CloudTrail says went wrong when it last wrote there; null when nothing did. */
  readonly deliveryError: string | null;
  /** When CloudTrail last wrote there (ISO, UTC); null when it has not yet, or does not say. */
  readonly deliveredAt: string | null;
  /** null when it belongs to another account, so that its filters cannot be seen. */
  readonly filters: readonly MetricFilter[] | null;
}

/** The rules on the default bus of a Region that has buckets. */
export interface RegionRules {
  readonly region: string;
  readonly rules: readonly EventRule[];
}
