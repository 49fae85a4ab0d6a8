import type { LoggingTarget } from '../../../facts/bucket-settings.ts';
import { object, optionalText } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketLoggingConfiguration';

/** The key is always there; both its values are null when access logging is off. */
export const logging = recorded<LoggingTarget | null>(KEY, (value) => {
  const { destinationBucketName, logFilePrefix } = object(value, KEY);
  const bucket = optionalText(destinationBucketName, `${KEY}.destinationBucketName`);
  if (bucket === null) return null;
  return { bucket, prefix: optionalText(logFilePrefix, `${KEY}.logFilePrefix`) ?? '' };
});
