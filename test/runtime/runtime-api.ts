import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * The Runtime API on a loopback port, as the Lambda Developer Guide describes it ("Using the Lambda runtime API"): the runtime
 * interface client fetches the next invocation, and posts the response or the error of each, or that it could not start.
 */
export interface RuntimeApi {
  readonly host: string;
  /**
   * Hands one event to whoever asks next, and resolves when its response or error has come.
   * @param fetched is called when it was asked for: its time runs from then.
   */
  hand(event: unknown, timeoutMs: number, arn: string, fetched: () => void): Promise<Outcome>;
  close(): Promise<void>;
}

export type Outcome =
  | { readonly kind: 'response'; readonly body: unknown }
  | { readonly kind: 'error' | 'initError'; readonly type: string; readonly message: string };

interface Waiting {
  readonly id: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly arn: string;
  readonly fetched: () => void;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

const PREFIX = '/2018-06-01/runtime/';

export async function startRuntimeApi(): Promise<RuntimeApi> {
  let waiting: Waiting | undefined;
  let current: Waiting | undefined;
  let asking: ServerResponse | undefined;

  const deliver = () => {
    if (waiting === undefined || asking === undefined) return;
    [current, waiting] = [waiting, undefined];
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': current.id,
      'lambda-runtime-deadline-ms': String(Date.now() + current.timeoutMs),
      'lambda-runtime-invoked-function-arn': current.arn,
      'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    });
    asking.end(current.body);
    asking = undefined;
    current.fetched();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const path = request.url?.slice(PREFIX.length) ?? '';
    if (request.method === 'GET' && path === 'invocation/next') {
      asking = response;
      response.on('close', () => {
        if (asking === response) asking = undefined;
      });
      deliver();
      return;
    }
    const [, id, verb] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const isInit = path === 'init/error';
    if (request.method !== 'POST' || (!isInit && id !== current?.id)) {
      response.writeHead(400).end(JSON.stringify({ errorType: 'InvalidRequestID' }));
      return;
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    // An environment that cannot start fails the invocation it was started for.
    const target = isInit ? (waiting ?? current) : current;
    if (verb === 'response') target?.settle({ kind: 'response', body: JSON.parse(body) });
    else target?.settle({ kind: isInit ? 'initError' : 'error', ...errorIn(request, body) });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      request.socket.destroy();
      (current ?? waiting)?.fail(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hand(event, timeoutMs, arn, fetched) {
      const next = { id: randomUUID(), body: JSON.stringify(event), timeoutMs, arn };
      return new Promise<Outcome>((settle, fail) => {
        waiting = { ...next, fetched, settle, fail };
        deliver();
      });
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The native client names the type in the body alone, unless the function could not start. */
function errorIn({ headers }: IncomingMessage, body: string) {
  const { errorType = '', errorMessage = '' } = JSON.parse(body) as Record<string, string>;
  const type = headers['lambda-runtime-function-error-type']?.toString() ?? errorType;
  if (errorType !== type) throw new Error(`The header says ${type}, the body ${errorType}.`);
  return { type, message: errorMessage };
}
