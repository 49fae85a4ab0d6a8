import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { cliBundle, embedBundle } from '../../src/generate/bundle.ts';
import { exists, read, root } from '../house/tree.ts';

/** Relative links of a page, from the root of the package. */
function linksOf(page: string): readonly string[] {
  const targets = [...read(page).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(
    ([, target = '']) => target,
  );
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => new URL(target, `file:///${page}`).pathname.slice(1));
}

describe('the files of the package', () => {
  let files: readonly string[] = [];
  beforeAll(() => {
    // The scripts would build first; which files there are does not depend on it.
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const printed = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
    const packed: unknown = JSON.parse(printed);
    const [only] = Object.values(packed as Record<string, { files: { path: string }[] }>);
    files = only?.files.map(({ path }) => path) ?? [];
  });
  const isPacked = (path: string) => {
    const folder = `${path.replace(/\/$/, '')}/`;
    return files.some((file) => file === path || file.startsWith(folder));
  };

  it('hold every page that the README links to', () => {
    const links = linksOf('README.md');
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !isPacked(link))).toEqual([]);
  });

  it('are pages whose links lead to other pages of the package, or to source of the repository', () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(60);
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter(
          (link) =>
            !isPacked(link) &&
            !(/^(src|dashboard|infra|rules|test|examples\/make)\b/.test(link) && exists(link)),
        )
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('hold what the package exports besides the build', () => {
    const targets = [manifest.exports['./settings.schema.json'], 'conformance-pack/s3-gdpr.yaml'];
    for (const target of targets) expect(isPacked(target.replace('./', '')), target).toBe(true);
    expect(
      files.filter((file) => /^(src\/(?!policy\/README)|infra|test\/(?!rules))/.test(file)),
    ).toEqual([]);
  });
});

describe('the packages of the AWS SDK', () => {
  const { peerDependencies, peerDependenciesMeta, devDependencies } = manifest;

  it('that the program loads are optional, in the versions that are tested', async () => {
    const code = (await cliBundle()) + (await embedBundle());
    const loaded = [...code.matchAll(/import\("(@aws-sdk\/[^"]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(loaded)].sort()).toEqual(Object.keys(peerDependencies).sort());
    expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
    expect(Object.values(peerDependenciesMeta).every(({ optional }) => optional)).toBe(true);
    expect(devDependencies).toMatchObject(peerDependencies);
  });
});

/** With OR, we choose the other one. */
const asksForOurs = (license: string) => license.split(' OR ').every((each) => /GPL/.test(each));

describe('the licences of what is installed', () => {
  it('do not ask for ours to be another', () => {
    const found = Object.entries<{ license?: string }>(lock.packages).flatMap(
      ([path, { license }]) =>
        license !== undefined && asksForOurs(license) ? [`${path}: ${license}`] : [],
    );
    expect(found).toEqual([]);
    expect(['AGPL-3.0-only', '(MIT AND GPL-3.0)'].every(asksForOurs)).toBe(true);
    expect(['(MIT OR GPL-3.0-or-later)', 'Apache-2.0'].some(asksForOurs)).toBe(false);
  });
});
