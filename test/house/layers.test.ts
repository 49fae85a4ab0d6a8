import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Room, rooms } from '../../src/generate/layers.ts';
import { lintConfiguration } from '../../src/generate/lint-configuration.ts';
import { exists, root, sources } from './tree.ts';

const GLOBALS = ['new Date()', 'Date.now()', 'process.env', 'fetch("")', 'console.log(1)'];

/** The rules of Biome that each of these files breaks, by its path, in a folder with the lint configuration alone. */
function lint(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const place = mkdtempSync(join(tmpdir(), 'layers-'));
  const configuration = JSON.parse(lintConfiguration());
  writeFileSync(
    join(place, 'biome.json'),
    JSON.stringify({ ...configuration, vcs: { enabled: false } }),
  );
  for (const [path, text] of files) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '.', '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  rmSync(place, { recursive: true });
  const broken = new Map<string, string[]>();
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
  }
  return broken;
}

/** A file at each depth of a room, with the import of a module given by its path from the root, or of a package. */
function filesWith({ path, depth = 0 }: Room, target: string, name: string) {
  return Array.from({ length: depth + 1 }, (_, level) => {
    const folder = posix.join(path, ...Array.from({ length: level }, (__, each) => `l${each}`));
    const isPackage = !/^(src|dashboard|rules|conformance-pack|infra|examples|package\.json)/.test(
      target,
    );
    const module = isPackage ? target : `./${posix.relative(folder, target)}`.replace('./..', '..');
    return [
      [`${folder}/${name}-value.ts`, `import { x } from '${module}';\nexport const y = x;\n`],
      [`${folder}/${name}-type.ts`, `import type { X } from '${module}';\nexport type Y = X;\n`],
    ] as const;
  }).flat();
}

const moduleIn = (target: string) =>
  /\.[a-z]+$/.test(target) ? target : `${target}/some-module.ts`;

/** Every room that a room does not name, and a package that nobody names. */
const refused = rooms.flatMap((room) => {
  const mine = (path: string) =>
    path === room.path ||
    path.startsWith(`${room.path}/`) ||
    (room.uses ?? []).some((used) => path === used || path.startsWith(`${used}/`));
  const strangers = rooms.filter(({ path }) => !mine(path)).map(({ path }) => moduleIn(path));
  return [...strangers, 'left-pad'].map((target) => ({ room, target }));
});
const allowed = rooms.flatMap((room) =>
  (room.uses ?? []).map((target) => ({ room, target: moduleIn(target) })),
);

describe('the table of rooms', () => {
  const broken = lint(
    new Map([
      ...refused.flatMap(({ room, target }, index) => filesWith(room, target, `bad-${index}`)),
      ...allowed.flatMap(({ room, target }, index) => filesWith(room, target, `good-${index}`)),
      ...rooms.flatMap(({ path }) =>
        GLOBALS.map((use, index): [string, string] => [
          `${path}/global-${index}.ts`,
          `export const y = ${use};\n`,
        ]),
      ),
    ]),
  );
  const isRefused = (path: string) =>
    broken.get(path)?.includes('lint/style/noRestrictedImports') ?? false;

  it.each(rooms)('refuses in $path what it does not name, of values and of types', (room) => {
    const files = refused.flatMap(({ room: other, target }, index) =>
      other === room ? filesWith(room, target, `bad-${index}`) : [],
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(([path]) => !isRefused(path))).toEqual([]);
  });

  it.each(rooms)('allows in $path what it names', (room) => {
    const files = allowed.flatMap(({ room: other, target }, index) =>
      other === room ? filesWith(room, target, `good-${index}`) : [],
    );
    expect(files.filter(([path]) => isRefused(path))).toEqual([]);
  });

  it.each(rooms.filter(({ isPure }) => isPure))('keeps clock and world out of $path', ({
    path,
  }) => {
    for (const index of GLOBALS.keys()) {
      const found = broken.get(`${path}/global-${index}.ts`);
      expect(found, GLOBALS[index]).toContain('lint/style/noRestrictedGlobals');
    }
  });

  it('runs one way: a room names only rooms above it', () => {
    const seen: string[] = [];
    for (const { path, uses = [] } of rooms) {
      const forward = uses.filter(
        (used) =>
          used !== 'package.json' &&
          used !== 'src' &&
          !seen.some((above) => used === above || used.startsWith(`${above}/`)) &&
          !path.startsWith(used.replace(/\/[^/]*\.ts$/, '')),
      );
      expect(forward, path).toEqual([]);
      seen.push(path);
    }
  });

  it('has a row for every folder of the code, and none for a folder that is not there', () => {
    expect(rooms.filter(({ path }) => !exists(path))).toEqual([]);
    const folders = readdirSync(join(root, 'src')).map((name) => `src/${name}`);
    const named = rooms.map(({ path }) => path);
    expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  });

  it('knows how deep each room is', () => {
    for (const { path, depth = 0 } of rooms) {
      const inner = sources.filter((file) => file.startsWith(`${path}/`));
      const deepest = Math.max(
        ...inner.map((file) => file.slice(path.length + 1).split('/').length - 1),
      );
      expect(deepest, path).toBe(depth);
    }
  });
});
