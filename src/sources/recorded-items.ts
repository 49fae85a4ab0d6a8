import {
  BatchGetResourceConfigCommand,
  type ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  paginateListDiscoveredResources,
  type ResourceKey,
  ResourceNotDiscoveredException,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import type { ConfigurationItem } from '../core/configuration-item.ts';
import { normalise } from './configuration-item.ts';

/** The most resource keys that BatchGetResourceConfig takes (Config API reference). */
const KEYS_PER_CALL = 100;
const ATTEMPTS = 4;

/** AWS Config does not (yet) answer with the record that it announced: worth another try. */
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
  const command = new GetResourceConfigHistoryCommand({
    resourceType: resourceType as ResourceType,
    resourceId,
    laterTime: new Date(at),
    limit: 1,
  });
  const answer = await client.send(command).catch((error: unknown) => {
    if (!(error instanceof ResourceNotDiscoveredException)) throw error;
    return { configurationItems: [] };
  });
  const [raw] = answer.configurationItems ?? [];
  const item = raw && normalise(raw);
  if (!item?.captureTime || item.captureTime < at) {
    throw new NotYetRecorded(
      `${resourceType} ${resourceId}: the configuration history has no item of ${at} yet.`,
    );
  }
  return item;
}

type Wait = (milliseconds: number) => Promise<void>;

/** Every recorded resource of a type in the client's account and Region, as AWS Config last recorded it. */
export async function* recordedItems(
  client: ConfigServiceClient,
  resourceType: string,
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  const pages = paginateListDiscoveredResources(
    { client, pageSize: KEYS_PER_CALL },
    { resourceType: resourceType as ResourceType },
  );
  for await (const { resourceIdentifiers = [] } of pages) {
    const keys = resourceIdentifiers.flatMap(({ resourceId }) =>
      resourceId ? [{ resourceType: resourceType as ResourceType, resourceId }] : [],
    );
    if (keys.length > 0) yield* itemsOf(client, keys, wait);
  }
}

async function* itemsOf(
  client: ConfigServiceClient,
  keys: readonly ResourceKey[],
  wait: Wait,
): AsyncGenerator<ConfigurationItem> {
  let left = keys;
  for (let attempt = 1; ; attempt++) {
    const answer = await client.send(
      new BatchGetResourceConfigCommand({ resourceKeys: [...left] }),
    );
    for (const raw of answer.baseConfigurationItems ?? []) yield normalise(raw);
    left = answer.unprocessedResourceKeys ?? [];
    if (left.length === 0) return;
    if (attempt === ATTEMPTS) {
      throw new NotYetRecorded(
        `${left.length} of ${keys.length} resources stay unprocessed by AWS Config.`,
      );
    }
    await wait(200 * 2 ** attempt);
  }
}
