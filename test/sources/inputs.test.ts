import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFiles } from '../../src/sources/files/files.ts';
import { unzstd } from '../../src/sources/files/zstd.ts';
import { findingsIn, run } from '../cli/run.ts';
import { bucketItem } from '../contract-server/items.ts';
import { collect, inChunks } from './json-feed.ts';

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inputs-'));
});
afterAll(() => rm(folder, { recursive: true }));

const bucket = (name: string, parts: object = {}) => JSON.stringify(bucketItem(name, parts));
// Written by zstd 1.5.4, with a checksum.
const ZSTD = Buffer.from(
  'KLUv/QRohQMAsoYWGXBvDlANEbMGQ29Iclx4SpsjuDOwfen/FwLZD+R6avZrJ3Eb/eR0ngbGfXsARE825AUmXw/j43AyCEHDGXcJqnpvv65njPZmaGehOjhVtxDX82QpvHJGiuWxBwASCnxQAwDgAMBeEG3eIFIoMgz2TqM=',
  'base64',
);

async function put(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  made += 1;
  const own = join(folder, String(made));
  for (const [name, content] of Object.entries({ 'a.json': bucket('a'), ...files })) {
    await mkdir(dirname(join(own, name)), { recursive: true });
    await writeFile(join(own, name), content);
  }
  return own;
}

/** Which buckets were judged, the exit code, and what was said. */
async function judged(sources: readonly string[], stdin = '') {
  const options = [
    '--rules',
    's3-versioning-with-lifecycle',
    '--format',
    'json',
    '--fail-on',
    'never',
  ];
  const { code, stdout, stderr } = await run(['evaluate', ...sources, ...options], stdin);
  const findings = findingsIn(stdout);
  return { buckets: findings.map(({ subject }) => subject.id), code, stderr };
}

