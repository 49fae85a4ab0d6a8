import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { bucketItem } from '../contract-server/items.ts';
import { answersOf, createHub } from '../contract-server/security-hub.ts';
import { startContractServer } from '../contract-server/server.ts';
import { createState } from '../contract-server/state.ts';
import { run } from './run.ts';

const items = [
  bucketItem('one'),
  bucketItem('two', { awsRegion: 'us-east-1' }),
  bucketItem('stranger', { awsAccountId: '999999999999' }),
];

async function world(parts: readonly object[] = items) {
  const folder = mkdtempSync(join(tmpdir(), 'publish-'));
  const file = join(folder, 'items.ndjson');
  writeFileSync(file, parts.map((item) => JSON.stringify(item)).join('\n'));
  // One hub for each Region, chosen by the product that the call is about.
  const hubs = { 'eu-central-1': createHub(), 'us-east-1': createHub({ region: 'us-east-1' }) };
  const european = answersOf(hubs['eu-central-1']);
  const american = answersOf(hubs['us-east-1']);
  const pick = (operation: string) => (input: object) => {
    const answers = JSON.stringify(input).includes(':us-east-1:') ? american : european;
    return (answers[operation] as (input: object) => object)(input);
  };
  const names = ['BatchImportFindings', 'BatchUpdateFindings', 'GetFindings'];
  const state = createState({
    answers: {
      ...Object.fromEntries(names.map((name) => [name, pick(name)])),
      GetCallerIdentity: { Account: '111122223333', Arn: 'a', UserId: 'u' },
    },
  });
  const server = await startContractServer(state);
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await server.close();
  });
  const publish = (...more: string[]) =>
    run(['findings', 'publish', file, '--rules', 's3-tls-only', ...more]);
  return { server, hubs, publish };
}

it('publishes the findings of its own account, each in its Region, and says what is left', async () => {
  const { hubs, publish, server } = await world();
  const { code, stdout, stderr } = await publish('--pages', 'https://docs.example');
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /Security Hub of 111122223333 holds 2 of 2 findings\.\n1 findings belong to other accounts/,
  );
  expect(code).toBe(4);
  expect([...hubs['eu-central-1'].findings.values()]).toMatchObject([
    {
      Title: 'Not met: S3 buckets refuse every request sent without TLS',
      Resources: [{ Id: 'arn:aws:s3:::one' }],
      Remediation: { Recommendation: { Url: 'https://docs.example/s3-tls-only.md' } },
    },
  ]);
  expect([...hubs['us-east-1'].findings.values()]).toMatchObject([
    { Resources: [{ Id: 'arn:aws:s3:::two' }] },
  ]);
  expect(server.calls.filter(({ region }) => region === 'us-east-1')).not.toEqual([]);
  // A second time there is nothing to change.
  await publish('--pages', 'https://docs.example');
  expect(hubs['eu-central-1'].accepted).toHaveLength(1);
});

it('puts no old record over a newer result, and says how many it left', async () => {
  const recorded = (configurationItemCaptureTime: string) =>
    bucketItem('one', { configurationItemCaptureTime });
  const { hubs, publish } = await world([recorded('2026-03-01T10:00:00.000Z')]);
  await publish();
  const held = [...hubs['eu-central-1'].findings.values()][0];
  if (held?.ProductFields === undefined || held.Compliance === undefined) throw new Error('none');
  // The publisher stored a result of yesterday.
  held.UpdatedAt = '2026-06-14T23:00:00.000Z';
  held.Compliance = { ...held.Compliance, Status: 'PASSED' };
  Object.assign(held.ProductFields, {
    's3-config-rules/evidenceAt': held.UpdatedAt,
    's3-config-rules/digest': 'other',
    's3-config-rules/contentHash': 'c0de',
  });
  const before = structuredClone(held);
  const old = await publish();
  expect(old.stderr).toMatch(/holds 0 of 1 findings\.\n1 findings were left .* later result/);
  expect([old.code, [...hubs['eu-central-1'].findings.values()]]).toEqual([4, [before]]);
  // What a release that wrote no such field has stored counts from its last update.
  delete held.ProductFields['s3-config-rules/evidenceAt'];
  expect((await publish()).code).toBe(4);
  held.UpdatedAt = '2026-03-01T09:00:00.000Z';
  expect((await publish()).code).toBe(0);
  expect(held.Id && hubs['eu-central-1'].findings.get(held.Id)).toMatchObject({
    UpdatedAt: '2026-06-15T00:00:00.000Z',
    Compliance: { Status: 'FAILED' },
    ProductFields: { 's3-config-rules/evidenceAt': '2026-03-01T10:00:00.000Z' },
  });
});

