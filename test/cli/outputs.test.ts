import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WholeFile } from '../../src/cli/output/whole-file.ts';
import { bucketItem } from '../contract-server/items.ts';
import { findingsIn, run } from './run.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, content: string) => {
  writeFileSync(at(name), content);
  return at(name);
};
const read = (name: string) => readFileSync(at(name), 'utf8');
const ONE = ['--rules', 's3-tls-only'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  put('item.json', JSON.stringify(bucketItem('plain')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('outputs', () => {
  const evaluate = (...args: readonly string[]) =>
    run(['evaluate', at('item.json'), ...ONE, ...args]);

  it('are written in one run, each where it is to go', async () => {
    const { code, stdout } = await evaluate(
      ...['--output', 'table', '--output', `csv=${at('a.csv')}`],
      ...['--output', `sarif=${at('a.sarif')}`, '--output', `json=${at('a.json')}`],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^HIGH {2}plain /);
    expect(read('a.csv')).toMatch(/^rule,severity,state/);
    expect(JSON.parse(read('a.sarif')).version).toBe('2.1.0');
    expect(findingsIn(read('a.json'))).toHaveLength(1);
  });

  it.each<[readonly string[], RegExp]>([
    [[], /^HIGH/],
    [['--format', 'csv'], /^rule,/],
    [['--output', 'csv'], /^rule,/],
    [['--output', 'csv=-'], /^rule,/],
    [['--output', '-', '--format', 'csv'], /^rule,/],
  ])('%j goes to standard output', async (args, expected) => {
    expect((await evaluate(...args)).stdout).toMatch(expected);
  });

  it('may be a file in the format of --format, as before', async () => {
    const { stdout } = await evaluate('--format', 'json', '--output', at('old.json'));
    expect(stdout).toBe('');
    expect(findingsIn(read('old.json'))).toHaveLength(1);
    await evaluate('--output', at('old.txt'));
    expect(read('old.txt')).toMatch(/^HIGH/);
  });

  it.each<[readonly string[], RegExp]>([
    [['--output', 'sarf=x'], /no format "sarf"\. Did you mean sarif\?/],
    [['--output', 'csv='], /names no file/],
    [['--output', 'csv', '--output', 'json'], /two outputs go to standard output/],
    [['--output', 'csv=/nowhere/a', '--output', 'table'], /cannot be written: no such file or dir/],
  ])('%j is refused before anything is judged', async (args, message) => {
    const { code, stdout, stderr } = await evaluate(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('never go over an input, however its name is spelt', async () => {
    const text = read('item.json');
    mkdirSync(at('in'));
    put('in/item.json', text);
    symlinkSync('item.json', at('link.json'));
    linkSync(at('item.json'), at('hard.json'));
    const settings = put('own.yaml', 'trust: {}\n');
    for (const target of ['item.json', 'link.json', 'hard.json', 'own.yaml']) {
      const { code, stderr } = await evaluate(
        '--settings',
        settings,
        '--output',
        `csv=${at(target)}`,
      );
      expect([code, stderr]).toEqual([2, expect.stringMatching(/is also an input/)]);
    }
    const inside = await run(['evaluate', at('in'), '--output', `csv=${at('in/item.json')}`]);
    expect([inside.code, read('in/item.json')]).toEqual([2, text]);
    expect([read('item.json'), read('own.yaml')]).toEqual([text, 'trust: {}\n']);
    const twins = await evaluate('--output', `csv=${at('t')}`, '--output', `json=${at('./t')}`);
    expect(twins.code).toBe(2);
  });

  it('end with 3 where they cannot be written, and leave the files of the last run', async () => {
    put('last.csv', 'last');
    const full = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('ENOSPC: no space left on device, write'))),
    });
    full.on('error', () => {});
    const args = ['--output', 'json', '--output', `csv=${at('last.csv')}`];
    const { code, stderr } = await run(['evaluate', at('item.json'), ...args], '', false, {
      stdout: full,
    });
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/Standard output cannot be written: no space left on device\./),
    ]);
    expect(read('last.csv')).toBe('last');
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('lose nothing to a reader that has seen enough, and say so where there is no other', async () => {
    const closed = () => {
      const stream = new Writable({
        write: (_chunk, _encoding, done) =>
          done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
      });
      stream.on('error', () => {});
      return { stdout: stream };
    };
    const alone = await run(['evaluate', at('item.json'), '--format', 'json'], '', false, closed());
    expect([alone.code, alone.stderr]).toEqual([141, '']);
    const args = ['--output', 'json', '--output', `csv=${at('kept.csv')}`];
    const both = await run(['evaluate', at('item.json'), ...ONE, ...args], '', false, closed());
    expect([both.code, read('kept.csv').split('\r\n').length]).toEqual([1, 3]);
  });
});

it('a whole file is not there before its end, and follows a link that leads to nothing', async () => {
  symlinkSync('later.txt', at('link.txt'));
  const file = await WholeFile.open(at('link.txt'));
  await file.write('whole');
  expect(readdirSync(folder)).not.toContain('later.txt');
  await file.commit();
  expect(read('later.txt')).toBe('whole');
});
