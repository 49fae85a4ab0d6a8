import { chmod, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/sources/files/error.ts';
import { type Progress, readItems, spool } from '../../src/sources/files/read.ts';
import { collect } from './json-feed.ts';
import { item, snapshot, TemporaryFolder } from './temporary-folder.ts';

const folder = new TemporaryFolder();
const put: typeof folder.put = (...args) => folder.put(...args);
const read: typeof folder.read = (...paths) => folder.read(...paths);

describe('files', () => {
  it('are recognised by their content, not their name', async () => {
    const plain = await put('files/plain.gz', snapshot('a', 'b'));
    const zipped = await put('files/zipped.txt', gzipSync(snapshot('c')));
    const members = [gzipSync(snapshot('d')), gzipSync(`\n${snapshot('e')}`)];
    const several = await put('files/members', Buffer.concat(members));
    expect(await read(zipped, plain, several)).toEqual({
      seen: [
        'files/zipped.txt#0 c',
        'files/plain.gz#0 a',
        'files/plain.gz#1 b',
        'files/members#0 d',
        'files/members#1 e',
      ],
    });
  });

  it('report progress up to the bytes on disk', async () => {
    const one = await put('progress/one.json', snapshot('a'));
    const two = await put('progress/two.json.gz', gzipSync(snapshot('b')));
    const bytesTotal = (await stat(one)).size + (await stat(two)).size;
    const seen: Progress[] = [];
    await collect(readItems([one, two], { onProgress: (progress) => seen.push(progress) }));
    expect(seen.map((progress) => progress.file)).toEqual([one, two]);
    expect(seen.at(-1)).toEqual({ bytesRead: bytesTotal, bytesTotal, file: two });
  });

  it('are read no further than the caller asks', async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `bucket-${index}`);
    const path = await put('pull/large.json', snapshot(...names));
    let bytesRead = 0;
    const options = { onProgress: (progress: Progress) => (bytesRead = progress.bytesRead) };
    for await (const { origin } of readItems([path], options)) if (origin.index === 9) break;
    expect(bytesRead).toBeLessThan((await stat(path)).size / 2);
  });
});

describe('damage', () => {
  const gz = gzipSync(snapshot('a', 'b'));
  const corrupt = Buffer.from(gz);
  corrupt.fill(0x55, 12, 20);
  const faults: Record<string, [content: string | Buffer, seen: number, message: string]> = {
    'empty.json': ['', 0, 'the input is empty at line 1, byte 0, expected a Config snapshot'],
    'empty.json.gz': [gzipSync(''), 0, 'the input is empty at line 1, byte 0, expected'],
    'cut.json.gz': [gz.subarray(0, -9), 2, 'the gzip data ends too early, expected a whole .gz'],
    'corrupt.json.gz': [corrupt, 0, 'the gzip data is corrupt, expected an intact .gz file'],
    'padded.gz': [Buffer.concat([gz, Buffer.from('\0x')]), 2, 'something else follows the gzip'],
    'cut.json': [
      snapshot('a', 'b').slice(0, -4),
      1,
      'the input ends inside the value that begins at line 1, byte',
    ],
    'bad.ndjson': [`${JSON.stringify(item('a'))}\n\n{"resourceType":oops}\n`, 1, 'bad JSON ('],
    'trailing.json': [`${snapshot('a')}\n]`, 1, "unexpected ']' at line 2, byte"],
    'no-items.json': [
      '{"fileVersion":"1.0","configSnapshotId":"x"}',
      0,
      'an object with the keys "fileVersion", "configSnapshotId" at',
    ],
    'latin1.json': [
      Buffer.from(snapshot('ü'), 'latin1'),
      0,
      'invalid UTF-8 in the value that begins at line 1, byte 23',
    ],
  };
  it.each(Object.entries(faults))('%s', async (name, [content, count, expected]) => {
    const { seen, message } = await read(await put(`damage/${name}`, content));
    expect(seen).toHaveLength(count);
    expect(message?.slice(0, `damage/${name}: ${expected}`.length)).toBe(
      `damage/${name}: ${expected}`,
    );
  });

  it('tells the line of what does not parse', async () => {
    const lines = ['', JSON.stringify(item('a')), '{"resourceType":oops}'].join('\n');
    for (const content of [lines, gzipSync(lines)]) {
      const { message } = await read(await put('damage/line', content));
      expect(message).toMatch(
        /\) in the value that begins at line 3, byte 53, expected well-formed/,
      );
    }
  });

  it('names a path that does not exist before anything is read', async () => {
    const first = await put('damage/good.json', snapshot('a'));
    expect(await read(first, join(folder.root, 'nowhere.json'))).toEqual({
      seen: [],
      message: 'nowhere.json: no such file or folder, expected a path that exists',
    });
  });

  it('shows no control characters of a file name', async () => {
    const { message } = await read(join(folder.root, 'a\u001b[31m\nb.json'));
    expect(message).toMatch(/^a\\u\{1b\}\[31m\\u\{a\}b.json: no such file/);
  });

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    const path = await put('damage/secret.json', snapshot('a'));
    await chmod(path, 0);
    expect((await read(path)).message).toMatch(/^damage\/secret.json: no permission to read it/);
  });

  it('explains what the system refuses, and leaves defects alone', async () => {
    const line = async () => undefined;
    const refused = await explain('f', Object.assign(new Error('x'), { code: 'EACCES' }), line);
    expect(refused).toMatchObject({ message: expect.stringContaining('f: no permission') });
    const other = await explain('f', Object.assign(new Error('x'), { code: 'EIO' }), line);
    expect(other).toMatchObject({
      message: 'f: reading failed with EIO, expected a readable file',
    });
    const defect = new TypeError('x');
    expect(await explain('f', defect, line)).toBe(defect);
  });
});

describe('spool', () => {
  it('keeps a private copy until it is disposed of', async () => {
    const copy = await spool(Readable.from([Buffer.from('{"resourceType":'), Buffer.from('"x"}')]));
    expect(await readFile(copy.path, 'utf8')).toBe('{"resourceType":"x"}');
    expect((await stat(copy.path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(copy.path))).mode & 0o777).toBe(0o700);
    expect((await collect(readItems([copy.path, copy.path]))).got).toHaveLength(2);
    await copy.dispose();
    await copy.dispose();
    await expect(stat(dirname(copy.path))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves nothing behind when the stream fails', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('broken pipe')) });
    await expect(spool(broken)).rejects.toThrow('broken pipe');
  });
});
