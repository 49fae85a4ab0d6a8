import { isObject, type Json, Malformed, optionalTime, property } from '../values/json.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { normalise, structured, unwrap } from './normalise.ts';

/** Where the item stands in what may surround it. */
const WRAPPERS = ['configurationItem', 'configurationItemSummary', 'invokingEvent', 'detail'];
const WRAPPED_AT_MOST = 4;

/**
 * A record that must not be judged and does say of which resource it is: an older record of that resource must not be taken for the
 * newest. Undefined where it does not say so. @param flaw what is wrong with it, as a part of a sentence.
 */
export function flawed(raw: unknown, flaw: string): ConfigurationItem | undefined {
  const read =
    attempt(() => unwrap(raw)) ??
    attempt(() => normalise(identityIn(raw))) ??
    attempt(() => normalise({ ...identityIn(raw), configurationItemCaptureTime: null })) ??
    unplaced(identityIn(raw));
  return read && { ...read, flaw };
}

/** A record that does not count and does not say in which account and Region its resource is. */
export const isUnplaced = ({ account }: ConfigurationItem): boolean => account === '';

function unplaced({ resourceType, resourceId, configurationItemCaptureTime: at }: Json) {
  if (typeof resourceType !== 'string' || typeof resourceId !== 'string') return undefined;
  const nowhere = { arn: '', account: '', region: '' };
  return {
    ...{ resourceType, resourceId, resourceName: resourceId, ...nowhere, status: 'OK' as const },
    captureTime: attempt(() => optionalTime(at, 'configurationItemCaptureTime')) ?? null,
    ...{ created: null, configuration: null, supplementary: null, tags: null, fromQuery: false },
  };
}

/** No more than says which resource it is, and when it was captured where that can be read. */
function identityIn(raw: unknown, depth = 0): Json {
  const record = structured(raw);
  if (!isObject(record)) return {};
  for (const key of depth < WRAPPED_AT_MOST ? WRAPPERS : []) {
    if (isObject(structured(property(record, key))))
      return identityIn(property(record, key), depth + 1);
  }
  const { resourceType, resourceId, awsRegion, awsAccountId, accountId } = record;
  return {
    ...{ resourceType, resourceId, awsRegion, awsAccountId, accountId },
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: record['configurationItemCaptureTime'],
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
