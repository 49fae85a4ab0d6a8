import { operations } from './operations.ts';
import { asker, type ClientSettings, type OnRequest } from './sdk.ts';
import type { Services } from './services.ts';

/** The services that facets ask, through the AWS SDK. @param settings of every client, such as `maxAttempts`. */
export function awsServices(
  settings: ClientSettings = () => ({}),
  onRequest: OnRequest = () => {},
): Services {
  return { ask: asker(operations, settings, onRequest) };
}
