import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '../../infra/code.ts';
import manifest from '../../package.json' with { type: 'json' };
import { cliBundle } from '../../src/generate/bundle.ts';
import { releaseIn, startEntry } from '../../src/lambda/release.ts';
import { builtRelease, commitOf } from '../../src/release/built.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { someCode, synthesized } from '../infra/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'release é '));
const hasGit = spawnSync('git', ['--version']).status === 0;
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe('the commit', () => {
  it('is what the environment says, and is not known outside a checkout', () => {
    const { version } = manifest;
    expect(builtRelease({ SOURCE_COMMIT: 'abc' })).toEqual({ version, commit: 'abc' });
    expect(commitOf(folder)).toBe('unknown');
  });

  it('is not known without git', () => {
    vi.stubEnv('PATH', folder);
    expect(builtRelease({}).commit).toBe('unknown');
  });

  it.skipIf(!hasGit)('is that of the checkout, and says when a file differs from it', () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
    git('init', '--quiet');
    writeFileSync(join(folder, 'file'), 'one');
    git('add', 'file');
    git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message', 'One');
    expect(commitOf(folder)).toMatch(/^[0-9a-f]{40}$/);
    writeFileSync(join(folder, 'file'), 'two');
    expect(commitOf(folder)).toMatch(/^[0-9a-f]{40}-dirty$/);
  });
});

describe('the release', () => {
  it('stands in the metadata of every template, and in the environment of every function', () => {
    const { member, central, organization } = synthesized();
    const { release, hash } = someCode;
    expect(member.Metadata).toEqual({ 's3-config-rules': { ...release, contentHash: hash } });
    for (const each of [central, organization]) {
      expect(each.Metadata).toEqual({ 's3-config-rules': release });
    }
    const functions = Object.values(member.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions.length).toBe(3);
    for (const { Properties } of functions) {
      const environment = Properties.Environment.Variables;
      expect(releaseIn(environment)).toEqual(release);
      expect(startEntry(environment)).toMatchObject({ ...release, contentHash: hash });
    }
  });

  it('is not in the code: another commit has the same bundles and the same content hash', async () => {
    const codes = [];
    for (const commit of ['one', 'two']) {
      vi.stubEnv('SOURCE_COMMIT', commit);
      codes.push(await codeOf(emptySettings));
    }
    const [one, two] = codes;
    expect(one?.release.commit).toBe('one');
    expect(two).toEqual({ ...one, release: { ...one?.release, commit: 'two' } });
  });

  it('is built into the command line, which asks no environment for it', async () => {
    const code = await cliBundle('c0ffee');
    expect(code).toContain('commit: "c0ffee"');
    expect(code).not.toContain('SOURCE_COMMIT');
    expect(await cliBundle('c0ffee')).toBe(code);
  });
});
