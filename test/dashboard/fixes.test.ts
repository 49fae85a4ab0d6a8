import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fix } from '../../dashboard/data/tables.ts';
import { rules } from '../../rules/index.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { isJudgedBy } from '../../src/assessment/subject.ts';
import { runDataOf } from '../../src/dashboard/from-results.ts';
import type { RunData } from '../../src/dashboard/run-data.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { explanationOf } from '../../src/explanation/explained.ts';
import { fixOf, TITLES, TOOLS, type Tool } from '../../src/explanation/fix.ts';
import { judgeInto, openDataSet } from '../../src/results/index.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { ConfigSnapshot } from '../../src/sources/files/config-snapshot.ts';
import { opened } from './open.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = [`${root}examples/organization`];
const settings = await loadSettings(`${root}examples/settings.yaml`);
const place = await mkdtemp(join(tmpdir(), 'dashboard-fixes-'));
afterAll(() => rm(place, { recursive: true }));

const steps = [
  ['2026-11-02T12:00:00.000Z', { ...settings, waivers: [] }],
  ['2026-11-09T12:00:00.000Z', settings],
  ['2026-11-16T12:00:00.000Z', { ...settings, waivers: settings.waivers.slice(1) }],
] as const;
for (const [now, step] of steps) await judgeInto(place, sources, { settings: step, rules, now });
const dataSet = await openDataSet(place);
const last = dataSet.runs.at(-1);
if (last === undefined) throw new Error('There is no run.');
const data = await runDataOf(dataSet, last);
const dashboard = await opened(data);

type Opened = Awaited<ReturnType<typeof opened>>;

