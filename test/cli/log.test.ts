import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ProgressBar } from '../../src/cli/progress.ts';
import { bucketItem } from '../contract-server/items.ts';
import { root } from '../house/tree.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'log-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A name that moves the cursor and starts a new line, on each of which a line of JSON would end. */
const HOSTILE = 'a\n{"level":"info"}\u001b[2J\u202e.ndjson';
const damaged = join(folder, HOSTILE);
writeFileSync(damaged, `${JSON.stringify(bucketItem('one'))}\n{"cut`);
const whole = join(folder, 'whole.json');
writeFileSync(whole, JSON.stringify(bucketItem('one')));

const TLS = ['--rules', 's3-tls-only', '--format', 'ndjson'];

interface Entry {
  readonly level: string;
  readonly kind: string;
  readonly message: string;
}

/** What stands in a log. */
const entries = (text: string): readonly Entry[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('--log-format json', () => {
  it('writes one object a line, whatever a file is called, and the exit code last', async () => {
    const { code, stderr } = await run(['evaluate', damaged, ...TLS, '--log-format', 'json']);
    const log = entries(stderr);
    expect(['\u001b', '\u202e'].filter((mark) => stderr.includes(mark))).toEqual([]);
    for (const entry of log)
      expect(entry).toMatchObject({
        time: '2026-06-15T00:00:00.000Z',
        level: expect.stringMatching(/^(info|warning|error)$/),
        kind: expect.stringMatching(/^(message|end)$/),
        message: expect.any(String),
      });
    expect(log.find(({ level }) => level === 'warning')?.message).toContain('\\u{a}');
    expect(log.filter(({ message }) => message.startsWith('1 subject'))).toHaveLength(1);
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ kind: 'end', exitCode: 3, level: 'error' });
  });

  it('says with --quiet only what went wrong, and how it ended', async () => {
    const { stderr } = await run(['-q', 'evaluate', whole, ...TLS, '--log-format=json']);
    expect(entries(stderr)).toEqual([expect.objectContaining({ kind: 'end', exitCode: 1 })]);
  });

  it.each([
    [['evaluate', '--nonsense', '--log-format', 'json'], /unknown option '--nonsense'/],
    [['--log-format=json', 'evaluate', join(folder, 'none.json')], /none\.json/],
    [['--log-format=json', 'nothing'], /unknown command/],
  ])('holds for wrong usage: %j', async (args, message) => {
    const { code, stderr, stdout } = await run(args);
    const log = entries(stderr);
    expect(log[0]).toMatchObject({ level: 'error', message: expect.stringMatching(message) });
    expect([log.at(-1), code, stdout]).toEqual([expect.objectContaining({ exitCode: 2 }), 2, '']);
  });

  it('is text or json, and text without it', async () => {
    expect((await run(['evaluate', whole, '--log-format', 'xml'])).code).toBe(2);
    const { stderr } = await run(['evaluate', whole, ...TLS]);
    expect(stderr).toMatch(/^1 subject, 1 rule/);
  });

  it('tells how far the work is every five seconds, and draws no bar', () => {
    let [text, time] = ['', 0];
    const stderr = { isTTY: true, write: (more: string) => (text += more) };
    const manner = { logFormat: 'json' as const };
    const io = { stderr: stderr as never, now: () => new Date(time), manner };
    const progress = new ProgressBar(io);
    for (time = 1000; time <= 11_000; time += 1000) progress.draw(time, 11_000, HOSTILE);
    progress.clear();
    expect(entries(text)).toMatchObject([
      { level: 'info', kind: 'progress', done: 5000, total: 11_000 },
      { done: 10_000, message: expect.stringMatching(/^a\\u\{a\}/) },
    ]);
  });
});

it('nothing of the command line writes past the log', () => {
  const files = (readdirSync(join(root, 'src/cli'), { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !['log.ts', 'progress.ts'].includes(file),
  );
  const past = files.filter((file) =>
    /stderr\.write|console\./.test(readFileSync(join(root, 'src/cli', file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(past).toEqual([]);
});
