import type { ConfigurationItem } from '../../src/records/configuration-item.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { toApiEncoding, toSelectResult, toSnapshotEncoding } from '../contract-server/encodings.ts';
import type { EventItem } from '../contract-server/state.ts';

/** One bucket as every encoding of AWS Config carries it, each read by the one normaliser. */
export function inEveryEncoding(item: EventItem): Readonly<Record<string, ConfigurationItem>> {
  const message = {
    messageType: 'ConfigurationItemChangeNotification',
    configurationItem: item,
    configurationItemDiff: null,
  };
  const api = toApiEncoding(item);
  return {
    'Lambda event': unwrap({ invokingEvent: JSON.stringify(message) }),
    notification: unwrap(message),
    'EventBridge event': unwrap({ source: 'aws.config', detail: message }),
    'snapshot file': unwrap(toSnapshotEncoding(item)),
    GetResourceConfigHistory: unwrap(api),
    'GetResourceConfigHistory through the SDK': unwrap({
      ...api,
      configurationItemCaptureTime: new Date(item.configurationItemCaptureTime),
    }),
    'an answer stringified once more': unwrap(JSON.parse(JSON.stringify(JSON.stringify(api)))),
    SelectResourceConfig: unwrap({ selectResult: toSelectResult(item) }),
    'a flat table of an advanced query': unwrap({
      selectResult: JSON.stringify(flat(JSON.parse(toSelectResult(item)))),
    }),
  };
}

function flat(item: Readonly<Record<string, object>>): object {
  const { supplementaryConfiguration = {}, configuration = {}, ...rest } = item;
  const columns = Object.entries({ supplementaryConfiguration, configuration }).flatMap(
    ([section, values]) =>
      Object.entries(values).map(([key, value]) => [`${section}.${key}`, value]),
  );
  return { ...rest, ...Object.fromEntries(columns) };
}