describe('folders', () => {
  it('let a file of one account say nothing of another, where AWS Config delivers it', async () => {
    const name =
      'AWSLogs/111122223333/Config/eu-central-1/2026/11/1/ConfigSnapshot/' +
      '111122223333_Config_eu-central-1_ConfigSnapshot_20261101T000000Z_0f0e0d0c.json';
    const foreign = bucket('foreign', { awsAccountId: '444455556666' });
    const items = `{"configurationItems":[${bucket('own')},${foreign}]}`;
    const { buckets, code, stderr } = await judged([await put({ [name]: items })]);
    expect(buckets.sort()).toEqual(['a', 'own']);
    expect(code).toBe(4);
    expect(stderr).toContain(
      'record 2: it is of account 444455556666, and the file of account 111122223333.',
    );
    expect((await judged([await put({ 'b.json': items })])).buckets).toContain('foreign');
  });

  it.each<[string, Readonly<Record<string, string | Buffer>>]>([
    ['b.jsonl', { 'b.jsonl': `${bucket('b')}\n` }],
    ['b.gz of any name', { b: 'x', 'b.gz': gzipSync(bucket('b')) }],
    ['gzip inside gzip', { 'b.json.gz': gzipSync(gzipSync(bucket('b'))) }],
  ])('read %s', async (_, files) => {
    expect((await judged([await put(files)])).buckets).toEqual(['a', 'b']);
  });

  it('read Zstandard data, of whatever name', async () => {
    const own = await put({ 'b.json.zst': ZSTD, 'c.json': ZSTD });
    expect(await judged([own])).toMatchObject({ buckets: ['a', 'z'], code: 4 });
  });

  it.each<[string, string, RegExp]>([
    ['b.txt', bucket('b'), /^Not read: 1 file with another ending \(.*b\.txt\)\.$/m],
    ['b.json.bz2', 'BZh9', /1 file with another ending/],
    ['b.json.gz.part', 'x', /1 file with another ending/],
    ['.b.json', bucket('b'), /1 hidden file \(/],
    ['b.json', '', /b\.json: the input is empty/],
    ['b.json', ' \n', /b\.json: the input is empty/],
    ['b.json.gz', gzipSync('').toString('latin1'), /b\.json\.gz: /],
  ])('name %s, which is no success', async (name, content, said) => {
    const { buckets, code, stderr } = await judged([await put({ [name]: content })]);
    expect(buckets).toEqual(['a']);
    expect(code).toBeGreaterThanOrEqual(3);
    expect(stderr).toMatch(said);
  });

  it('name links that leave them, and what is neither file nor folder', async () => {
    const [own, other] = [await put({}), await put({ 'b.json': bucket('b') })];
    await symlink(join(other, 'b.json'), join(own, 'latest.json'));
    await symlink('nowhere.json', join(own, 'gone.json'));
    execFileSync('mkfifo', [join(own, 'pipe.json')]);
    const { buckets, code, stderr } = await judged([own]);
    expect(buckets).toEqual(['a']);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /Not read: 2 links out of the folder or to nothing \(.*\); 1 pipe or device \(/,
    );
  });

  it('pass over what AWS and programs put next to the data', async () => {
    const others = {
      ConfigWritabilityCheckFile: '',
      'AWSLogs/111122223333_CloudTrail_eu-central-1_20260301T0000Z_x.json.gz': 'x',
      'AWSLogs/111122223333_CloudTrail-Digest_eu-central-1_x.json.gz': 'x',
      'README.md': 'x',
      '.DS_Store': 'x',
    };
    expect(await judged([await put(others)])).toMatchObject({ code: 0, buckets: ['a'] });
  });

  it('may hold more files than a call takes arguments', async () => {
    const files = Array.from({ length: 140_000 }, (_, at) => `${at}.json`);
    const filesIn = async () => files.map((path) => ({ path, size: 1, inFolder: true }));
    expect((await listFiles([folder], undefined, filesIn)).current).toHaveLength(140_000);
  });
});

describe('what can be read only once is copied', () => {
  it.each(['-', '/dev/stdin', '/dev/fd/0'])('%s', async (source) => {
    expect(await judged([source], bucket('b'))).toMatchObject({ buckets: ['b'], code: 0 });
  });

  it('a named pipe, also when it is named twice', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    createWriteStream(pipe).end(bucket('b'));
    expect(await judged([pipe, pipe])).toMatchObject({ buckets: ['b'], code: 0 });
  });

  it('a device, and damage in it is told by its name', async () => {
    expect(await judged(['/dev/null'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('/dev/null: the input is empty'),
    });
  });
});

describe('lines', () => {
  const cut = bucket('x').slice(0, 40);
  const torn = bucket('x').slice(0, -1).concat(',', bucket('y').slice(1));
  it.each<[string, string[]]>([
    ['cut', [bucket('a'), cut, bucket('b')]],
    [
      'cut behind a comma',
      [bucket('a'), bucket('x').slice(0, bucket('x').indexOf(',') + 1), bucket('b')],
    ],
    ['cut, first of all', [cut, bucket('a'), bucket('b')]],
    ['cut at its beginning', [bucket('a'), bucket('x').slice(40), bucket('b')]],
    ['of text', [bucket('a'), 'oops', bucket('b')]],
    ['of another kind', [bucket('a'), '{"name":"x"}', bucket('b')]],
    ['of a control character', [bucket('a'), bucket('x').replace('eu-', '\u0001'), bucket('b')]],
    ['of a wrong bracket', [bucket('a'), bucket('x').replace(']', '}'), bucket('b')]],
  ])('that are bad cost themselves: %s', async (_, lines) => {
    for (const end of ['\n', '\r\n']) {
      const { buckets, code, stderr } = await judged([await put({ 'a.json': lines.join(end) })]);
      expect(buckets).toEqual(['a', 'b']);
      expect(code).toBe(4);
      // Where it is noticed: a text without its end is noticed in the line after it.
      expect(stderr).toMatch(lines[0] === cut ? /line 1/ : /line [23]/);
    }
  });

  it('of two records that became one leave both without an answer', async () => {
    const file = await put({ 'a.json': [bucket('a'), torn, bucket('b')].join('\n') });
    const { buckets, code, stderr } = await judged([file]);
    expect([buckets.sort(), code]).toEqual([['a', 'b', 'x', 'y'], 4]);
    expect(stderr).toMatch(/record 2: the key ".+" stands twice/);
  });

  it('that are bad are told up to a number, and read without going through the rest for each', async () => {
    const lines = [bucket('a'), ...Array.from({ length: 5000 }, () => cut), bucket('b')];
    const { buckets, stderr } = await judged([await put({ 'a.json': lines.join('\n') })]);
    expect(buckets).toEqual(['a', 'b']);
    expect(stderr.match(/bad JSON/g)).toHaveLength(5);
    expect(stderr).toContain('bad lines, 4995 more');
  });

  it('the last of which is cut may lack others behind it', async () => {
    const { buckets, code } = await judged([await put({ 'a.json': `${bucket('a')}\n${cut}` })]);
    expect(buckets).toEqual(['a']);
    expect(code).toBe(3);
  });
});

describe('what is not whole, or nothing, is no success', () => {
  const answer = (change: object) =>
    JSON.stringify({
      ...{ account: '111122223333', region: 'eu-central-1', operation: 'ListAnalyzers', input: {} },
      ...change,
    });
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  it.each([
    [
      'history that begins with the oldest record',
      JSON.stringify({
        configurationItems: [
          bucketItem('a'),
          bucketItem('a', { configurationItemCaptureTime: '2026-03-02T10:00:00.000Z' }),
        ],
        nextToken: 't',
      }),
      /goes on after nextToken/,
    ],
    [
      'a list that is missing',
      answer({ output: {} }),
      /a\.json, record 1: the captured answer to ListAnalyzers has no list analyzers\./,
    ],
    [
      'a page',
      answer({ output: { analyzers: [], nextToken: 't' } }),
      /there is more after nextToken/,
    ],
    [
      'an input without end',
      answer({ output: {} }).replace('"input":{}', `"input":${deep(100_000)}`),
      /input is an object, expected at most 200/,
    ],
    [
      'an output without end',
      answer({ output: 0 }).replace('"output":0', `"output":${deep(100_000)}`),
      /output is an object, expected at most 200/,
    ],
  ])('%s', async (_, content, said) => {
    const own = await put({ 'a.json': content, 'b.json': bucket('b') });
    const { buckets, code, stderr } = await judged([own]);
    expect(buckets).toContain('b');
    expect(code).toBeGreaterThanOrEqual(3);
    expect(stderr).toMatch(said);
  });

  it.each([
    '{"configurationItems":[]}',
    JSON.stringify(bucketItem('k', { resourceType: 'AWS::KMS::Key' })),
  ])('nothing judged: %s', async (content) => {
    const { code, stderr } = await judged([await put({ 'a.json': content })]);
    expect(code).toBe(4);
    expect(stderr).toContain('Nothing was judged');
  });

  it.each([
    ['PK\u0003\u0004', 'a zip archive'],
    ['BZh91AY', 'bzip2 data'],
    ['\u00ff\u00fe{\u0000', 'text in UTF-16'],
  ])('%j is named', async (content, said) => {
    const own = await put({ 'a.json': Buffer.from(content, 'latin1') });
    expect((await judged([own])).stderr).toContain(`this is ${said}`);
  });
});

describe('Zstandard data', () => {
  const text = ZSTD;
  const read = (bytes: Buffer, size: number) => collect(unzstd(inChunks(bytes, size)));
  const skippable = Buffer.from('502a4d18030000000102ff', 'hex').subarray(0, 11);

  it('of several frames, in chunks of any size', async () => {
    for (const size of [1, 7, 1 << 20]) {
      const { got, error } = await read(Buffer.concat([text, skippable, text]), size);
      expect(error).toBeUndefined();
      expect(
        Buffer.concat(got)
          .toString()
          .match(/resourceId/g),
      ).toHaveLength(2);
    }
  });

  it('that is cut or damaged is refused, at every byte', async () => {
    for (let at = 1; at < text.length; at++) {
      expect((await read(text.subarray(0, at), 16)).error, `cut at ${at}`).toMatchObject({
        code: 'ZSTD_CUT',
      });
    }
    expect((await read(Buffer.concat([text, Buffer.from('oops')]), 64)).error).toMatchObject({
      code: 'ZSTD_DAMAGED',
    });
  });

  it('gets no memory without end, in any of its frames', async () => {
    // 3.75 TB: the largest window that the format allows.
    const window = Buffer.from('28b52ffd00ff0100004142434445464748494a4b4c4d4e4f', 'hex');
    const bytes = Buffer.concat([text, window]);
    for (const size of [1, 1 << 20])
      expect((await read(bytes, size)).error).toMatchObject({ code: 'ZSTD_WINDOW' });
  });
});
