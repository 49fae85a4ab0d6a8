/**
 * A live account that is collected with all rules, by the built command line from a server that keeps the contract of the API of AWS:
 * `npx tsx bench/collect.ts [buckets] [concurrency] [megabytes of heap]`. Prints requests, time and memory of the command line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBench } from '../test/contract-server/clients.ts';

const [buckets = '10000', concurrency = '8', megabytes] = process.argv.slice(2);
const program = fileURLToPath(new URL('../dist/s3-config-rules.js', import.meta.url));
const preload = fileURLToPath(new URL('usage.mjs', import.meta.url));

const named = Array.from({ length: Number(buckets) }, (_, at) => [
  `bucket-${at}`,
  { ownership: 'BucketOwnerEnforced', blocked: ['SSE-C'] },
]);
/** An account in which there is nothing else. What is left without an answer would be asked again and again. */
const nothing = {
  DescribeAlarms: { MetricAlarms: [], CompositeAlarms: [] },
  DescribeTrails: { trailList: [] },
  GetAccountAuthorizationDetails: {
    ...{ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] },
  },
  GetAccountSummary: { SummaryMap: {} },
  ListAliases: { Aliases: [] },
  ListAnalyzers: { analyzers: [] },
  ListDetectors: { DetectorIds: [] },
  ListEventDataStores: { EventDataStores: [] },
  ListRecoveryPointsByResource: { RecoveryPoints: [] },
  ListRules: { Rules: [] },
};
const caller = { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/x' };
const { server, close } = await startBench({
  buckets: Object.fromEntries(named),
  answers: { GetCallerIdentity: caller, ...nothing },
});
// The server notes each request, which is memory of its own.
const forget = setInterval(() => {
  (server.calls as unknown[]).length = 0;
}, 200);

const folder = await mkdtemp(join(tmpdir(), 'bench-collect-'));
const usage = join(folder, 'usage.json');
const began = Date.now();
const child = spawn(
  process.execPath,
  [
    ...(megabytes === undefined ? [] : [`--max-old-space-size=${megabytes}`]),
    ...['--import', preload, program, 'collect', 'account', '--output', join(folder, 'collected')],
    ...['--endpoint-url', server.endpoint, '--concurrency', concurrency],
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu-central-1' },
      BENCH_USAGE: usage,
    },
  },
);
const [code] = await once(child, 'exit');
const { cpu, megabytes: most } = JSON.parse(await readFile(usage, 'utf8'));
process.stdout.write(
  `${buckets} buckets, ${concurrency} at a time: exit code ${code}, ${((Date.now() - began) / 1000).toFixed(0)} s, of which ` +
    `${cpu.toFixed(0)} s of processor time, ${most.toFixed(0)} MB\n`,
);
clearInterval(forget);
await close();
await rm(folder, { recursive: true });
