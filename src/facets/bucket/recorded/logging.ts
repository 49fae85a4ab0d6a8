import type { LoggingTarget } from '../../../facts/bucket-settings.ts';
import { object, optionalText, wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketLoggingConfiguration';

/** The key is always there; both its values are null when access logging is off. */
export const logging = recorded<LoggingTarget | null>(KEY, (value, item) => {
  const target = object(value, KEY);
  // Without the key the section says nothing, not that logging is off. A query leaves out what is null.
  if (!('destinationBucketName' in target) && !item.fromQuery)
    throw wrong(`${KEY}.destinationBucketName`, 'a text or null', undefined);
  const { destinationBucketName, logFilePrefix } = target;
  const bucket = optionalText(destinationBucketName, `${KEY}.destinationBucketName`);
  if (bucket === null) return null;
  return { bucket, prefix: optionalText(logFilePrefix, `${KEY}.logFilePrefix`) ?? '' };
});
