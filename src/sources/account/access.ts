import { lookup } from 'node:dns';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { awsServices } from '../../services/aws.ts';
import { type Collecting, collecting } from '../../services/collecting.ts';
import type { InputOf, OutputOf } from '../../services/operation.ts';
import { asker, type OnRequest } from '../../services/sdk.ts';
import type { Services } from '../../services/services.ts';
import { GLOBAL_REGION } from '../../values/region.ts';

/** Asks what writes the records of an account. */
export type Ask = <Q extends keyof Collecting>(
  operation: Q,
  input: InputOf<Collecting[Q]>,
  region: string,
) => Promise<OutputOf<Collecting[Q]>>;

/** AWS with the credentials of one account. */
export interface Access {
  readonly ask: Ask;
  /** What facets ask. */
  readonly services: Services;
}

/** How AWS is reached. */
export interface Connection {
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
  /** Where IAM and other services of one endpoint are asked. */
  readonly region: string;
  readonly onRequest: OnRequest;
  /** How many resources are asked about at the same time; of a bucket that is up to a dozen questions. */
  readonly concurrency: number;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** @param credentials are fetched again before they expire; without them, those of the profile or of the default chain. */
export function accessTo(
  { profile, endpointUrl, region: home, onRequest, concurrency }: Connection,
  credentials?: () => Promise<Credentials>,
): Access {
  // The SDK keeps 50 connections, and warns of queues that are twice as long.
  const maxSockets = Math.max(50, 8 * concurrency);
  const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets } };
  const settings = (service: string, region: string) => ({
    requestHandler,
    maxAttempts: 8,
    retryMode: 'adaptive',
    region: region === GLOBAL_REGION ? home : region,
    ...(profile === undefined ? {} : { profile }),
    ...(credentials ? { credentials } : {}),
    ...(endpointUrl === undefined ? {} : elsewhere(service, endpointUrl)),
  });
  return {
    ask: asker(collecting, settings, onRequest),
    services: awsServices(settings, onRequest),
  };
}

/**
 * Of these operations, what a record asked of a bucket is not asked again for a facet: it gets the same answer, which is then
 * forgotten.
 */
export function askedOnce({ ask, services }: Access, operations: ReadonlySet<string>): Access {
  const held = new Map<string, Promise<unknown>>();
  const keyOf = (...question: readonly unknown[]) => JSON.stringify(question);
  return {
    ask: (operation, input, region) => {
      const answer = ask(operation, input, region);
      if (operations.has(operation)) held.set(keyOf(operation, region, input), answer);
      return answer;
    },
    services: {
      ask: (operation, input, region) => {
        const key = keyOf(operation, region, input);
        const known = held.get(key);
        held.delete(key);
        return known === undefined
          ? services.ask(operation, input, region)
          : (known as ReturnType<typeof services.ask<typeof operation>>);
      },
    },
  };
}

/** Another endpoint than that of AWS answers for every service, at one host name. */
function elsewhere(service: string, endpoint: string): object {
  if (service === 's3') return { endpoint, forcePathStyle: true };
  if (service !== 's3-control') return { endpoint };
  // S3 Control puts the account before the host name, which no resolver knows, and an address cannot have a prefix.
  const { hostname } = new URL(endpoint);
  const named = /^[\d.]+$|^\[/.test(hostname) ? endpoint.replace(hostname, 'localhost') : endpoint;
  const toHost: LookupFunction = (_host, options, callback) => lookup(hostname, options, callback);
  return {
    endpoint: named,
    requestHandler: { httpAgent: new Agent({ keepAlive: true, lookup: toHost }) },
  };
}
