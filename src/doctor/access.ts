import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { readingFrom } from '../facets/asked.ts';
import type { Reading } from '../records/reading.ts';
import { isKnown } from '../records/reading.ts';
import { awsServices } from '../services/aws.ts';
import { MissingPackage } from '../services/own-account.ts';
import { asker } from '../services/sdk.ts';
import { Refused, type Services } from '../services/services.ts';
import { type Answer, type OperationName, operations, type Question } from './operations.ts';

/** AWS with the credentials of one account. */
export interface Access {
  /** What the doctor asks. @throws Refused without the permission, else an error named as the service names it. */
  ask<O extends OperationName>(
    operation: O,
    input: Question<O>,
    region: string,
  ): Promise<Answer<O>>;
  /** What facets ask. */
  readonly services: Services;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Hundreds of accounts share the connections; what is throttled is tried again more slowly. */
export function accessTo(connections: Connections, credentials?: Credentials): Access {
  const settings = () => ({
    maxAttempts: 8,
    retryMode: 'adaptive',
    requestHandler: { ...connections, connectionTimeout: 10_000, requestTimeout: 60_000 },
    ...(credentials ? { credentials } : {}),
  });
  return { ask: asker(operations, settings), services: awsServices(settings) };
}

export interface Connections {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

export const openConnections = (): Connections => ({
  httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 50 }),
  httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 50 }),
});

export function closeConnections({ httpAgent, httpsAgent }: Connections): void {
  httpAgent.destroy();
  httpsAgent.destroy();
}

/** An error is a result, too: one account that does not answer must not hide the others. @throws MissingPackage */
export async function attempt<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return await readingFrom(read);
  } catch (error) {
    if (error instanceof MissingPackage) throw error;
    return { unavailable: reasonOf(error) };
  }
}

/** As {@link attempt}, for what is a reading already. */
export async function attemptReading<T>(read: () => Promise<Reading<T>>): Promise<Reading<T>> {
  const reading = await attempt(read);
  return isKnown(reading) ? reading.value : reading;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Refused) return error.message;
  return isFromAws(error) ? `AWS answered ${error.name}: ${error.message}` : error.message;
}

/** Requests that got no response (no credentials, no network) have only a reason. */
const isFromAws = (error: Error) =>
  '$metadata' in error &&
  (error.$metadata as { httpStatusCode?: number }).httpStatusCode !== undefined;
