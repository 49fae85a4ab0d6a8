import type { BucketRole, LogTarget, PublicAccessBlock } from '../facts/bucket-settings.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Reading } from '../records/reading.ts';

/** What AWS Config recorded of other resources and a subject's facets depend on. */
export interface Inventory {
  /** Why logs arrive in a bucket, according to other resources. Bucket names are unique in a partition. */
  logSources(bucket: Place): Reading<readonly BucketRole[]>;
  /** Alias ARN to key ARN, of one account and Region. */
  kmsAliases(account: string, region: string): Reading<ReadonlyMap<string, string>>;
  /** Names of aliases whose records contradict each other, and ids of their keys. */
  contestedAliases?(account: string, region: string): ReadonlySet<string>;
  /** Tags of a bucket whose item was delivered without them. */
  tags(bucket: string): Reading<ReadonlyMap<string, string>>;
  /** A bucket that another one names; null if no record of it is available. */
  neighbour(name: string): Neighbour | null;
  /** The flags of an account; null when none are recorded. */
  accountPublicAccessBlock(account: string): Reading<PublicAccessBlock | null>;
}

/** Which bucket, and where it is. */
export type Place = Pick<ConfigurationItem, 'resourceName' | 'account' | 'region'>;

/** The little that a rule needs to know of a bucket that another one names. */
export interface Neighbour {
  readonly account: string;
  readonly region: string;
  readonly captureTime: string | null;
  /** Records that may be the newest contradict each other, or the newest does not count: nothing of it is known. */
  readonly isContested?: true;
  /** Whether the record says that it exists. */
  readonly isThere: boolean;
  /** Whether its versioning is enabled; null where the record does not say. */
  readonly isVersioned: boolean | null;
  /** What decides whether S3 delivers access logs there. */
  readonly settings: Reading<LogTarget['settings']>;
}
