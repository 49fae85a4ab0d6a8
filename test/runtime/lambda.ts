import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, startRuntimeApi } from './runtime-api.ts';
import type { TemplateFunction } from './template.ts';

/** What an invocation came to. `timedOut` and `exited` are what Lambda itself would report. */
type Ended =
  | Outcome
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'exited'; readonly code: number | null };

export type Result = Ended & {
  /** The process that answered. */
  readonly pid: number;
  /** Whether that was started for this invocation. */
  readonly isCold: boolean;
};

export interface Lambda {
  invoke(event: unknown): Promise<Result>;
  /** What the function wrote, line by line. It may arrive after the answer. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export interface Surroundings {
  readonly account: string;
  readonly region: string;
  /** Of the contract server. */
  readonly endpoint: string;
  /** When the clock of the function starts (ISO); now, when not given. */
  readonly clock?: string;
  /** Without the SDK, as nothing but Lambda has it there. */
  readonly withoutSdk?: boolean;
}

interface Environment {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The entry file of a built aws-lambda-ric, and the Node that runs it. @throws Error when they are not given. */
function runtimeOf() {
  const { RIC_ENTRY, RIC_NODE = process.execPath } = process.env;
  if (RIC_ENTRY === undefined) {
    throw new Error(
      'RIC_ENTRY is not set: give the entry file of a built aws-lambda-ric, such as …/aws-lambda-ric/bin/index.mjs of 3.x or …/aws-lambda-ric/index.mjs of 4.x, and in RIC_NODE the Node to run it with.',
    );
  }
  return { entry: resolve(RIC_ENTRY), node: resolve(RIC_NODE) };
}

/**
 * One execution environment of a function, at most one process at a time. The folder holds the code and nothing else, as Lambda
 * unpacks a ZipFile; the SDK alone is found by NODE_PATH, as Lambda's own; a deadline that passes kills the process. Lambda's
 * limit of ten seconds to start is not kept, as it says nothing about the machine that runs this.
 */
export async function startLambda(fn: TemplateFunction, around: Surroundings): Promise<Lambda> {
  const { entry, node } = runtimeOf();
  const api = await startRuntimeApi();
  const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  const [task, modules] = [join(folder, 'task'), join(folder, 'modules')];
  mkdirSync(task);
  mkdirSync(modules);
  writeFileSync(join(task, 'index.js'), fn.code);
  if (!around.withoutSdk)
    symlinkSync(join(root, 'node_modules/@aws-sdk'), join(modules, '@aws-sdk'));
  const env = { ...environmentOf(fn, around), LAMBDA_TASK_ROOT: task, NODE_PATH: modules };
  const lines: string[] = [];
  let current: Environment | undefined;

  const start = (): Environment => {
    // Not of Lambda: so that a function that outgrows its memory fails here, too.
    const heap = `--max-old-space-size=${Math.floor(fn.memoryMegabytes * 0.9)}`;
    const preload = join(root, 'test/runtime/surroundings.cjs');
    const child = spawn(node, [heap, '--require', preload, entry, fn.handler], {
      cwd: task,
      env: { ...env, AWS_LAMBDA_RUNTIME_API: api.host },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) collectLines(stream, lines);
    const exited = new Promise<number | null>((done) => child.once('exit', done));
    return { child, exited };
  };
  const stop = async () => {
    const ending = current;
    current = undefined;
    ending?.child.kill('SIGKILL');
    await ending?.exited;
  };

  return {
    lines,
    async invoke(event) {
      const isCold = current === undefined;
      const { child, exited } = current ?? start();
      current = { child, exited };
      const timeoutMs = fn.timeoutSeconds * 1000;
      let timer: NodeJS.Timeout | undefined;
      const result = await new Promise<Ended>((done, fail) => {
        const startTimer = () => {
          timer = setTimeout(() => done({ kind: 'timedOut' }), timeoutMs);
        };
        api.hand(event, timeoutMs, arnOf(fn, around), startTimer).then(done, fail);
        exited.then((code) => done({ kind: 'exited', code }), fail);
      });
      clearTimeout(timer);
      if (result.kind !== 'response' && result.kind !== 'error') await stop();
      return { ...result, pid: child.pid ?? 0, isCold };
    },
    async close() {
      await stop();
      await api.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The variables that Lambda sets (Developer Guide, "Defined runtime environment variables"), and nothing of this process. */
function environmentOf(fn: TemplateFunction, around: Surroundings): Record<string, string> {
  const { region, endpoint, clock } = around;
  // A queue is asked at its own address, wherever else the services are.
  const own = Object.entries(fn.environment).map(
    ([key, value]) => [key, value.replace(/^https:\/\/sqs\.[^/]+/, endpoint)] as const,
  );
  return {
    ...Object.fromEntries(own),
    _HANDLER: fn.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/02/[$LATEST]0123456789abcdef',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/bin:/bin',
    TZ: ':UTC',
    // Not of Lambda: where the services are here.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3_CONTROL: endpoint.replace('127.0.0.1', 'localhost'),
    ...(clock === undefined ? {} : { CLOCK_STARTS_AT: clock }),
  };
}

const arnOf = ({ name }: TemplateFunction, { region, account }: Surroundings) =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

function collectLines(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
}
