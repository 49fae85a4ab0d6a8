import {
  BatchGetResourceConfigCommand,
  type ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  paginateListDiscoveredResources,
  type ResourceKey,
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
 * @throws NotYetRecorded while the history does not hold it, or holds only an earlier one.
 */
export async function announcedItem(
  client: ConfigServiceClient,
  summary: ConfigurationItem,
): Promise<ConfigurationItem> {
  const { resourceType, resourceId, captureTime } = summary;
  const answer = await client.send(
    new GetResourceConfigHistoryCommand({
      resourceType: resourceType as ResourceType,
      resourceId,
      limit: 1,
      ...(captureTime ? { laterTime: new Date(captureTime) } : {}),
    }),
  );
  const [raw] = answer.configurationItems ?? [];
  const item = raw && normalise(raw);
  if (!item || (captureTime !== null && (item.captureTime ?? '') < captureTime)) {
    throw new NotYetRecorded(
      `${resourceType} ${resourceId}: the configuration history has no item of ${captureTime} yet.`,
    );
  }
  return item;
}

/** Every recorded resource of a type in the client's account and Region, as AWS Config last recorded it. */
export async function* recordedItems(
  client: ConfigServiceClient,
  resourceType: string,
): AsyncGenerator<ConfigurationItem> {
  const pages = paginateListDiscoveredResources(
    { client, pageSize: KEYS_PER_CALL },
    { resourceType: resourceType as ResourceType },
  );
  for await (const { resourceIdentifiers = [] } of pages) {
    const keys = resourceIdentifiers.flatMap(({ resourceId }) =>
      resourceId ? [{ resourceType: resourceType as ResourceType, resourceId }] : [],
    );
    if (keys.length > 0) yield* itemsOf(client, keys);
  }
}

async function* itemsOf(
  client: ConfigServiceClient,
  keys: readonly ResourceKey[],
): AsyncGenerator<ConfigurationItem> {
  let left = keys;
  for (let attempt = 1; left.length > 0; attempt++) {
    if (attempt > ATTEMPTS) {
      throw new NotYetRecorded(
        `${left.length} of ${keys.length} resources stay unprocessed by AWS Config.`,
      );
    }
    const answer = await client.send(
      new BatchGetResourceConfigCommand({ resourceKeys: [...left] }),
    );
    for (const raw of answer.baseConfigurationItems ?? []) yield normalise(raw);
    left = answer.unprocessedResourceKeys ?? [];
  }
}
