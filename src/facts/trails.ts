import type { Reading } from '../records/reading.ts';
import type { EventSelector } from './event-selectors.ts';

/**
 * A trail that records a Region: one that has its home there, or the shadow there of one that records all Regions or a
 * whole organization (CloudTrail API reference, Trail).
 */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  /** Name of the bucket that it writes to; null where the answer does not say. */
  readonly bucketName: string | null;
  readonly isOrganization: boolean;
  readonly isMultiRegion: boolean;
  readonly validatesLogFiles: boolean;
  /** ARN of the KMS key of its log files; null when S3 encrypts them with a key of its own. */
  readonly key: string | null;
  readonly status: Reading<TrailStatus>;
  readonly selectors: Reading<readonly EventSelector[]>;
  readonly management: Reading<ManagementEvents>;
}

/** How much of the management events of each half a trail records, from any caller. */
export interface ManagementEvents {
  readonly reads: Recorded;
  readonly writes: Recorded;
}

/** All of them, none, only some, or all but those of the services named (such as kms.amazonaws.com). */
export type Recorded = 'all' | 'none' | 'some' | { readonly allBut: readonly string[] };

export interface TrailStatus {
  readonly isLogging: boolean;
  readonly logFiles: Delivery;
  readonly digestFiles: Delivery;
}

/** How the latest delivery to the bucket of the trail went. */
export interface Delivery {
  /** ISO, UTC; null when there was none yet. */
  readonly at: string | null;
  /** The error of S3 (AccessDenied, NoSuchBucket); null when there is none. */
  readonly error: string | null;
}

/** An event data store of CloudTrail Lake that takes events of a Region. */
export interface EventDataStore {
  readonly name: string;
  /** ENABLED is the one that takes events; the others are CREATED, STARTING_INGESTION, STOPPED_INGESTION and so on. */
  readonly status: string;
  readonly selectors: readonly EventSelector[];
}
