import type { EventItem, EventRelationship } from './state.ts';
import { isObject } from './validate.ts';

/**
 * One configuration item in the encodings that AWS uses besides the Lambda event. Read side by side in
 * recorded items (the items of real-data.test.ts): cloud-custodian tests/data/config/s3*.json for the API and the
 * event, aws-config-rdk rdk/template/example_ci for event and snapshot.
 */

/** GetResourceConfigHistory on the wire; times are epoch seconds and unset members are left out. */
export interface ApiItem {
  readonly version?: string;
  readonly accountId: string;
  readonly configurationItemCaptureTime: number;
  readonly configurationItemStatus: string;
  readonly configurationStateId?: string;
  readonly configurationItemMD5Hash?: string;
  readonly arn?: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly awsRegion: string;
  readonly availabilityZone?: string;
  readonly resourceCreationTime?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly relatedEvents: readonly string[];
  readonly relationships: readonly Readonly<Record<string, string>>[];
  readonly configuration?: string;
  readonly supplementaryConfiguration: Readonly<Record<string, string>>;
  readonly recordingFrequency?: string;
  readonly configurationItemDeliveryTime?: number;
}

export const epochSeconds = (time: string): number => Date.parse(time) / 1000;

type Present<T> = { [K in keyof T]: Exclude<T[K], null | undefined> };

/** AWS leaves unset members out of a response. */
function present<T extends object>(members: T): Present<T> {
  const kept = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(kept) as Present<T>;
}

const seconds = (time: string | null | undefined): number | undefined =>
  time == null ? undefined : epochSeconds(time);

const aclText = (value: unknown): unknown =>
  typeof value === 'string' ? value : JSON.stringify(value);

const toApiRelationship = ({ resourceType, resourceId, resourceName, name }: EventRelationship) =>
  present({ resourceType, resourceId, resourceName, relationshipName: name });

/**
 * Event to GetResourceConfigHistory. Every supplementary value is JSON text, so the ACL, text before, is
 * encoded twice. A deleted item has no `configuration` member (unverified: it may be the text "null").
 */
export function toApiEncoding(item: EventItem): ApiItem {
  const supplementary = Object.entries(item.supplementaryConfiguration ?? {}).map(
    ([key, value]) => [key, JSON.stringify(key === 'AccessControlList' ? aclText(value) : value)],
  );
  const { configuration, configurationStateId } = item;
  return present({
    version: item.configurationItemVersion,
    accountId: item.awsAccountId,
    configurationItemCaptureTime: epochSeconds(item.configurationItemCaptureTime),
    configurationItemStatus: item.configurationItemStatus,
    configurationStateId: configurationStateId == null ? undefined : String(configurationStateId),
    configurationItemMD5Hash: item.configurationStateMd5Hash,
    arn: item.ARN,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone,
    resourceCreationTime: seconds(item.resourceCreationTime),
    tags: item.tags ?? {},
    relatedEvents: item.relatedEvents ?? [],
    relationships: (item.relationships ?? []).map(toApiRelationship),
    configuration: configuration == null ? undefined : JSON.stringify(configuration),
    supplementaryConfiguration: Object.fromEntries(supplementary),
    recordingFrequency: item.recordingFrequency,
    configurationItemDeliveryTime: seconds(item.configurationItemDeliveryTime),
  }) as ApiItem;
}

/** Event to a snapshot or history file: the same keys, with the ACL as an object. */
export function toSnapshotEncoding(item: EventItem): EventItem {
  const supplementary = { ...item.supplementaryConfiguration };
  const acl = supplementary['AccessControlList'];
  if (typeof acl === 'string') supplementary['AccessControlList'] = JSON.parse(acl);
  return { ...item, supplementaryConfiguration: supplementary };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}

const at = (row: unknown, path: readonly string[]): unknown =>
  path.reduce((value, key) => (isObject(value) ? value[key] : undefined), row);

/** `a.b` selected from a row comes back nested, as `{ a: { b } }`. */
function select(row: unknown, fields: readonly string[]): unknown {
  const selected: Record<string, unknown> = {};
  for (const field of fields) {
    const path = field.split('.');
    const value = at(row, path);
    if (value === undefined) continue;
    let target = selected;
    for (const key of path.slice(0, -1)) {
      const inner = { ...(isObject(target[key]) ? target[key] : {}) };
      target[key] = inner;
      target = inner;
    }
    target[path.at(-1) ?? field] = value;
  }
  return selected;
}

/**
 * One row of SelectResourceConfig: JSON text with the names of AWS's query schema
 * (awslabs/aws-config-resource-schema, AWS::S3::Bucket.properties.json: accountId, arn, version, tags.key),
 * times as text, nulls dropped. Unverified: that a selected `supplementaryConfiguration` is whole although the
 * schema lists neither AccessControlList nor BucketPolicy, and that the ACL in it is text as in the event.
 */
export function toSelectResult(item: EventItem, fields?: readonly string[]): string {
  const { awsAccountId, ARN, configurationItemVersion, configurationStateMd5Hash, ...rest } = item;
  const stateId = item.configurationStateId;
  const row = withoutNulls({
    ...rest,
    accountId: awsAccountId,
    arn: ARN,
    version: configurationItemVersion,
    configurationStateId: stateId == null ? undefined : String(stateId),
    configurationItemMD5Hash: configurationStateMd5Hash,
    tags: Object.entries(item.tags ?? {}).map(([key, value]) => ({
      key,
      value,
      tag: `${key}=${value}`,
    })),
  });
  return JSON.stringify(fields === undefined ? row : select(row, fields));
}
