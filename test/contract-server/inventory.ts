import { ResourceType } from '@aws-sdk/client-config-service';
import { ofResource } from './by-key.ts';
import { type ApiItem, epochSeconds, toApiEncoding } from './encodings.ts';
import { type Fault, type ResourceKey, ServiceError } from './faults.ts';
import { operation, pageSize, type World } from './operation.ts';
import type { EventItem, State } from './state.ts';
import { flag, list, oneOf, pageLimit, structure, text, timestamp } from './validate.ts';

/**
 * The reads of recorded items. Limits are those of botocore 1.43.11,
 * data/config/2014-11-12/service-2.json, messages those of moto/config/exceptions.py.
 */

const resourceType = oneOf(Object.values(ResourceType));
const resourceId = text(1, 768);

function requireRecorder({ recorder }: State): void {
  if (recorder) return;
  const message = 'There are no customer managed configuration recorders available';
  throw new ServiceError('NoAvailableConfigurationRecorderException', message);
}

const captured = (item: EventItem) => epochSeconds(item.configurationItemCaptureTime);
const isDeleted = (item: EventItem) => item.configurationItemStatus.startsWith('ResourceDeleted');

interface HistoryInput extends ResourceKey {
  readonly laterTime?: number;
  readonly earlierTime?: number;
  readonly chronologicalOrder?: 'Reverse' | 'Forward';
  readonly limit?: number;
  readonly nextToken?: string;
}

const week = 7 * 24 * 3600;

/** "Each call to the API is limited to span a duration of seven days"; counted from the page's first item. */
const withinWeek = (items: readonly ApiItem[]): number => {
  const start = items[0]?.configurationItemCaptureTime ?? 0;
  const end = items.findIndex(
    ({ configurationItemCaptureTime }) => Math.abs(configurationItemCaptureTime - start) > week,
  );
  return end === -1 ? items.length : end;
};

/** Both ends of the time range belong to it (unverified for AWS; rdklib relies on it for laterTime). */
export const getResourceConfigHistory = operation(
  structure(
    {
      resourceType,
      resourceId,
      laterTime: timestamp,
      earlierTime: timestamp,
      chronologicalOrder: oneOf(['Reverse', 'Forward']),
      limit: pageLimit,
      nextToken: text(),
    },
    ['resourceType', 'resourceId'],
  ),
  (input: HistoryInput, { state, pages }: World) => {
    requireRecorder(state);
    const { laterTime = Number.POSITIVE_INFINITY, earlierTime = 0 } = input;
    if (earlierTime >= laterTime) {
      const message = 'The earlier time is not chronologically before the later time';
      throw new ServiceError('InvalidTimeRangeException', message);
    }
    const history = ofResource(state.items, input);
    if (history.length === 0) {
      const message = `Resource ${input.resourceId} of resourceType:${input.resourceType} is unknown or has not been discovered`;
      throw new ServiceError('ResourceNotDiscoveredException', message);
    }
    const sign = input.chronologicalOrder === 'Forward' ? 1 : -1;
    const inRange = () =>
      history
        .filter((item) => captured(item) <= laterTime && captured(item) >= earlierTime)
        .sort((a, b) => sign * (captured(a) - captured(b)))
        .map(toApiEncoding);
    const size = pageSize(state, 'GetResourceConfigHistory', input.limit, 10);
    const page = pages.cut(input, input.nextToken, inRange, (items) =>
      Math.min(size, withinWeek(items)),
    );
    return { configurationItems: page.items, nextToken: page.nextToken };
  },
);

/** "The API does not return any tags": neither the member nor what repeats it below. */
function toBaseItem(item: EventItem): object {
  const { tags, relatedEvents, relationships, configurationItemMD5Hash, ...base } =
    toApiEncoding(item);
  const { BucketTaggingConfiguration, Tags, ...supplementaryConfiguration } =
    base.supplementaryConfiguration;
  return { ...base, supplementaryConfiguration };
}

const unprocessedIn = (fault: Fault | undefined): ((key: ResourceKey) => boolean) =>
  typeof fault === 'object' && 'unprocessedKeys' in fault ? fault.unprocessedKeys : () => false;
const omittedIn = (fault: Fault | undefined): ((key: ResourceKey) => boolean) =>
  typeof fault === 'object' && 'omittedKeys' in fault ? fault.omittedKeys : () => false;

/** Deleted resources are dropped (documented), and so are unknown ones (unverified). */
export const batchGetResourceConfig = operation(
  structure(
    {
      resourceKeys: list(
        structure({ resourceType, resourceId }, ['resourceType', 'resourceId']),
        1,
        100,
      ),
    },
    ['resourceKeys'],
  ),
  ({ resourceKeys }: { resourceKeys: readonly ResourceKey[] }, { state, fault }: World) => {
    requireRecorder(state);
    const isUnprocessed = unprocessedIn(fault);
    const isOmitted = omittedIn(fault);
    const newest = resourceKeys
      .filter((key) => !isUnprocessed(key) && !isOmitted(key))
      .map((key) => ofResource(state.items, key).at(-1))
      .filter((item) => item !== undefined && !isDeleted(item));
    return {
      baseConfigurationItems: newest.flatMap((item) => (item ? [toBaseItem(item)] : [])),
      unprocessedResourceKeys: resourceKeys.filter(isUnprocessed),
    };
  },
);

interface ListInput {
  readonly resourceType: string;
  readonly resourceIds?: readonly string[];
  readonly resourceName?: string;
  readonly limit?: number;
  readonly includeDeletedResources?: boolean;
  readonly nextToken?: string;
}

const toIdentifier = (item: EventItem): object => ({
  resourceType: item.resourceType,
  resourceId: item.resourceId,
  resourceName: item.resourceName ?? undefined,
  resourceDeletionTime: isDeleted(item) ? captured(item) : undefined,
});

export const listDiscoveredResources = operation(
  structure(
    {
      resourceType,
      // At most 20 by the member's documentation; the model itself sets no limit.
      resourceIds: list(resourceId, 1, 20),
      resourceName: text(),
      limit: pageLimit,
      includeDeletedResources: flag,
      nextToken: text(),
    },
    ['resourceType'],
  ),
  (input: ListInput, { state, pages }: World) => {
    requireRecorder(state);
    const { resourceIds, resourceName, includeDeletedResources = false } = input;
    if (resourceIds !== undefined && resourceName !== undefined) {
      const message = 'Both Resource ID and Resource Name cannot be specified in the request';
      throw new ServiceError('ValidationException', message);
    }
    const newest = () => {
      const found = new Map<string, EventItem>();
      for (const item of state.items) {
        if (item.resourceType === input.resourceType) found.set(item.resourceId, item);
      }
      return [...found.values()];
    };
    const found = () =>
      newest()
        .filter((item) => includeDeletedResources || !isDeleted(item))
        .filter((item) => resourceIds?.includes(item.resourceId) ?? true)
        .filter((item) => resourceName === undefined || item.resourceName === resourceName)
        .map(toIdentifier);
    const size = pageSize(state, 'ListDiscoveredResources', input.limit, 100);
    const page = pages.cut(input, input.nextToken, found, () => size);
    return { resourceIdentifiers: page.items, nextToken: page.nextToken };
  },
);
