import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../src/sources/files/files.ts';
import { item, snapshot, TemporaryFolder } from './temporary-folder.ts';

const folder = new TemporaryFolder();
const put: typeof folder.put = (...args) => folder.put(...args);
const read: typeof folder.read = (...paths) => folder.read(...paths);

describe('folders', () => {
  it('are read recursively and sorted, without what does not belong', async () => {
    await put('folder/b.json', snapshot('b'));
    await put('folder/a/z.ndjson', JSON.stringify(item('z')));
    await put('folder/a/y.JSON.gz', gzipSync(snapshot('y')));
    await put('folder/c.ndjson.gz', gzipSync(JSON.stringify(item('c'))));
    await put('folder/.hidden/x.json', 'not read');
    await put('folder/.x.json', 'not read');
    await put('folder/README.md', 'not read');
    await put('folder/ConfigWritabilityCheckFile', '');
    await put('folder/ConfigWritabilityCheckFile.json', 'not read');
    await put('outside/o.json', 'not read');
    await symlink('../outside', join(folder.root, 'folder/link-out'));
    await symlink('../outside/o.json', join(folder.root, 'folder/link-out.json'));
    await symlink('nowhere', join(folder.root, 'folder/link-nowhere.json'));
    await symlink('..', join(folder.root, 'folder/a/link-up'));
    await symlink('b.json', join(folder.root, 'folder/link-in.json'));
    await symlink('.hidden.data', join(folder.root, 'folder/d.json'));
    await put('folder/.hidden.data', snapshot('d'));
    expect(await read(join(folder.root, 'folder'))).toEqual({
      seen: [
        'folder/a/y.JSON.gz#0 y',
        'folder/a/z.ndjson#0 z',
        'folder/b.json#0 b',
        'folder/c.ndjson.gz#0 c',
        'folder/d.json#0 d',
      ],
    });
  });

  it('without data are refused', async () => {
    await put('no-data/ConfigWritabilityCheckFile', '');
    expect(await read(join(folder.root, 'no-data'))).toEqual({
      seen: [],
      message:
        'no-data: a folder without data, expected at least one .json, .jsonl, .ndjson, .gz or .zst file in it',
    });
  });

  it('that cannot be opened cost the others nothing, and are named', async () => {
    await put('sealed/a.json', snapshot('a'));
    const sealed = join(folder.root, 'sealed');
    // Not even root opens what lies under a path that is too long for the system.
    const descend = 'for i in $(seq 20); do mkdir "$0" && cd "$0"; done';
    execFileSync('bash', ['-c', descend, 'd'.repeat(250)], { cwd: sealed });
    const { current, unread } = await listFiles([sealed]);
    execFileSync('rm', ['-rf', sealed]);
    expect(current.map(({ path }) => basename(path))).toEqual(['a.json']);
    expect(String(unread)).toMatch(/^Not read: 1 file or folder that cannot be opened \(/);
  });

  it('do not pass over a file of another kind', async () => {
    await put('mixed/1.json', snapshot('a'));
    await put('mixed/package.json', '{"name":"x","version":"1"}');
    const { seen, message } = await read(join(folder.root, 'mixed'));
    expect(seen).toEqual(['mixed/1.json#0 a']);
    expect(message).toMatch(
      /^mixed\/package.json: an object with the keys "name", "version" at line 1, byte 0, expected a Config snapshot/,
    );
  });
});
