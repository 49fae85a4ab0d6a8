import type { Answers } from './asked.ts';
import type { Objects } from './objects.ts';

/** What "AWS" holds. A test builds it, starts the server with it, and may change it between calls. */

/** An event-shaped configuration item, as AWS Config hands it to a function. */
export interface EventItem {
  readonly configurationItemVersion?: string | undefined;
  readonly configurationItemCaptureTime: string;
  readonly configurationItemStatus: string;
  readonly configurationStateId?: number | string | undefined;
  readonly configurationStateMd5Hash?: string | undefined;
  readonly awsAccountId: string;
  readonly awsRegion: string;
  readonly availabilityZone?: string | null | undefined;
  readonly ARN?: string | null | undefined;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string | null | undefined;
  readonly resourceCreationTime?: string | null | undefined;
  readonly recordingFrequency?: string | undefined;
  readonly configurationItemDeliveryTime?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly relatedEvents?: readonly string[] | undefined;
  readonly relationships?: readonly EventRelationship[] | undefined;
  readonly configuration?: unknown;
  readonly supplementaryConfiguration?: Readonly<Record<string, unknown>> | undefined;
}

export interface EventRelationship {
  readonly resourceType: string;
  readonly resourceId?: string | null | undefined;
  readonly resourceName?: string | null | undefined;
  readonly name?: string | undefined;
}

/** Times are epoch seconds, as on the wire. */
export interface StoredResult {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly complianceType: 'COMPLIANT' | 'NON_COMPLIANT';
  readonly annotation?: string | undefined;
  readonly orderingTimestamp: number;
  readonly recordedTime?: number | undefined;
}

export interface RuleState {
  results: StoredResult[];
  /** Ordering time of the last NOT_APPLICABLE, so that a late older result cannot come back. */
  retired: { resourceType: string; resourceId: string; orderingTimestamp: number }[];
}

export interface DeliveryChannel {
  readonly name: string;
  readonly s3BucketName?: string;
  readonly s3KeyPrefix?: string;
  readonly s3KmsKeyArn?: string;
  readonly snsTopicARN?: string;
  readonly configSnapshotDeliveryProperties?: { readonly deliveryFrequency: string };
}

/** An advanced query the server knows: no SQL is parsed, the first match answers. */
export interface Query {
  readonly matches: (expression: string) => boolean;
  /** Strings go out as they are (see `toSelectResult`), anything else as JSON. */
  readonly results: readonly unknown[] | ((expression: string) => readonly unknown[]);
}

export interface Bucket {
  /** Absent: the bucket has no ownership controls, which S3 answers with a 404. */
  ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | undefined;
  /** True, or the operations that are. */
  denied?: boolean | readonly string[] | undefined;
  /** The encryption types that S3 refuses in uploads to it. */
  blocked?: readonly string[];
  /** Its request-metrics configurations; one without a prefix covers the whole bucket. */
  metrics?: readonly { readonly id: string; readonly prefix?: string }[];
  region?: string;
  /** Bodies of answers by operation; or the error, for those that S3 answers so where nothing was set. */
  sections?: Readonly<Record<string, string>>;
  /** Still listed, but deleted since. */
  isGone?: boolean;
  /** Checked against x-amz-expected-bucket-owner; defaults to the state's accountId. */
  owner?: string | undefined;
}

export interface State {
  accountId: string;
  /** Every recorded item, the newest of a resource last. */
  items: EventItem[];
  rules: Record<string, RuleState>;
  /** Result token to the name of its rule. */
  resultTokens: Record<string, string>;
  deliveryChannels: DeliveryChannel[];
  queries: Query[];
  buckets: Record<string, Bucket>;
  /** Objects by bucket and key; a bucket that is named here answers to GetObject, ListObjectsV2 and PutObject. */
  objects: Record<string, Objects>;
  /** By name; one without a policy grants nothing by itself. */
  accessPoints: Record<string, { readonly policy?: string; readonly denied?: boolean }>;
  /** The flags of the account, as S3 Control spells them; null when they were never set. */
  accountFlags: Readonly<Record<string, boolean>> | null;
  /** What other services answer, by operation. */
  answers: Answers;
  /** Most entries in one page of an operation, whatever Limit asks for. */
  pageSizes: Record<string, number>;
  /** False: the reads of recorded items answer NoAvailableConfigurationRecorderException. */
  recorder: boolean;
  now: () => number;
}

export function createState(parts: Partial<State> = {}): State {
  return {
    accountId: '111122223333',
    items: [],
    rules: {},
    resultTokens: {},
    deliveryChannels: [],
    queries: [],
    buckets: {},
    objects: {},
    accessPoints: {},
    accountFlags: null,
    answers: {},
    pageSizes: {},
    recorder: true,
    now: () => Date.now() / 1000,
    ...parts,
  };
}

export function createRule(results: readonly StoredResult[] = []): RuleState {
  return { results: [...results], retired: [] };
}
