import { Readable } from 'node:stream';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { answerConfig } from '../contract-server/config-service.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { Pages } from '../contract-server/pages.ts';
import type { State } from '../contract-server/state.ts';

/** The time of a simulation (milliseconds): it goes on where somebody waits or is answered. */
export interface Clock {
  at: number;
}

/** In milliseconds: of an answer, and of the waits of the SDK between six attempts, as `running-world.ts` sets them. */
const ANSWER = 30;
const WAITS = [100, 200, 400, 800, 1600];

/**
 * A client of AWS Config before the contract of the server, without a network and in simulated time: advanced queries are throttled to so
 * many a second, whoever asks them.
 */
export function throttledClient(state: State, clock: Clock, queriesPerSecond: number) {
  const pages = new Pages();
  const asked = new Map<number, number>();
  let refused = 0;
  const isThrottled = (operation: string): boolean => {
    if (operation !== 'SelectResourceConfig') return false;
    const second = Math.floor(clock.at / 1000);
    const before = asked.get(second) ?? 0;
    asked.set(second, before + 1);
    return before >= queriesPerSecond;
  };
  const answer = (operation: string, body: string) => {
    for (const wait of [...WAITS, 0]) {
      clock.at += ANSWER;
      if (!isThrottled(operation)) return respond(200, answered(operation, body));
      clock.at += wait;
    }
    refused++;
    return respond(400, { __type: 'ThrottlingException', message: 'Rate exceeded' });
  };
  const answered = (operation: string, body: string): object =>
    answerConfig(operation, JSON.parse(body), { state, pages, fault: undefined }, SIGNER);
  const config = new ConfigServiceClient({
    ...{ region: 'eu-central-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: {
      async handle({
        headers,
        body,
      }: {
        headers: Record<string, string>;
        body: Uint8Array | string;
      }) {
        const operation = headers['x-amz-target']?.split('.')[1] ?? '';
        try {
          return {
            response: answer(operation, typeof body === 'string' ? body : decoder.decode(body)),
          };
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          return { response: respond(400, { __type: error.name, message: error.message }) };
        }
      },
    } as never,
  });
  return { config, refused: () => refused };
}

const decoder = new TextDecoder();
const SIGNER = { accessKeyId: 'test', region: 'eu-central-1' };

const respond = (statusCode: number, body: object) => ({
  ...{ statusCode, headers: {} },
  body: Readable.from([Buffer.from(JSON.stringify(body))]),
});
