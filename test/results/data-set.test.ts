import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATES } from '../../src/engine/finding.ts';
import { GzipFile } from '../../src/results/files/gzip.ts';
import { SortedRows } from '../../src/results/files/sorted-rows.ts';
import { DamagedDataSet, isDataSet, openDataSet, type TableName } from '../../src/results/index.ts';
import { TABLE_NAMES } from '../../src/results/layout.ts';
import {
  bucketIn,
  fewRules,
  filesIn,
  judge,
  putSnapshot,
  rowsOf,
  temporaryFolder,
  textOf,
} from './organization.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const AT = '2026-03-02T06:00:00Z';
const sum = (counts: Readonly<Record<string, number>>) =>
  STATES.reduce((total, state) => total + (counts[state] ?? 0), 0);

/** Accounts, Regions and buckets of any number, some of them gone, unreadable, or hostile in name and tags. */
const organizations = fc.array(
  fc.record({
    account: fc.constantFrom('111122223333', '444455556666', '777788889999'),
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
    buckets: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(
          'a',
          'b',
          'Z',
          'ä',
          'a\u0000b',
          '=cmd()',
          '\ud83d\ude00',
          'c\nd',
          '__proto__',
        ),
        status: fc.constantFrom(
          'OK' as const,
          'ResourceDeleted' as const,
          'ResourceDiscovered' as const,
        ),
        type: fc.constantFrom('AWS::S3::Bucket', 'AWS::S3Tables::TableBucket', 'AWS::KMS::Alias'),
        isBroken: fc.boolean(),
      }),
      { selector: ({ name }) => name, maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('any organization', () => {
  it('has counts that add up, ids that are unique, and the same bytes whatever the order of its files', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, async (places) => {
        const folder = temporaryFolder();
        const sources = places.map(({ account, region, buckets }, index) => {
          const items = buckets.map(({ name, status, type, isBroken }) =>
            bucketIn(name, account, region, {
              ...{ resourceType: type, configurationItemStatus: status, tags: { [name]: name } },
              ...(isBroken ? { supplementaryConfiguration: {} } : {}),
            }),
          );
          putSnapshot(join(folder, `in-${index}`), AT, items, [account, region]);
          return join(folder, `in-${index}`);
        });
        const run = await judge(join(folder, 'one'), sources, NOW);
        const [subjects, findings, accounts, regions] = [
          await rowsOf(join(folder, 'one'), 'subjects'),
          await rowsOf(join(folder, 'one'), 'findings'),
          await rowsOf(join(folder, 'one'), 'accounts'),
          await rowsOf(join(folder, 'one'), 'regions'),
        ];
        const total = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
          rows.reduce((all, row) => all + of(row), 0);
        expect([sum(run.states), run.findings, total(run.rules, (rule) => rule.subjects)]).toEqual(
          Array(3).fill(findings.length),
        );
        expect(total(subjects, ({ states }) => sum(states))).toBe(findings.length);
        expect(total(accounts, ({ states }) => sum(states))).toBe(findings.length);
        expect(total(accounts, (each) => each.subjects)).toBe(run.subjects);
        expect(total(regions, (each) => each.subjects)).toBe(run.subjects);
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
        await judge(join(folder, 'two'), sources.toReversed(), NOW);
        expect(filesIn(join(folder, 'two'))).toEqual(filesIn(join(folder, 'one')));
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 5 },
    );
  });
});

/** Any characters: the table that fast-check makes for `unit: 'binary'` takes a second. */
const keys = fc
  .array(fc.nat(0x10ffff - 0x800), { maxLength: 3 })
  .map((points) =>
    points.map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800)).join(''),
  );