it('stamps what it judges for an earlier time with the time it is sent', async () => {
  const { hubs, publish } = await world([bucketItem('one')]);
  expect((await publish('--now', '2025-01-01T00:00:00Z')).code).toBe(0);
  expect([...hubs['eu-central-1'].findings.values()]).toMatchObject([
    { UpdatedAt: '2026-06-15T00:00:00.000Z' },
  ]);
});

it('publishes to the other Regions when one does not answer', async () => {
  const { hubs, publish, server } = await world();
  server.fail('GetFindings', { name: 'AccessDeniedException', status: 403 });
  const { code, stderr } = await publish();
  expect([code, stderr]).toEqual([3, expect.stringMatching(/one: AccessDenied[^]*holds 1 of 2/)]);
  expect(hubs['us-east-1'].findings.size).toBe(1);
});

it('calls no service in a dry run, and writes what it would publish', async () => {
  const { publish, server } = await world();
  const { code, stdout } = await publish('--dry-run');
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { Id: string }[]).map(({ Id }) => Id)).toEqual([
    'aws/eu-central-1/111122223333/s3-config-rules/s3-tls-only/AWS::S3::Bucket/one',
    'aws/us-east-1/111122223333/s3-config-rules/s3-tls-only/AWS::S3::Bucket/two',
    'aws/eu-central-1/999999999999/s3-config-rules/s3-tls-only/AWS::S3::Bucket/stranger',
  ]);
  expect(server.calls).toEqual([]);
});

it('fails when Security Hub refuses, and when nobody says which account this is', async () => {
  const { publish, server } = await world([bucketItem('one')]);
  server.fail('BatchImportFindings', { name: 'InvalidAccessException', status: 401 });
  const refused = await publish();
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/one: InvalidAccessException/);
  expect(refused.stderr).toMatch(/holds 0 of 1 findings/);
  server.fail('GetCallerIdentity', 'AccessDenied');
  expect((await publish()).code).toBe(3);
  expect((await publish()).code).toBe(0);
});

it('judges nothing on wrong usage', async () => {
  const { publish, server } = await world();
  expect((await publish('--settings', 'no-such-file.yaml')).code).toBe(2);
  expect((await publish('--now', 'yesterday')).code).toBe(2);
  const early = await publish('--now', '2026-06-15T00:00:01Z');
  expect([early.code, early.stderr]).toEqual([2, expect.stringMatching(/--now: .* in the future/)]);
  expect(server.calls).toEqual([]);
});

it('says nothing of names or answers that would act on the screen, and fails when part of the input is missing', async () => {
  const { publish, server, hubs } = await world([
    bucketItem('one'),
    { resourceType: 'AWS::S3::Bucket' },
  ]);
  const message = 'no\u001b[2J\u009b1m\u202etxt';
  server.fail('BatchImportFindings', { name: 'InvalidAccessException', status: 401, message });
  const refused = await publish();
  expect(refused.code).toBe(3);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it must find none.
  expect(refused.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(refused.stderr).toMatch(/holds 0 of 1 findings/);
  const partial = await publish();
  expect(partial.code).toBe(4);
  expect(hubs['eu-central-1'].findings.size).toBe(1);
});
