import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { answerAsked, askedOperations } from './answers.ts';
import { answerConfig, configOperations } from './config-service.ts';
import { type Fault, FaultPlan, faultError, ServiceError } from './faults.ts';
import { answerObjects, objectOperations } from './objects.ts';
import { Pages } from './pages.ts';
import { answerS3, s3Operations } from './s3.ts';
import type { State } from './state.ts';
import { type Answer, admit, readRequest, writeAsked, writeJson, writeXml } from './wire.ts';

/** One request, in order of arrival. */
export interface Call {
  readonly service: 'asked' | 'config' | 's3';
  readonly operation: string;
  /** The JSON body of a Config call; `{ Operation, Bucket, ExpectedBucketOwner }` of an S3 call. */
  readonly input: unknown;
  /** Whose key signed it. */
  readonly accessKeyId: string | undefined;
  /** The Region that the client signed for. */
  readonly region: string | undefined;
  /** 0 until answered, and for a connection that was hung up. */
  readonly status: number;
  readonly error: string | undefined;
}

export interface ContractServer {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  /** The next `times` calls of the operation meet the fault; later orders wait for earlier ones. */
  fail(operation: string, fault: Fault, times?: number): void;
  close(): Promise<void>;
}

type Received = ReturnType<typeof readRequest>;

interface Server {
  readonly state: State;
  readonly pages: Pages;
  readonly faults: FaultPlan;
  readonly calls: Call[];
}

function answer({ state, pages }: Server, received: Received, fault: Fault | undefined): Answer {
  const requestId = randomUUID();
  const ordered = fault === undefined ? undefined : faultError(fault);
  if (received.service === 's3') {
    return writeXml(requestId, received.input.Bucket, () => {
      admit(received, ordered);
      const { objects, input } = received;
      if (objects) return answerObjects(objects, state.objects, state.pageSizes['ListObjectsV2']);
      return answerS3(input, state, received.region);
    });
  }
  if (received.service === 'asked') {
    return writeAsked(received, requestId, () => {
      admit(received, ordered);
      return answerAsked(received, state);
    });
  }
  return writeJson(requestId, () => {
    admit(received, ordered);
    const { operation, input, isAwsJson } = received;
    if (!isAwsJson) throw new ServiceError('UnknownOperationException', 'Not Config, AWS JSON 1.1');
    if (input === undefined) throw new ServiceError('SerializationException', 'Not JSON');
    return answerConfig(operation, input, { state, pages, fault }, received);
  });
}

async function serve(
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = readRequest(request, await buffer(request), server.state.objects);
  const { service, operation, input, accessKeyId, region } = received;
  const call = { service, operation, input, accessKeyId, region, status: 0, error: undefined };
  server.calls.push(call);
  const fault = server.faults.take(operation);
  if (typeof fault === 'object' && 'delayMs' in fault) {
    await wait(fault.delayMs, undefined, { ref: false });
  }
  if (typeof fault === 'object' && 'hangUp' in fault) {
    request.socket.destroy();
    return;
  }
  const { status, headers, body, error } = answer(server, received, fault);
  Object.assign(call, { status, error });
  response.writeHead(status, headers).end(body);
}

/** A fault for a misspelt operation would never fire, and its test would pass for the wrong reason. */
function requireKnown(operation: string): void {
  const known = [...configOperations, ...s3Operations, ...objectOperations, ...askedOperations];
  if (!known.includes(operation)) throw new Error(`${operation} is none of ${known.join(', ')}`);
}

/** Speaks the wire protocols of AWS Config, S3 and the services that facets ask, on a loopback port, over a state that the test owns. */
export async function startContractServer(state: State): Promise<ContractServer> {
  const server: Server = { state, pages: new Pages(), faults: new FaultPlan(), calls: [] };
  const listener = createServer((request, response) => {
    // A client that goes away in the middle is its own business.
    serve(server, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls: server.calls,
    fail: (operation, fault, times = 1) => {
      requireKnown(operation);
      server.faults.order(operation, fault, times);
    },
    close: () =>
      new Promise((resolve, reject) => {
        listener.close((error) => (error ? reject(error) : resolve()));
        listener.closeAllConnections();
      }),
  };
}
