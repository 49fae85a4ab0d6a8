import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bucket, scratch, snapshot } from '../evidence/given.ts';
import { run } from './run.ts';

const { folder, remove } = scratch();
afterAll(remove);

for (const day of [1, 2]) snapshot(folder, day, [bucket('data', false), bucket('logs', true)]);
const write = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const settings = write('settings.yaml', 'trust:\n  organizations: [o-secret12345]\n');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = write('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
const open = write('public.pem', publicKey.export({ type: 'spki', format: 'pem' }));
const pseudonyms = write('pseudonyms.key', Buffer.alloc(32, 1));

let made = 0;
async function exported(from: string, to: string, now: string, ...more: string[]) {
  const output = join(folder, `bundle-${made++}`);
  const period = ['--from', from, '--to', to, '--now', now, '--output', output];
  const sources = [join(folder, 'AWSLogs'), '--settings', settings];
  return { output, ...(await run(['evidence', 'export', ...sources, ...period, ...more])) };
}
const evidence = (...args: string[]) => run(['evidence', ...args]);
const NOON = '2026-10-02T12:00:00Z';

describe('evidence on the command line', () => {
  it('is exported, verified, judged again and sampled', async () => {
    const { output, code, stderr } = await exported(
      '2026-10-01',
      '2026-10-02',
      NOON,
      '--key',
      secret,
    );
    expect(code, stderr).toBeLessThan(5);
    expect(stderr).toContain(
      'The period is not over, so the bundle is about the time until 2026-10-02T12:00',
    );
    expect(await evidence('verify', output, '--key', open)).toMatchObject({ code: 0 });
    expect(await evidence('rejudge', output)).toMatchObject({ code: 0 });
    const sample = await evidence('sample', output, '--seed', '1', '--size', '2');
    expect(sample.stdout.trim().split('\r\n')).toHaveLength(3);
    const unknown = await evidence(
      'sample',
      output,
      '--seed',
      '1',
      '--size',
      '2',
      '--rule',
      's3-tls',
    );
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain('Did you mean s3-tls-only?');
  });

  it('is no sample of what was changed, and of no folder that is no bundle', async () => {
    const { output } = await exported('2026-10-01', '2026-10-01', NOON);
    const draw = (place: string, size = '1') =>
      evidence('sample', place, '--seed', '1', '--size', size);
    expect(await draw(output, '0')).toMatchObject({ code: 2 });
    expect(await draw(folder)).toMatchObject({ code: 2 });
    writeFileSync(join(output, 'waivers.csv'), 'id\r\n');
    const { code, stdout, stderr } = await draw(output);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('waivers.csv');
  });

  it('takes no private key to verify with', async () => {
    const { output } = await exported('2026-10-01', '2026-10-01', NOON, '--key', secret);
    const { code, stderr } = await evidence('verify', output, '--key', secret);
    expect(code).toBe(2);
    expect(stderr).toContain('is a private key');
  });

  it('says nothing of the time to come', async () => {
    const { code, stderr, output } = await exported(
      '2026-10-01',
      '2026-10-02',
      '2026-09-30T00:00:00Z',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--from 2026-10-01 is not before the time of the export');
    expect(existsSync(output)).toBe(false);
  });

  it('is sound without names, and does not name the organization', async () => {
    const { output } = await exported('2026-10-01', '2026-10-02', NOON, '--redact', pseudonyms);
    expect(await evidence('verify', output)).toMatchObject({ code: 0 });
    expect(readFileSync(join(output, 'index.html'), 'utf8')).not.toContain('o-secret12345');
  });

  it('tells of bundles that leave out time', async () => {
    const first = await exported('2026-10-01', '2026-10-01', NOON);
    const again = await exported('2026-10-01', '2026-10-01', NOON, '--previous', first.output);
    const { code, stdout } = await evidence('verify', first.output, again.output);
    expect(code).toBe(0);
    expect(stdout).toMatch(/begins at 2026-10-01T00:00:00.000Z, before .* ends at/);
  });
});
