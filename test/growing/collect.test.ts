import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../cli/run.ts';
import { startBench } from '../contract-server/clients.ts';

const BUCKETS = 10_000;
const MEGABYTE = 1024 * 1024;

/** The contract server keeps a note of each request, which is its own memory: only what is left after that is measured. */
it(`collects ${BUCKETS} buckets through the AWS SDK in bounded memory`, async () => {
  const names = Array.from({ length: BUCKETS }, (_, at) => [`bucket-${at}`, {}]);
  const answers = { GetCallerIdentity: { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/x' } };
  const bench = await startBench({ buckets: Object.fromEntries(names), answers });
  const folder = mkdtempSync(join(tmpdir(), 'collect-'));
  const environment = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu-central-1' };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const peak = { heap: 0 };
  const watch = setInterval(() => {
    (bench.server.calls as unknown[]).length = 0;
    peak.heap = Math.max(peak.heap, process.memoryUsage().heapUsed);
  }, 200);
  onTestFinished(async () => {
    clearInterval(watch);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await bench.close();
  });
  const before = process.memoryUsage().heapUsed;
  const live = ['--endpoint-url', bench.server.endpoint, '--rules', 's3-tls-only,s3-acl-disabled'];
  const { code, stderr } = await run(['collect', 'account', '--output', join(folder, 'all'), ...live]);
  expect(stderr).toContain(`Collected ${BUCKETS} buckets`);
  expect(code).toBe(0);
  expect((peak.heap - before) / MEGABYTE).toBeLessThan(200);
});
