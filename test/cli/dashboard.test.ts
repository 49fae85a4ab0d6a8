import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { itemOf } from '../dashboard/make/item.ts';
import { run } from './run.ts';

const place = await mkdtemp(join(tmpdir(), 'dashboard-command-'));
afterAll(() => rm(place, { recursive: true }));
const items = join(place, 'items.ndjson');
const bucket = { type: 'AWS::S3::Bucket', account: '111122223333', region: 'eu-central-1' };
const names = ['one', 'two', '<b>three</b>'];
const lines = names.map((name) =>
  itemOf({ ...bucket, id: name, name, arn: `arn:aws:s3:::${name}` }),
);
await writeFile(items, `${lines.join('\n')}\n`);
const settings = join(place, 'settings.yaml');
await writeFile(settings, 'trust: { accounts: ["111122223333"] }\n');

describe('dashboard build', () => {
  it('judges files, writes a dashboard and prints where it is', async () => {
    const output = join(place, 'dashboard');
    const { code, stdout, stderr } = await run([
      'dashboard',
      'build',
      items,
      '--settings',
      settings,
      '--output',
      output,
    ]);
    expect({ code, stdout }, stderr).toEqual({
      code: 0,
      stdout: `${join(output, 'index.html')}\n`,
    });
    const index = JSON.parse(
      gunzipSync(await readFile(join(output, 'data/index.json.gz'))).toString(),
    );
    expect(index.run.at).toBe('2026-06-15T00:00:00.000Z');
    expect(index.accounts.map(({ id, size }: { id: string; size: number }) => [id, size])).toEqual([
      ['111122223333', 3],
    ]);
    expect(index.counts[0]).toBeGreaterThan(0);
  });

  it.each([
    [['build', items], '--output'],
    [['build', '-', '--output', join(place, 'x')], 'standard input'],
    [['build', join(place, 'none.json'), '--output', join(place, 'x')], 'none.json'],
    [['build', items, '--output', join(place, 'x'), '--days', '0'], '--days'],
    [['build', items, '--output', join(place, 'x'), '--run', 'r'], '--run'],
    [['build', items, '--output', join(place, 'x'), '--now', 'soon'], '--now'],
    [['build', items, '--output', place], 'other files'],
    [['build', items, '--output', join(items, 'x')], 'items.ndjson'],
    [['serve', place], 'no dashboard'],
    [['serve', place, '--port', 'x'], '--port'],
    [['serve', place, '--port', '0x10'], '--port'],
    [['serve', place, '--port', ''], '--port'],
    [['serve', 's3://X/y'], 's3://'],
  ])('refuses %j', async (args, expected) => {
    const { code, stdout, stderr } = await run(['dashboard', ...args]);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(expected);
    expect(stdout).toBe('');
  });

  it('says which options a data set has no use for', async () => {
    const results = join(place, 'results');
    await run(['evaluate', items, '--settings', settings, '--output-dir', results]);
    const args = ['build', results, '--now', '2026-11-02', '--days', '3', '--output'];
    const { code, stderr } = await run(['dashboard', ...args, join(place, 'again')]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('--now and --days are not used')]);
  });

  it('names a port that is in use, in a sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const args = ['serve', join(place, 'dashboard'), '--port', String(port)];
    const { code, stderr } = await run(['dashboard', ...args]);
    other.close();
    expect([code, stderr]).toEqual([2, expect.stringContaining(`Port ${port} is in use.`)]);
  });
});
