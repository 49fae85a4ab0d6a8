import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { BundleWriter } from '../../src/evidence/bundle/writer.ts';
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

  it('takes two copies of a data set for one, and refuses them where one was changed', async () => {
    const set = join(folder, 'set');
    const source = [join(folder, 'AWSLogs'), '--settings', settings, '--now', NOON];
    const rules = ['--rules', 's3-tls-only', '--fail-on', 'never'];
    await run(['evaluate', ...source, ...rules, '--output-dir', set]);
    cpSync(set, join(folder, 'copy'), { recursive: true });
    const period = ['--from', '2026-10-02', '--to', '2026-10-02', '--now', '2026-10-09T00:00:00Z'];
    const exportOf = (name: string, ...sets: readonly string[]) =>
      evidence('export', ...sets, ...period, '--output', join(folder, name));
    const both = await exportOf('both', set, join(folder, 'copy'));
    expect(both, both.stderr).toMatchObject({ code: 4 });
    expect(both.stderr).toContain('were left out of the last run on purpose');
    const again = await evidence('rejudge', join(folder, 'both'));
    expect(again, again.stdout).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('The run says that these rules were left out');
    const date = join(folder, 'copy', 'run', 'date=2026-10-02');
    const file = join(date, readdirSync(date)[0] as string);
    const row = JSON.parse(gunzipSync(readFileSync(file)).toString());
    writeFileSync(file, gzipSync(`${JSON.stringify({ ...row, subjects: 0 })}\n`));
    const changed = await exportOf('changed', set, join(folder, 'copy'));
    expect(changed).toMatchObject({ code: 2 });
    expect(changed.stderr).toContain('not with the same content');
  });

  it('says so of a signed bundle that lacks a page, has another one, or names a run that is not there', async () => {
    const { output } = await exported('2026-10-01', '2026-10-02', NOON);
    const sign = async (change: (files: Map<string, string>, runs: string[]) => void) => {
      const { files, ...about } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'));
      const all = new Map<string, string>(
        files.map(({ path }: { path: string }) => [path, readFileSync(join(output, path), 'utf8')]),
      );
      change(all, about.runs);
      const place = join(folder, `signed-${made++}`);
      const writer = await BundleWriter.open(place);
      for (const [path, content] of all) await writer.add(path, content);
      await writer.seal(about, null);
      return place;
    };
    const bare = await sign((files) => files.delete('index.html'));
    expect(await evidence('verify', bare)).toMatchObject({ code: 1 });
    expect((await evidence('rejudge', bare)).stdout).toContain('has no index.html');
    const more = await evidence(
      'verify',
      await sign((files) => files.set('letter.html', 'Sound.')),
    );
    expect(more.stdout).toContain('"letter.html" is not a file that bundles have');
    const lost = await sign((_, runs) => runs.push('20261003T060000Z-00000000'));
    const again = await evidence('rejudge', lost);
    expect(again, again.stderr).toMatchObject({ code: 1 });
    expect(again.stdout).toContain('It cannot be judged again');
  });

  it('says which dates in the settings are to come', async () => {
    const ahead = write(
      'ahead.yaml',
      [
        'addressable:',
        '  - requirement: hipaa 164.312(e)(2)(ii)',
        '    decision: implemented',
        '    assessment: Fine.',
        '    decidedBy: Security officer',
        '    at: "2099-03-01"',
        '    document: Wiki',
      ].join('\n'),
    );
    const checked = await run(['settings', 'check', ahead]);
    expect(checked).toMatchObject({ code: 0 });
    const sentence =
      'The decision on hipaa 164.312(e)(2)(ii) is dated 2099-03-01, in the future: it does not count before that day';
    expect(checked.stderr).toContain(sentence);
    const output = join(folder, `bundle-${made++}`);
    const period = ['--from', '2026-10-01', '--to', '2026-10-02', '--now', NOON];
    const source = [join(folder, 'AWSLogs'), '--settings', ahead];
    const { stderr } = await evidence('export', ...source, ...period, '--output', output);
    expect(stderr).toContain(sentence);
  });
});
