import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { assess } from '../../src/assessment/assess.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { runsIn } from '../../src/assessment/runs-in.ts';
import { type Finding, STATES } from '../../src/engine/finding.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { judgeInto, type RunRow } from '../../src/results/index.ts';
import { TABLE_NAMES } from '../../src/results/layout.ts';
import { columnsOf, tableSchema } from '../../src/results/schema/files.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { memorySource } from '../../src/sources/memory-source.ts';
import { read } from '../house/tree.ts';
import { filesIn, rowsOf } from './organization.ts';

const root = new URL('../../', import.meta.url);
const SOURCE = fileURLToPath(new URL('examples/organization', root));
const NOW = '2026-11-02T12:00:00.000Z';

let place: string;
let settings: Settings;
let run: RunRow;
const judge = (folder: string, sources: readonly string[], some = rules) =>
  judgeInto(join(place, folder), sources, { settings, rules: some, now: NOW });
const sum = (counts: Readonly<Record<string, number>>) =>
  STATES.reduce((total, state) => total + (counts[state] ?? 0), 0);
const total = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((sums, row) => sums + of(row), 0);

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'results-'));
  settings = await loadSettings(fileURLToPath(new URL('examples/settings.yaml', root)));
  run = await judge('one', [SOURCE]);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('a run of the example', () => {
  it.each(TABLE_NAMES)('has rows in %s as its schema and Athena expect them', async (table) => {
    const isRow = new Ajv({ strict: true }).compile(tableSchema(table));
    const rows = await rowsOf(join(place, 'one'), table);
    expect(rows.length).toBe(table === 'run' ? 1 : run.rows[table]);
    const known = Object.keys((tableSchema(table) as { properties: object }).properties);
    for (const row of rows) {
      expect(isRow(row), JSON.stringify(isRow.errors)).toBe(true);
      expect(Object.keys(row).filter((key) => !known.includes(key))).toEqual([]);
    }
    const [, statement = ''] = read('docs/data-set/athena.sql').split(`_results.${table} (\n`);
    const columns = (statement.split('\n)\n')[0] ?? '').split(',\n').map((line) => line.trim());
    expect(columns).toEqual(columnsOf(table).map(([name, type]) => `\`${name}\` ${type}`));
    // Arbitrary JSON is the only thing that is no column.
    const left = known.filter(
      (key) => !columns.some((each) => each.startsWith(`\`${key.toLowerCase()}\``)),
    );
    expect(left).toEqual(table === 'findings' ? ['evidence'] : []);
  });

  it('has counts that add up, whichever way they are added', async () => {
    const folder = join(place, 'one');
    const findings = await rowsOf(folder, 'findings');
    const subjects = await rowsOf(folder, 'subjects');
    const accounts = await rowsOf(folder, 'accounts');
    const regions = await rowsOf(folder, 'regions');
    expect(run.findings).toBe(findings.length);
    expect(sum(run.states)).toBe(findings.length);
    expect(total(run.rules, ({ states }) => sum(states))).toBe(findings.length);
    expect(total(run.rules, (rule) => rule.subjects)).toBe(findings.length);
    expect(total(subjects, ({ states }) => sum(states))).toBe(findings.length);
    expect(total(accounts, ({ states }) => sum(states))).toBe(findings.length);
    expect(run.subjects).toBe(subjects.length);
    expect(total(accounts, (each) => each.subjects)).toBe(subjects.length);
    expect(total(regions, (each) => each.subjects)).toBe(subjects.length);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    expect(run.notAssessed.subjects).toBe(
      subjects.filter(({ assessed }) => assessed !== 'yes').length,
    );
    expect(run.problems).toEqual([]);
  });

  it('holds the input of every finding, from which it can be judged again', async () => {
    const folder = join(place, 'one');
    const findings = await rowsOf(folder, 'findings');
    const evidence = await rowsOf(folder, 'evidence');
    for (const { sha256, raw } of evidence) {
      expect(createHash('sha256').update(raw).digest('hex')).toBe(sha256);
    }
    const known = new Set(evidence.map(({ sha256 }) => sha256));
    const cited = findings.flatMap(({ itemHash, answerHashes }) => [
      itemHash ?? '',
      ...answerHashes,
    ]);
    expect(cited.filter((hash) => !known.has(hash))).toEqual([]);
    const again: string[] = [];
    const source = memorySource(evidence.map(({ raw }) => JSON.parse(raw)));
    const { homeRegions } = settings.organization;
    const assessed = assess(
      source,
      rules.map((rule) => ({ rule, params: parametersOf(rule, settings) })),
      {
        ...{ settings, now: NOW, pack: packOf(rules) },
        applies: (rule, { region }) => runsIn(rule, region, homeRegions),
      },
    );
    const shown = (each: (typeof findings)[number] | Finding) =>
      JSON.stringify([each.rule, each.subject, each.state, each.messageId, each.message]);
    for await (const each of assessed) again.push(...each.findings.map(shown));
    const before = new Set(findings.map(shown));
    expect(again.length).toBe(findings.length);
    expect(again.filter((each) => !before.has(each)).slice(0, 3)).toEqual([]);
  });

  it('is the same bytes in another time zone and in another order of its sources', async () => {
    const zone = process.env['TZ'];
    const [logs, answers] = [join(SOURCE, 'AWSLogs'), join(SOURCE, 'answers')];
    // Of records, of accounts, of logs that come from others; the rules on policies take most of the time.
    const ids = ['s3-log-retention', 's3-sse-kms-approved-keys', 'config-recorder-health'];
    const some = rules.filter(({ id }) => ids.includes(id));
    await judge('two', [logs, answers], some);
    process.env['TZ'] = 'Pacific/Kiritimati';
    try {
      await judge('three', [answers, logs], some);
    } finally {
      process.env['TZ'] = zone;
    }
    const [two, three] = [filesIn(join(place, 'two')), filesIn(join(place, 'three'))];
    expect(Object.keys(three)).toEqual(Object.keys(two));
    for (const [path, bytes] of Object.entries(two)) {
      expect(three[path]?.equals(bytes), path).toBe(true);
      // Neither time nor name, and no system.
      expect(bytes.subarray(3, 10).toString('hex'), path).toBe('000000000004ff');
    }
  });
});