describe('sorted rows', () => {
  it('are the same whether they fit into memory or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(keys, fc.nat())),
        fc.constantFrom(1, 20, 1e6),
        async (given, held) => {
          const rows = new SortedRows(join(temporaryFolder(), 'scratch'), held);
          for (const [key, value] of given) await rows.add(key, JSON.stringify({ value }));
          const got: [string, number][] = [];
          for await (const { key, line } of rows.rows()) got.push([key, JSON.parse(line).value]);
          // The order of the language is stable too.
          expect(got).toEqual(
            given.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)),
          );
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('a file', () => {
  it('cannot be taken for a whole one when writing it failed', async () => {
    const file = new GzipFile(join(temporaryFolder(), 'no-such-folder', 'a.gz'));
    await expect(
      (async () => {
        await file.write('{}');
        await file.end();
      })(),
    ).rejects.toThrow(/ENOENT/);
  });
});

describe('a run', () => {
  const one = async () => {
    const folder = temporaryFolder();
    putSnapshot(join(folder, 'in'), AT, [bucketIn('a'), bucketIn('b')]);
    const target = join(folder, 'out');
    const run = await judge(target, [join(folder, 'in')], NOW);
    return { folder, target, run, source: join(folder, 'in') };
  };

  it('takes its own place when it is judged again', async () => {
    const { target, source, run } = await one();
    const before = filesIn(target);
    expect((await judge(target, [source], NOW)).runId).toBe(run.runId);
    expect(filesIn(target)).toEqual(before);
    expect(await isDataSet(target)).toBe(true);
    expect(await isDataSet(source)).toBe(false);
  });

  it('has another id when anything is other that it depends on', async () => {
    const { source, run, folder, target } = await one();
    const ids = [
      run,
      await judge(target, [source], '2026-03-02T12:00:00.001Z'),
      await judge(join(folder, 'a'), [source], NOW, { release: { version: '9', commit: 'x' } }),
      await judge(join(folder, 'b'), [source], NOW, { with: { rules: { x: {} } } }),
      await judge(join(folder, 'c'), [join(source, 'AWSLogs')], NOW),
    ].map(({ runId }) => runId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps no record as evidence that no rule reads', async () => {
    const folder = temporaryFolder();
    const target = temporaryFolder();
    const instance = bucketIn('i-1', undefined, undefined, { resourceType: 'AWS::EC2::Instance' });
    putSnapshot(folder, AT, [bucketIn('a'), instance]);
    await judge(target, [folder], NOW);
    const kept = (await rowsOf(target, 'evidence')).map(({ raw }) => JSON.parse(raw).resourceType);
    expect(kept).toEqual(['AWS::S3::Bucket']);
  });

  it('leaves the evidence out when it is told to, and nothing unfinished', async () => {
    const { folder, source } = await one();
    const run = await judge(join(folder, 'b'), [source], NOW, { withEvidence: false });
    expect(readdirSync(join(folder, 'b')).sort()).toEqual(
      TABLE_NAMES.filter((name) => name !== 'evidence').sort(),
    );
    expect(run.rows).not.toHaveProperty('evidence');
    expect((await openDataSet(join(folder, 'b'))).runs[0]?.hasEvidence).toBe(false);
  });

  it('is whole or not there: one that fails leaves the data set as it was', async () => {
    const { target, source } = await one();
    const before = filesIn(target);
    const fails = judge(target, [source], '2026-03-03T12:00:00.000Z', {
      release: { version: 1n as never, commit: 'cannot be written as JSON' },
    });
    await expect(fails).rejects.toThrow(/BigInt/);
    rmSync(join(target, 'subjects'), { recursive: true });
    // The run before cannot be read, which shows only when all has been judged.
    await expect(judge(target, [source], '2026-03-03T12:00:00.000Z')).rejects.toThrow(
      /subjects\/.*the file is missing/,
    );
    const { runs } = await openDataSet(target);
    expect(runs.length).toBe(1);
    const left = Object.keys(before).filter((path) => !path.startsWith('subjects/'));
    expect(Object.keys(filesIn(target))).toEqual(left);
    expect(readdirSync(target).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('keeps on judging where a rule is wrong, and says so', async () => {
    const { folder, source } = await one();
    const [rule] = fewRules;
    const run = await judge(join(folder, 'b'), [source], NOW, {
      rules: [{ ...rule, evaluate: 1 } as never],
    });
    expect(run.problems.map(({ kind }) => kind)).toEqual(['finding', 'finding']);
    expect(run.states.UNKNOWN).toBe(2);
    expect(run.notAssessed.subjects).toBe(2);
  });

  const pathIn = (target: string, table: TableName) =>
    Object.keys(filesIn(target)).find((path) => path.startsWith(`${table}/`)) ?? '';

  it.each([
    [
      'cut',
      (bytes: Buffer) => bytes.subarray(0, -9),
      /findings\/date=.*: .*(early|unexpected end|end of file)/i,
    ],
    ['empty', () => Buffer.alloc(0), /findings\/.*expected 6 rows, found 0/],
    [
      'a changed byte',
      (bytes: Buffer) => {
        const copy = Buffer.from(bytes);
        copy[copy.length - 6] = (copy[copy.length - 6] ?? 0) ^ 1;
        return copy;
      },
      /findings\/date=/,
    ],
    ['no gzip', () => Buffer.from('{}\n'), /findings\/.* line 1 is not a row of the run/],
    [
      'a line that is no JSON',
      (bytes: Buffer) => gzipSync(`${gunzipSync(bytes)}{\n`),
      /findings\/.* line 7 is not valid JSON/,
    ],
    [
      'a last line that is cut',
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, -1)),
      /findings\/.*line 6 is cut/,
    ],
    [
      'bytes that are no text',
      (bytes: Buffer) => gzipSync(Buffer.concat([gunzipSync(bytes), Buffer.from([0xff, 10])])),
      /findings\/.* line 7 is not UTF-8/,
    ],
    [
      'a row too few',
      (bytes: Buffer) => gzipSync(`${gunzipSync(bytes)}`.split('\n').slice(1).join('\n')),
      /findings\/.*expected 6 rows, found 5/,
    ],
    [
      'a row of another run',
      (bytes: Buffer) => gzipSync(`${gunzipSync(bytes)}`.replace('20260302T', '20260303T')),
      /findings\/.* line 1 is not a row of the run/,
    ],
  ] as const)('names a table that is damaged: %s', async (_, damage, message) => {
    const { target } = await one();
    const path = join(target, pathIn(target, 'findings'));
    writeFileSync(path, damage(readFileSync(path)));
    const reading = rowsOf(target, 'findings');
    await expect(reading).rejects.toThrow(DamagedDataSet);
    await expect(rowsOf(target, 'findings')).rejects.toThrow(message);
    await expect(rowsOf(target, 'subjects')).resolves.toHaveLength(2);
  });

  it.each([
    ['without its table', (path: string) => rmSync(path), null],
    [
      'of a later version',
      (path: string) =>
        writeFileSync(
          path,
          gzipSync(textOf(readFileSync(path)).replace('"schemaVersion":1', '"schemaVersion":2')),
        ),
      /schemaVersion is 2, expected 1/,
    ],
    [
      'of two rows',
      (path: string) => writeFileSync(path, gzipSync(textOf(readFileSync(path)).repeat(2))),
      /has 2 rows, expected one/,
    ],
    [
      'that is cut',
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 20)),
      /run\/date=/,
    ],
  ] as const)('does not exist %s', async (_, damage, message) => {
    const { target } = await one();
    damage(join(target, pathIn(target, 'run')));
    const { runs, damage: named } = await openDataSet(target);
    expect(runs).toEqual([]);
    expect(named).toEqual(message === null ? [] : [expect.stringMatching(message)]);
  });

  it('survives any single byte that changes in any table, by naming the table or by reading what was written', async () => {
    const { target } = await one();
    const files = filesIn(target);
    const read = async () => {
      const { runs, damage } = await openDataSet(target);
      const rows: unknown[] = [...damage];
      for (const run of runs)
        for (const table of TABLE_NAMES) for await (const row of run.rows(table)) rows.push(row);
      return rows;
    };
    const whole = await read();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(files)),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (path, at, by) => {
          const bytes = Buffer.from(files[path] ?? '');
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ by;
          writeFileSync(join(target, path), bytes);
          const result = await read().catch((error: unknown) => error);
          writeFileSync(join(target, path), files[path] ?? '');
          if (result instanceof DamagedDataSet) expect(result.message).toContain(path);
          else if (Array.isArray(result) && typeof result[0] === 'string')
            expect(result[0]).toContain(path);
          else expect(result).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
    expect(existsSync(target)).toBe(true);
  });
});
