import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { S3Client } from '@aws-sdk/client-s3';
import { awsServices } from '../../src/services/aws.ts';
import type { Services } from '../../src/services/services.ts';
import { GLOBAL_REGION } from '../../src/values/region.ts';
import { type ContractServer, startContractServer } from './server.ts';
import { createState, type State } from './state.ts';

export interface Bench {
  readonly state: State;
  readonly server: ContractServer;
  readonly config: ConfigServiceClient;
  readonly s3: S3Client;
  /** The services that facets ask, through the real SDK. */
  readonly services: Services;
  close(): Promise<void>;
}

/** The settings that send a real SDK client to the server; one attempt, so that a fault is seen. */
export const clientSettings = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** S3 Control puts the account before the host name, which no resolver knows. */
const toLoopback: LookupFunction = (_host, options, callback) =>
  options.all
    ? callback(null, [{ address: '127.0.0.1', family: 4 }])
    : callback(null, '127.0.0.1', 4);

function servicesSettings({ endpoint }: ContractServer, service: string, region: string) {
  const settings = {
    ...clientSettings(endpoint),
    ...(region === GLOBAL_REGION ? {} : { region }),
  };
  if (service === 's3') return { ...settings, forcePathStyle: true };
  if (service !== 's3-control') return settings;
  return {
    ...settings,
    endpoint: endpoint.replace('127.0.0.1', 'localhost'),
    requestHandler: { httpAgent: new Agent({ lookup: toLoopback }) },
  };
}

/** A server over the state, and real clients for it. */
export async function startBench(parts: Partial<State> = {}): Promise<Bench> {
  const state = createState(parts);
  const server = await startContractServer(state);
  const config = new ConfigServiceClient(clientSettings(server.endpoint));
  const s3 = new S3Client({ ...clientSettings(server.endpoint), forcePathStyle: true });
  const services = awsServices((service, region) => servicesSettings(server, service, region));
  const close = async (): Promise<void> => {
    config.destroy();
    s3.destroy();
    await server.close();
  };
  return { state, server, config, s3, services, close };
}
