import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Room, rooms } from '../../src/generate/layers.ts';
import { lintConfiguration } from '../../src/generate/lint-configuration.ts';
import { exists, root, sources } from './tree.ts';

const GLOBALS = ['new Date()', 'Date.now()', 'process.env', 'fetch("")', 'console.log(1)'];

/** What each of these files breaks in a folder with the lint configuration alone, by path: the rule of Biome and the line, from 1. */
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
  const only = ['--only=style/noRestrictedImports', '--only=style/noRestrictedGlobals'];
  const args = [biome, 'lint', '.', ...only, '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  rmSync(place, { recursive: true });
  const broken = new Map<string, string[]>();
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    const { path, start } = location;
    broken.set(path, [...(broken.get(path) ?? []), `${category} ${start.line}`]);
  }
  return broken;
}

/** A file at each depth of a room that imports these modules, given by their paths from the root, and packages: values, then types. */
function filesWith({ path, depth = 0 }: Room, targets: readonly string[], name: string) {
  return Array.from({ length: depth + 1 }, (_, level): [string, string] => {
    const folder = posix.join(path, ...Array.from({ length: level }, (__, each) => `l${each}`));
    const modules = targets.map((target) =>
      isPackage(target) ? target : `./${posix.relative(folder, target)}`.replace('./..', '..'),
    );
    const lines = [
      ...modules.map((module, at) => `import { x as x${at} } from '${module}';`),
      ...modules.map((module, at) => `import type { X as X${at} } from '${module}';`),
    ];
    return [`${folder}/${name}.ts`, lines.join('\n')];
  });
}

const isPackage = (target: string) =>
  !/^(src|dashboard|rules|conformance-pack|infra|examples|package\.json)/.test(target);
const moduleIn = (target: string) =>
  /\.[a-z]+$/.test(target) ? target : `${target}/some-module.ts`;

/** Every room that a room does not name, and a package that nobody names. */
function strangersOf(room: Room): readonly string[] {
  const mine = (path: string) =>
    path === room.path ||
    path.startsWith(`${room.path}/`) ||
    (room.uses ?? []).some((used) => path === used || path.startsWith(`${used}/`));
  const strangers = rooms.filter(({ path }) => !mine(path)).map(({ path }) => moduleIn(path));
  return [...strangers, 'left-pad'];
}
const bad = (room: Room) => filesWith(room, strangersOf(room), 'bad');
const good = (room: Room) => filesWith(room, (room.uses ?? []).map(moduleIn), 'good');

describe('the table of rooms', () => {
  const globals = GLOBALS.map((use, at) => `export const y${at} = ${use};`).join('\n');
  const broken = lint(
    new Map([
      ...rooms.flatMap(bad),
      ...rooms.flatMap(good),
      ...rooms.map(({ path }): [string, string] => [`${path}/global.ts`, globals]),
    ]),
  );
  const refused = (path: string) =>
    broken.get(path)?.filter((each) => each.startsWith('lint/style/noRestrictedImports ')) ?? [];

  it.each(rooms)('refuses in $path what it does not name, of values and of types', (room) => {
    for (const [path, text] of bad(room)) {
      const lines = text.split('\n').map((_, at) => `lint/style/noRestrictedImports ${at + 1}`);
      expect([...new Set(refused(path))].sort(), path).toEqual(lines.sort());
    }
  });

  it.each(rooms)('allows in $path what it names', (room) => {
    for (const [path] of good(room)) expect(refused(path), path).toEqual([]);
  });

  it.each(rooms.filter(({ isPure }) => isPure))('keeps clock and world out of $path', ({
    path,
  }) => {
    for (const [at, use] of GLOBALS.entries()) {
      const found = broken.get(`${path}/global.ts`);
      expect(found, use).toContain(`lint/style/noRestrictedGlobals ${at + 1}`);
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
