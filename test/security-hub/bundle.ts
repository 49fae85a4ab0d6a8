import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { onTestFinished, vi } from 'vitest';
import { lambdaBundle } from '../../src/generate/bundle.ts';
import type { QueueAnswer } from '../../src/lambda/publisher.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import type { Waiver } from '../../src/settings/waiver.ts';
import type { Answers } from '../contract-server/asked.ts';
import { answersOf, type HubState } from '../contract-server/security-hub.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createState, type State } from '../contract-server/state.ts';

type Handler = (event: unknown) => Promise<QueueAnswer | undefined>;

export interface Publisher {
  readonly server: ContractServer;
  readonly state: State;
  /** A new environment of Lambda, as a cold start makes one. */
  readonly start: () => Handler;
}

/** The publisher as it is shipped, before a contract server. Its waiting moves the clock instead of taking time. */
export async function startPublisher(
  hub: HubState,
  { waivers = [], answers = {}, ...parts }: Partial<State> & { waivers?: readonly Waiver[] } = {},
): Promise<Publisher> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T12:00:00.000Z') });
  const code = await lambdaBundle({ ...emptySettings, waivers }, 'publish-findings');
  const state = createState({ ...parts, answers: { ...answersOf(hub), ...answers } as Answers });
  const server = await startContractServer(state);
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_REGION', hub.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('RULE_PAGES_URL', 'https://docs.example/rules/');
  vi.stubEnv('CONTENT_HASH', 'c0de'.repeat(16));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.useRealTimers();
    await server.close();
  });
  return { server, state, start: () => load(code) };
}

const require = createRequire(import.meta.url);

/** Loaded as Lambda loads it: CommonJS, the SDK from outside. */
function load(code: string): Handler {
  const module = { exports: {} as { handler: Handler } };
  const setTimeout = async (milliseconds: number) => {
    vi.setSystemTime(Date.now() + milliseconds);
  };
  const requireFor = (name: string) =>
    name === 'node:timers/promises' ? { setTimeout } : require(name);
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, requireFor);
  return module.exports.handler;
}
