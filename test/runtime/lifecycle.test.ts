import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketItem } from '../contract-server/items.ts';
import { answersOf, createHub } from '../contract-server/security-hub.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, createState, type State } from '../contract-server/state.ts';
import { CONFIG_RULE, changeEvent, TOKEN } from '../lambda/world.ts';
import { eventOf } from '../security-hub/world.ts';
import { type Lambda, type Surroundings, startLambda } from './lambda.ts';
import { FUNCTION_IDS, type FunctionId, functionIn, type TemplateFunction } from './template.ts';

/** How the life of each function begins, goes on after errors and ends, with an event that its own services answer. */
interface Case {
  readonly event: object;
  readonly response: object;
  /** One that no retry would help. */
  readonly badEvent: object;
  readonly error: { readonly type: string; readonly message: RegExp };
  /** The call that hangs when the function is to time out. */
  readonly hangs: string;
}

const bucket = bucketItem('one');
const result = {
  ...{ rule: 's3-tls-only', type: 'AWS::S3::Bucket', id: 'one', at: Date.now() },
  ...({ verdict: 'NON_COMPLIANT', annotation: 'noPolicy: The bucket has no policy.' } as const),
};
const evaluator = (rule: string, hangs: string): Case => ({
  event: changeEvent(rule, bucket),
  response: { evaluations: 1 },
  badEvent: changeEvent('s3-of-nobody', bucket),
  error: { type: 'InvalidParameters', message: /the parameter rule is "s3-of-nobody"/ },
  hangs,
});
const cases: Readonly<Record<FunctionId, Case>> = {
  RecordedFunction: evaluator('s3-tls-only', 'PutEvaluations'),
  LiveFunction: evaluator('s3-acl-disabled', 'GetBucketOwnershipControls'),
  PublishFindingsFunction: {
    event: { Records: [{ messageId: 'm1', body: JSON.stringify(eventOf(result)) }] },
    response: { batchItemFailures: [] },
    badEvent: { Records: 'none' },
    error: { type: 'Malformed', message: /Records/ },
    hangs: 'BatchImportFindings',
  },
};

let state: State;
let server: ContractServer;
let around: Surroundings;
const running: Lambda[] = [];

beforeEach(async () => {
  state = createState({
    rules: { [CONFIG_RULE]: createRule() },
    resultTokens: { [TOKEN]: CONFIG_RULE },
    buckets: { one: { ownership: 'BucketOwnerEnforced' } },
    answers: answersOf(createHub()),
  });
  server = await startContractServer(state);
  const { endpoint } = server;
  around = { account: '111122223333', region: 'eu-central-1', endpoint };
});
afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.close();
  await server.close();
});

async function start(fn: TemplateFunction, parts: Partial<Surroundings> = {}): Promise<Lambda> {
  const lambda = await startLambda(fn, { ...around, ...parts });
  running.push(lambda);
  return lambda;
}

const entriesIn = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('{"level"')).map((line) => JSON.parse(line));

describe.each(FUNCTION_IDS)('%s', (id) => {
  const { event, response, badEvent, error, hangs } = cases[id];

  it('starts cold and stays warm', async () => {
    const lambda = await start(functionIn(id));
    const first = await lambda.invoke(event);
    expect(first).toMatchObject({ kind: 'response', body: response, isCold: true });
    const second = await lambda.invoke(event);
    expect(second).toMatchObject({ kind: 'response', body: response, isCold: false });
    expect(second.pid).toBe(first.pid);
    expect(server.calls.every(({ status }) => status === 200)).toBe(true);
  });

  it('says when it starts which release it is', async () => {
    const fn = functionIn(id);
    const lambda = await start(fn);
    await lambda.invoke(event);
    const { RELEASE_VERSION: version, SOURCE_COMMIT: commit } = fn.environment;
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const [first] = entriesIn(lambda.lines);
    expect(first).toMatchObject({ level: 'info', task: 'start', version, commit });
  });

  it('posts its error with type and message, logs it in one line of JSON, and serves the next event', async () => {
    const lambda = await start(functionIn(id));
    const failed = await lambda.invoke(badEvent);
    expect(failed).toMatchObject({ kind: 'error', type: error.type });
    expect(failed).toHaveProperty('message', expect.stringMatching(error.message));
    await expect.poll(() => entriesIn(lambda.lines)).toHaveLength(2);
    expect(entriesIn(lambda.lines)).toMatchObject([
      { level: 'info', task: 'start' },
      { level: 'error', error: error.type, message: expect.stringMatching(error.message) },
    ]);
    const next = await lambda.invoke(event);
    expect(next).toMatchObject({ kind: 'response', body: response, pid: failed.pid });
  });

  it('is killed when its time is over, and starts anew', async () => {
    const lambda = await start({ ...functionIn(id), timeoutSeconds: 3 });
    server.fail(hangs, { delayMs: 3_600_000 });
    const late = await lambda.invoke(event);
    expect(late).toMatchObject({ kind: 'timedOut', isCold: true });
    expect(() => process.kill(late.pid, 0)).toThrow('ESRCH');
    const next = await lambda.invoke(event);
    expect(next).toMatchObject({ kind: 'response', body: response, isCold: true });
  });

  it.each([
    ['is cut off', (code: string) => code.slice(0, code.length / 2), 'Runtime.UserCodeSyntaxError'],
    ['has no handler', () => 'exports.main = async () => {};', 'Runtime.HandlerNotFound'],
  ])('that %s posts the error of its start', async (_name, damage, type) => {
    const fn = functionIn(id);
    const lambda = await start({ ...fn, code: damage(fn.code) });
    expect(await lambda.invoke(event)).toMatchObject({ kind: 'initError', type });
    expect(server.calls).toEqual([]);
  });

  it('takes the SDK of the runtime and no other', async () => {
    const lambda = await start(functionIn(id), { withoutSdk: true });
    expect(await lambda.invoke(event)).toMatchObject({
      kind: 'initError',
      type: 'Runtime.ImportModuleError',
      message: expect.stringContaining('@aws-sdk/client-'),
    });
  });
});
