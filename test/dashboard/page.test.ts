import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, to } from '../../dashboard/data/address.ts';
import { linesOf, offending, policiesIn } from '../../dashboard/data/policy.ts';
import { day, percent, shown, time, typeName } from '../../dashboard/data/words.ts';
import { rules } from '../../rules/index.ts';
import { pageCode } from '../../src/dashboard/page-code.ts';
import { folderReader, s3Place } from '../../src/dashboard/serving/places.ts';
import { serve } from '../../src/dashboard/serving/serve.ts';
import { writeDashboard } from '../../src/dashboard/write.ts';
import { HOSTILE } from './make/hostile.ts';
import { organization } from './make/organization.ts';

const place = await mkdtemp(join(tmpdir(), 'dashboard-'));
afterAll(() => rm(place, { recursive: true }));
const code = await pageCode();
const data = organization({ accounts: 2, buckets: HOSTILE.length, hostile: HOSTILE });
const title = '</title><b>Ours & "theirs"</b>';
const options = { title, code, rules, isSingle: false };

describe('the page', () => {
  it('is small: its script fits in 35 KB', () => {
    expect(gzipSync(code.script).length).toBeLessThanOrEqual(35 * 1024);
  });

  it('is laid out for as many letters as fit, whatever size a reader has set for them', () => {
    expect(code.style).toMatch(/max-width: ?[\d.]+em\)/);
    expect(`${code.script} ${code.style}`).not.toMatch(/(?:max|min)-width: ?[\d.]+px\)/);
  });

  it('needs no inline script, and no other host', async () => {
    const output = join(place, 'folder');
    await writeDashboard(data, { ...options, output });
    const html = await readFile(join(output, 'index.html'), 'utf8');
    expect(html).not.toContain('<script>');
    expect(html).toContain("script-src 'self'");
    expect(html).not.toMatch(/unsafe|https?:/);
    expect((await readdir(output)).toSorted()).toEqual([
      'data',
      'index.html',
      'page.js',
      'style.css',
    ]);
  });

  it('in one file runs only the script whose hash it names, and holds nothing of strangers as markup', async () => {
    const output = join(place, 'single');
    await writeDashboard(data, { ...options, output, isSingle: true });
    expect(await readdir(output)).toEqual(['index.html']);
    const html = await readFile(join(output, 'index.html'), 'utf8');
    expect(html.match(/<script>/g)?.length).toBe(1);
    expect(/script-src 'sha256-[\w+/=]{44}'/.test(html)).toBe(true);
    for (const markup of ['harmed', '<img', '<b>', '</title><b'])
      expect(html.includes(markup), markup).toBe(false);
    expect(code.script.includes('</script')).toBe(false);
  });

  it('replaces a dashboard, and nothing else', async () => {
    const output = join(place, 'folder');
    await writeDashboard(data, { ...options, output });
    const other = join(place, 'other');
    await mkdir(other);
    await writeFile(join(other, 'index.html'), 'my own page');
    await expect(writeDashboard(data, { ...options, output: other })).rejects.toThrow(
      'other files',
    );
    expect(await readFile(join(other, 'index.html'), 'utf8')).toBe('my own page');
    await writeFile(join(output, 'notes.txt'), 'mine');
    await expect(writeDashboard(data, { ...options, output })).rejects.toThrow('other files');
    await rm(join(output, 'notes.txt'));
  });

  it('leaves the old one, and no draft, when it cannot be written', async () => {
    const output = join(place, 'folder');
    const before = await readFile(join(output, 'index.html'), 'utf8');
    const broken = {
      ...data,
      findings: () => {
        throw new Error('cut off');
      },
    };
    await expect(writeDashboard(broken, { ...options, output })).rejects.toThrow('cut off');
    expect(await readFile(join(output, 'index.html'), 'utf8')).toBe(before);
    expect((await readdir(place)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('serving', () => {
  it('gives the files of the dashboard to this machine, and no other file', async () => {
    await writeFile(join(place, 'secret.txt'), 'secret');
    const server = await serve(folderReader(join(place, 'folder')), 0);
    const { port } = server.address() as AddressInfo;
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, init);
    try {
      const page = await ask('/');
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
      expect((await ask('/data/index.json.gz')).status).toBe(200);
      expect((await ask('/', { method: 'HEAD' })).status).toBe(200);
      for (const path of [
        '/../secret.txt',
        '/..%2fsecret.txt',
        '/data/../../secret.txt',
        '/data',
        '/x',
        '/data/none.json.gz',
        '//x/..',
      ]) {
        expect((await ask(path)).status, path).toBe(404);
      }
      // A folder that came from others may hold a link to what is not theirs.
      await symlink(join(place, 'secret.txt'), join(place, 'folder/data/link.json.gz'));
      expect((await ask('/data/link.json.gz')).status).toBe(404);
      const posted = await ask('/', { method: 'POST' });
      expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    } finally {
      await rm(join(place, 'folder/data/link.json.gz'));
      server.close();
    }
  });

  it.each([
    ['s3://our-bucket', { bucket: 'our-bucket', prefix: '' }],
    ['s3://our-bucket/', { bucket: 'our-bucket', prefix: '' }],
    ['s3://our-bucket/a/b/', { bucket: 'our-bucket', prefix: 'a/b/' }],
    ['s3://', null],
    ['s3://UPPER/x', null],
    ['./folder', null],
  ])('takes %s apart', (text, expected) => {
    expect(s3Place(text)).toEqual(expected);
  });
});

describe('addresses', () => {
  it.each(HOSTILE.map((name) => [name]))('bring %j back', (name) => {
    const { path, query } = parse(
      to(
        ['subject', 'AWS::S3::Bucket', name],
        [
          ['rule', name],
          ['tag', name],
        ],
      ),
    );
    expect(path).toEqual(['subject', 'AWS::S3::Bucket', name]);
    expect(query.get('rule')).toBe(name);
  });

  it.each([
    '',
    '#',
    '#/',
    '#//',
    '#/%',
    '#/%E0%A4%A',
    '#/a?%',
    '#/a?b=c?d',
  ])('take %j as it is', (hash) => {
    expect(() => parse(hash)).not.toThrow();
  });
});

describe('the offending statement', () => {
  const statement = {
    Sid: 'Open',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: '*',
  };
  const other = { Sid: 'Other', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
  const policy = { Version: '2012-10-17', Statement: [other, statement] };
  const within = (text: string) =>
    JSON.stringify({ supplementaryConfiguration: { BucketPolicy: { policyText: text } } });

  it.each([
    ['text in a record', within(JSON.stringify(policy)), { statement: 1, sid: '"Open"' }],
    [
      'encoded text',
      JSON.stringify({ policyDocument: encodeURIComponent(JSON.stringify(policy)) }),
      { statement: '"Open"' },
    ],
    [
      'text in text',
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(policy) }) }),
      { sid: '"Open"' },
    ],
    ['an object', JSON.stringify({ policy }), { statement: '#2' }],
    [
      'one statement without a list',
      JSON.stringify({ policy: { Statement: statement } }),
      { statement: 0, sid: '"Open"' },
    ],
  ])('is found in %s', (_, raw, evidence) => {
    const found = offending(policiesIn(raw), evidence);
    expect(found?.policy.statements[found.at]).toEqual(statement);
  });

  it.each([
    ['no policy', '{}', { statement: 0 }],
    ['broken text', within('{"Statement": [{'), { statement: 0 }],
    ['not JSON at all', 'x', { statement: 0 }],
    ['another Sid at that place', within(JSON.stringify(policy)), { statement: 1, sid: '"Gone"' }],
    ['no word of a statement', within(JSON.stringify(policy)), { group: 'AllUsers' }],
    ['a position that is not there', within(JSON.stringify(policy)), { statement: 9 }],
    ['nesting without end', '['.repeat(5000) + ']'.repeat(5000), { statement: 0 }],
  ])('is not made up of %s', (_, raw, evidence) => {
    expect(offending(policiesIn(raw), evidence)).toBeNull();
  });

  it('has the lines marked that the evidence names', () => {
    const lines = linesOf(statement, { principal: '*', action: 's3:GetObject' });
    expect(lines.filter(({ isNamed }) => isNamed).map(({ text }) => text.trim())).toEqual([
      '"Principal": "*",',
      '"Action": "s3:GetObject",',
    ]);
  });
});

describe('words', () => {
  it('never round up to all', () => {
    expect([
      percent(9999, 10_000),
      percent(10_000, 10_000),
      percent(0, 0),
      percent(1, 1000),
    ]).toEqual(['99 %', '100 %', '–', '0 %']);
  });

  it('show what could act on the reader as an escape', () => {
    expect(shown('a\u202eb\u0000')).toBe('a\\u{202e}b\\u{0}');
    expect(shown('👩‍👩‍👧 مرحبا')).toBe('👩‍👩‍👧 مرحبا');
  });

  it('say times and types as people do', () => {
    expect(time('2026-11-02T06:05:12.000Z')).toBe('2 November 2026, 06:05 UTC');
    expect([
      time(null),
      day('no day'),
      typeName('AWS::S3::Bucket'),
      typeName('AWS::IAM::User'),
    ]).toEqual(['not recorded', 'no day', 'bucket', 'IAM user']);
  });
});
