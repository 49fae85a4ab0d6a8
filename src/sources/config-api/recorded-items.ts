import {
  BatchGetResourceConfigCommand,
  type ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  paginateListDiscoveredResources,
  type ResourceKey,
  ResourceNotDiscoveredException,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { normalise } from '../../records/normalise.ts';
import { Malformed } from '../../values/json.ts';

export type Wait = (milliseconds: number) => Promise<void>;

/** The most resource keys that BatchGetResourceConfig takes (Config API reference). */
const KEYS_PER_CALL = 100;
const ATTEMPTS = 4;

/** AWS Config does not (yet) answer with the record that it announced: worth a retry. */
export class NotYetRecorded extends Error {
  override readonly name = 'NotYetRecorded';
}

/**
 * The whole configuration item that a notification was too small to carry.
 *
 * A resource that the history does not know is not taken to be gone: AWS Config has just announced it as present, and keeps
 * deleted resources in the history with an item that says so, which arrives as a notification of its own. So that the
 * result of a resource that is there is never retired, it counts as not yet recorded.
 * @param at when it was captured (ISO).
 * @throws NotYetRecorded while the history does not hold it, or holds only an earlier one.
 */
export async function announcedItem(
  client: ConfigServiceClient,
  { resourceType, resourceId }: ConfigurationItem,
  at: string,
): Promise<ConfigurationItem> {
  const key = { resourceType: resourceType as ResourceType, resourceId };
  const item = await latestItem(client, key, new Date(at));
  if (!item?.captureTime || item.captureTime < at) {
    throw new NotYetRecorded(
      `${resourceType} ${resourceId}: the configuration history has no item of ${at} yet.`,
    );
  }
  return item;
}

/** The newest item in the history, up to a time; undefined when Config knows no such resource. */
async function latestItem(
  client: ConfigServiceClient,
  { resourceType, resourceId }: ResourceKey,
  laterTime?: Date,
): Promise<ConfigurationItem | undefined> {
  const time = laterTime ? { laterTime } : {};
  const command = new GetResourceConfigHistoryCommand({
    resourceType,
    resourceId,
    limit: 1,
    ...time,
  });
  try {
    const [raw] = (await client.send(command)).configurationItems ?? [];
    return raw && normalise(raw);
  } catch (error) {
    if (error instanceof ResourceNotDiscoveredException) return undefined;
    throw error;
  }
}

/**
 * Every recorded resource of a type in the client's account and Region, as AWS Config last recorded it.
 * @throws the first error of a page of records, after the records of all other pages.
 */
export async function* recordedItems(
  client: ConfigServiceClient,
  resourceType: string,
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  const pages = paginateListDiscoveredResources(
    { client, pageSize: KEYS_PER_CALL },
    { resourceType: resourceType as ResourceType },
  );
  const errors: unknown[] = [];
  for await (const { resourceIdentifiers = [] } of pages) {
    const keys = resourceIdentifiers.flatMap(({ resourceId }) =>
      resourceId ? [{ resourceType: resourceType as ResourceType, resourceId }] : [],
    );
    try {
      if (keys.length > 0) yield* itemsOf(client, keys, wait);
    } catch (error) {
      errors.push(error);
    }
  }
  for (const error of errors) throw error;
}

/** The buckets of these names that AWS Config has a record of in the client's account and Region. */
export async function* recordedBuckets(
  client: ConfigServiceClient,
  names: readonly string[],
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  for (let from = 0; from < names.length; from += KEYS_PER_CALL) {
    const keys = names
      .slice(from, from + KEYS_PER_CALL)
      .map((resourceId) => ({ resourceType: 'AWS::S3::Bucket' as const, resourceId }));
    yield* batchOf(client, keys, wait);
  }
}

/** @throws the first error of a key, after the records of the others. */
async function* itemsOf(
  client: ConfigServiceClient,
  keys: readonly ResourceKey[],
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  const missing = new Map(keys.map((key) => [key.resourceId, key]));
  for await (const item of batchOf(client, keys, wait)) {
    missing.delete(item.resourceId);
    yield item;
  }
  const errors: unknown[] = [];
  // Listed, but missing from the answer: its history shows whether the answer is incomplete or the resource is gone.
  for (const key of missing.values()) {
    try {
      const item = await latestItem(client, key);
      if (item) yield item;
    } catch (error) {
      errors.push(error);
    }
  }
  for (const error of errors) throw error;
}

/** @throws Malformed for the first record that cannot be read, NotYetRecorded for what stays unprocessed, after the others. */
async function* batchOf(
  client: ConfigServiceClient,
  keys: readonly ResourceKey[],
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  const errors: unknown[] = [];
  let left = keys;
  for (let attempt = 1; left.length > 0; attempt++) {
    const answer = await client.send(
      new BatchGetResourceConfigCommand({ resourceKeys: [...left] }),
    );
    for (const raw of answer.baseConfigurationItems ?? []) {
      try {
        yield normalise(raw);
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        errors.push(new Malformed(`${raw.resourceType} ${raw.resourceId}: ${error.message}`));
      }
    }
    left = answer.unprocessedResourceKeys ?? [];
    if (left.length > 0 && attempt === ATTEMPTS) {
      throw new NotYetRecorded(
        `AWS Config did not process ${left.length} of ${keys.length} resources.`,
      );
    }
    if (left.length > 0) await wait(200 * 2 ** attempt);
  }
  for (const error of errors) throw error;
}