function* fixesIn({ files, index, json }: Opened): Generator<readonly [string, string, Fix]> {
  for (const name of files.keys()) {
    if (!name.includes('/evidence/')) continue;
    const entries = json<Record<string, { fixes?: Record<string, Fix> }>>(
      name.replace(/^data\//, ''),
    );
    for (const [key, { fixes = {} }] of Object.entries(entries)) {
      for (const [rule, fix] of Object.entries(fixes)) {
        yield [key, index.rules[Number(rule)]?.id ?? '', fix];
      }
    }
  }
}

describe('the change to paste', () => {
  it('is what "explain" says, word for word, for every open finding of the example', async () => {
    const snapshot = new ConfigSnapshot(sources);
    const source = await snapshot.open({ namesBuckets: true, complain: () => {} });
    const [now, own] = steps[2];
    const judged = new Set<string>();
    for await (const { rule, subject } of data.findings()) {
      judged.add(`${rule} ${subject.arn} ${subject.region}`);
    }
    const expected: string[] = [];
    for await (const item of source.items()) {
      for (const rule of rules.filter((each) => isJudgedBy(item, each))) {
        // Some rules judge in the home Region only.
        if (!judged.has(`${rule.id} ${item.arn} ${item.region}`)) continue;
        const params = parametersOf(rule, own);
        const question = { rule: { rule, params }, settings: own, now, pack: packOf(rules) };
        const explained = await explanationOf(item, source, question);
        if (explained.finding.state !== 'FAIL' && explained.finding.state !== 'WAIVED') continue;
        const { steps: all, result } = fixOf(explained, rule, Object.keys(TOOLS) as Tool[]);
        const texts = all.map(({ snippets }) =>
          snippets.map(({ tool, text }) => [TITLES[tool], text]),
        );
        expected.push(JSON.stringify([rule.id, texts, result]));
      }
    }
    const written = [...fixesIn(dashboard)].map(([, rule, fix]) =>
      JSON.stringify([rule, (fix.steps ?? []).map(({ as }) => as), fix.result]),
    );
    expect(written.length).toBe(expected.length);
    expect(written.toSorted()).toEqual(expected.toSorted());
  });

  it('is there, or says why not, for each finding that fails or is waived', () => {
    const fixes = [...fixesIn(dashboard)];
    const [fail, , waived] = dashboard.index.counts;
    expect(fixes.length).toBe(fail + waived);
    for (const [, , { steps: all = [], result }] of fixes) {
      expect(result).toMatch(/^[A-Z].*\.$/s);
      if (all.length === 0) expect(result).toMatch(/^No(?:ne| change)/);
    }
  });

  it.each<readonly [string, Partial<RunData>, RegExp]>([
    ['the records were not kept', { hasEvidence: false, evidence: () => [] }, /holds no records/],
    [
      'the rules have changed since',
      {
        run: {
          ...data.run,
          rules: data.run.rules.map((rule) => ({ ...rule, codeHash: 'another' })),
        },
      },
      /other code/,
    ],
  ])('is left out with the reason when %s', async (_, change, reason) => {
    const other = await opened({ ...data, ...change });
    expect([...fixesIn(other)]).toEqual([]);
    for (const { unfixed } of other.index.rules) expect(unfixed).toMatch(reason);
  });

  it('is not given for a finding that its record alone does not give', async () => {
    const [first] = dashboard.index.rules[0]?.outcomes ?? [];
    expect(first).toBeDefined();
    const findings = async function* () {
      for await (const row of data.findings()) {
        yield row.state === 'FAIL' ? { ...row, messageId: 'somethingElse' } : row;
      }
    };
    const other = await opened({ ...data, findings });
    const said = [...fixesIn(other)].filter(([, , { result }]) => /another finding/.test(result));
    expect(said.length).toBe(other.index.counts[0]);
    for (const [, , fix] of said) expect(fix.steps).toBeUndefined();
  });
});

describe('a record that cannot be judged again', () => {
  it('costs no other its fix, and has the reason', async () => {
    const [first] = data.subjects.filter(({ states, itemHash }) => states.FAIL > 1 && itemHash);
    const evidence = async function* () {
      for await (const row of data.evidence()) {
        yield row.sha256 === first?.itemHash ? { ...row, raw: '{"resourceType":1' } : row;
      }
    };
    const other = await opened({ ...data, evidence });
    const before = [...fixesIn(dashboard)].filter(([key]) => key !== first?.itemHash);
    const after = [...fixesIn(other)];
    expect(after.filter(([key]) => key !== first?.itemHash)).toEqual(before);
    const own = after.filter(([key]) => key === first?.itemHash);
    expect(own.length).toBeGreaterThan(1);
    for (const [, , { steps: all, result }] of own) {
      expect(all).toBeUndefined();
      expect(result).toMatch(/^No change is computed/);
    }
  });

  it('is said of what has none', async () => {
    const subjects = data.subjects.map((row) => ({ ...row, itemHash: null }));
    const other = await opened({ ...data, subjects });
    const results = new Set([...fixesIn(other)].map(([, , { result }]) => result));
    expect(results).toContain(
      'No change is computed, because AWS Config has no record of the resource.',
    );
  });
});

describe('the timeline of a finding', () => {
  it('tells each change with its reason, and how it was first', () => {
    const { index, details } = dashboard;
    const waiver = settings.waivers[0];
    const at = index.rules.findIndex(({ id }) => id === waiver?.rule);
    const files = index.accounts.flatMap(({ detail, size }) => (size > 0 ? [detail] : []));
    const pasts = files
      .flatMap((file) => details(file))
      .flatMap(({ findings }) => findings)
      .flatMap(({ rule, past }) => (rule === at && past ? [past] : []));
    expect(pasts.length).toBeGreaterThan(0);
    for (const past of pasts) {
      const message = past[2]?.[1].split(' ')[1];
      expect(past).toEqual([
        ['2026-11-16T12:00:00.000Z', `FAIL ${message}`, 'a waiver began or ended'],
        ['2026-11-09T12:00:00.000Z', `WAIVED ${message}`, 'a waiver began or ended'],
        ['', `FAIL ${message}`, ''],
      ]);
    }
  });

  it('ends where a run before cannot be read', async () => {
    const gone = dataSet.runs[1];
    const runs = dataSet.runs.map((run) =>
      run === gone ? { ...run, rows: () => missing() } : run,
    ) as typeof dataSet.runs;
    const pasts = [];
    for await (const { at } of (await runDataOf({ ...dataSet, runs }, last)).past()) pasts.push(at);
    expect(pasts).toEqual(['2026-11-16T12:00:00.000Z']);
  });
});

// biome-ignore lint/correctness/useYield: it is damaged from its first row on.
async function* missing(): AsyncGenerator<never> {
  throw new (await import('../../src/results/index.ts')).DamagedDataSet('the file is missing');
}
