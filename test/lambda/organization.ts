import dns from 'node:dns';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { onTestFinished, vi } from 'vitest';
import { JUDGE, lambdaBundle } from '../../src/generate/bundle.ts';
import { EXPRESSION } from '../../src/lambda/organization/reported.ts';
import { release } from '../../src/release/running.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { Answers } from '../contract-server/asked.ts';
import type { Objects } from '../contract-server/objects.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createState } from '../contract-server/state.ts';

export const DELIVERY = 'config-delivery';
export const DATA = 'judged-data';
const HISTORY = 'kept-history';
const ACCOUNT = '111122223333';

type Handler = (event: unknown) => Promise<{ readonly runId: string; readonly problems: number }>;

export interface Judge {
  readonly server: ContractServer;
  readonly delivery: Objects;
  readonly data: Objects;
  readonly history: Objects;
  /** What the function logged. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** As EventBridge invokes it. */
  readonly judge: (time: string) => ReturnType<Handler>;
}

export interface Around {
  readonly settings: Settings;
  /** Folder with the objects that AWS Config delivered. */
  readonly folder: string;
  readonly prefix?: string;
  readonly capacity?: number;
  /** Rows of the aggregator; without it there is none. */
  readonly reported?: readonly unknown[];
  /** Events of compliance by the day (`2026/11/02`) of their delivery, and rows of coverage; without it there is no history. */
  readonly events?: Readonly<Record<string, readonly unknown[]>>;
  readonly coverage?: Readonly<Record<string, readonly unknown[]>>;
  /** Ids of the rules of the deployment. */
  readonly rules?: readonly string[];
  readonly pageSizes?: Readonly<Record<string, number>>;
  /** Accounts of the one organizational unit. */
  readonly accounts?: readonly string[];
}

/** The function as it is shipped, before a contract server that holds both buckets. */
export async function startJudge(around: Around): Promise<Judge> {
  const {
    settings,
    folder,
    prefix = '',
    capacity = 1e9,
    accounts = [],
    pageSizes = {},
    reported,
    rules,
    events,
    coverage = {},
  } = around;
  const code = await lambdaBundle(settings, JUDGE);
  const delivery: Objects = new Map(
    filesIn(folder).map((name) => [`${prefix}${name}`, readFileSync(join(folder, name))]),
  );
  const data: Objects = new Map();
  const answers = {
    DescribeOrganizationalUnit: () => ({ OrganizationalUnit: { Id: 'ou-exa1-workload' } }),
    ListAccountsForParent: () => ({ Accounts: accounts.map((Id) => ({ Id, State: 'ACTIVE' })) }),
    ListOrganizationalUnitsForParent: () => ({ OrganizationalUnits: [] }),
  } as unknown as Answers;
  const queries = reported
    ? [{ matches: (text: string) => text === EXPRESSION, results: reported }]
    : [];
  const history: Objects = new Map();
  for (const [day, lines] of Object.entries(events ?? {}))
    history.set(`events/${day}/s3-config-rules-1.gz`, gzipSync(linesOf(lines)));
  for (const [day, lines] of Object.entries(coverage))
    history.set(`coverage/${day}.ndjson`, Buffer.from(linesOf(lines)));
  const objects = { [DELIVERY]: delivery, [DATA]: data, [HISTORY]: history };
  const server = await startContractServer(createState({ objects, answers, pageSizes, queries }));
  const work = mkdtempSync(join(tmpdir(), 'judge-'));
  const logs: Readonly<Record<string, unknown>>[] = [];
  const variables = {
    ...{ AWS_ENDPOINT_URL: server.endpoint.replace('127.0.0.1', 'localhost'), TMPDIR: work },
    ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    ...{ DELIVERY_BUCKET: DELIVERY, DELIVERY_PREFIX: prefix, DATA_BUCKET: DATA, ACCOUNT },
    UNITS: JSON.stringify(accounts.length > 0 ? ['ou-exa1-workload'] : []),
    ...{ CAPACITY: String(capacity), TITLE: 'Example Health' },
    ...(reported ? { AGGREGATOR: 's3-config-rules' } : {}),
    ...(events ? { HISTORY_BUCKET: HISTORY } : {}),
    ...(rules ? { RULES: JSON.stringify(rules) } : {}),
    ...{ RELEASE_VERSION: release.version, SOURCE_COMMIT: release.commit },
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    logs.push(JSON.parse(String(line)));
    return true;
  });
  resolveToLoopback();
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await server.close();
    rmSync(work, { recursive: true });
  });
  const handler = load(code);
  return {
    server,
    delivery,
    data,
    history,
    logs,
    judge: (time) => handler({ time, source: 'aws.events' }),
  };
}

export const linesOf = (rows: readonly unknown[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

const require = createRequire(import.meta.url);

/** What was compiled once: to compile a MB again for each test takes longer than many of them. */
const compiled = new Map<string, ReturnType<typeof compileFunction>>();

/** Loaded as Lambda loads it: CommonJS, the SDK from outside. */
function load(code: string): Handler {
  const module = { exports: {} as { handler: Handler } };
  const start = compiled.get(code) ?? compileFunction(code, ['module', 'exports', 'require']);
  compiled.set(code, start);
  start(module, module.exports, require);
  return module.exports.handler;
}

const { lookup } = dns;

/** S3 puts the bucket before the host name, which no resolver knows. */
function resolveToLoopback(): void {
  const local = (host: string, ...rest: unknown[]) =>
    (lookup as (...all: unknown[]) => void)(
      host.endsWith('localhost') ? '127.0.0.1' : host,
      ...rest,
    );
  vi.spyOn(dns, 'lookup').mockImplementation(local as typeof dns.lookup);
}

/** Every file below a folder, relative to it, sorted. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

/** The objects below a prefix as files of a folder. */
export function written(objects: Objects, prefix: string, folder: string): string {
  for (const [key, body] of objects) {
    if (!key.startsWith(prefix)) continue;
    const path = join(folder, key.slice(prefix.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
  return folder;
}
