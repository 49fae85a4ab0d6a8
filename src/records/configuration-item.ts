/** A configuration item of AWS Config in the one shape this project works with, whichever encoding it arrived in. */
export interface ConfigurationItem {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly status: ItemStatus;
  /** When AWS Config recorded it (ISO, UTC); null when the record does not say. */
  readonly captureTime: string | null;
  /** When the resource was created (ISO, UTC); null when the record does not say, as of what was deleted. */
  readonly created: string | null;
  readonly configuration: unknown;
  /** Structured values, whatever number of times they were stringified on the way; null if the item has none. */
  readonly supplementary: Readonly<Record<string, unknown>> | null;
  /** As recorded: a map, or a list of keys and values; undefined where the answer leaves tags out. */
  readonly tags: unknown;
  /** An advanced query drops keys that are null, so an empty structure means less there. */
  readonly fromQuery: boolean;
  /** Why what it says does not count, as a part of a sentence: it is only known that there is such a record. */
  readonly flaw?: string;
}

/** Config API reference, ConfigurationItem: configurationItemStatus. */
export const ITEM_STATUSES = [
  'OK',
  'ResourceDiscovered',
  'ResourceNotRecorded',
  'ResourceDeleted',
  'ResourceDeletedNotRecorded',
] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];
