import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { STATES } from '../../src/engine/finding.ts';
import { verifyFiles } from '../../src/evidence/bundle/verify.ts';
import { BundleWriter } from '../../src/evidence/bundle/writer.ts';
import { faultsInContents } from '../../src/evidence/check-contents.ts';
import { type Choice, dossierOf, NoEvidence } from '../../src/evidence/dossier.ts';
import { makeBundle } from '../../src/evidence/export.ts';
import { Redaction } from '../../src/evidence/redact.ts';
import { rejudge } from '../../src/evidence/rejudge.ts';
import type { FullRun } from '../../src/evidence/runs.ts';
import { canonicalJson, type FindingRow, type RuleRun, sha256 } from '../../src/results/index.ts';
import {
  account,
  bucket,
  judged,
  region,
  rules,
  scratch,
  settingsOf,
  snapshot,
  trail,
} from './given.ts';

const { folder, remove } = scratch();
afterAll(remove);

const october = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-15T00:00:00.000Z' };
let made = 0;
async function bundle(runs: readonly FullRun[], choice: Partial<Choice> = {}) {
  const dossier = await dossierOf(runs, { period: october, organization: 'Example', ...choice });
  const place = join(folder, `bundle-${made++}`);
  const writer = await BundleWriter.open(place);
  const result = await makeBundle(dossier, {
    writer,
    signer: null,
    previous: null,
    madeAt: october.to,
  });
  expect((await verifyFiles(place, null)).faults).toEqual([]);
  expect(await faultsInContents(place)).toEqual([]);
  return { place, ...result, text: (file: string) => readFileSync(join(place, file), 'utf8') };
}

/** Snapshots of these days in a folder of their own. */
function days(items: (day: number) => readonly object[], except: readonly number[] = []) {
  const place = join(folder, `source-${made++}`);
  for (let day = 1; day <= 14; day++) if (!except.includes(day)) snapshot(place, day, items(day));
  return place;
}

/** Snapshots of the last two days only, where the days before make no difference. */
const lastDays = (items: readonly object[]) => days(() => items, LAST_TWO);
const LAST_TWO = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** What the table of intervals says of Block Public Access of a bucket, without the hours of the day. */
const standings = (text: (file: string) => string, name = 'data') =>
  text('history/intervals.csv')
    .split('\r\n')
    .map((line) => line.split(','))
    .filter((cells) => cells[4] === name && cells[6] === 's3-block-public-access-bucket')
    .map((cells) => `${cells[7]?.slice(8, 10)}–${cells[8]?.slice(8, 10)} ${cells[10]}`);

describe('evidence over a period', () => {
  it('shows a waiver that was granted and ended as itself, and no failure as fixed', async () => {
    const waivers = [
      {
        ...{
          id: 'w-1',
          rule: 's3-block-public-access-bucket',
          subject: { account },
          owner: 'a@example.com',
          approver: 'b@example.com',
        },
        ...{ reason: 'A move.', created: '2026-10-04', expires: '2026-10-08' },
      },
    ];
    const runs = await judged(
      days(() => [bucket('data', false)]),
      settingsOf({ waivers }),
    );
    const { text, unreconciled } = await bundle(runs);
    expect(standings(text)).toEqual(['01–01 UNKNOWN', '01–04 FAIL', '04–09 WAIVED', '09–15 FAIL']);
    expect(text('history/failures.csv')).toMatch(/unknown,waived\r\n/);
    expect(text('history/failures.csv')).not.toMatch(/,fixed\r\n/);
    expect(text('waivers.csv')).toMatch(
      /w-1,.*a@example.com,b@example.com,A move.,,2026-10-04,2026-10-08,yes,no/,
    );
    expect(unreconciled).toEqual([]);
  });

  it('knows nothing of days without a snapshot', async () => {
    const runs = await judged(days(() => [bucket('data', true)], [6, 7, 8, 9]));
    const { text } = await bundle(runs);
    expect(standings(text)).toEqual(['01–01 UNKNOWN', '01–07 PASS', '07–10 UNKNOWN', '10–15 PASS']);
    expect(text('index.html').replace(/\s+/g, ' ')).toContain(
      'nothing was known of a result is 3 days',
    );
  });

  it('tells a bucket that was deleted while it failed from one that was fixed, also where it was made again', async () => {
    const again = bucket('data', true, {
      resourceCreationTime: '2026-10-09T00:00:00.000Z',
      configurationItemCaptureTime: '2026-10-09T00:00:00.000Z',
    });
    const runs = await judged(
      days((day) => [
        bucket('other', true),
        ...(day < 5 ? [bucket('data', false)] : day < 9 ? [] : [again]),
      ]),
    );
    const { text } = await bundle(runs);
    const ids = new Set(text('results/results.ndjson').match(/"id":"[0-9a-f-]{36}"/g));
    expect(ids.size).toBe(6);
    expect(standings(text)).toEqual([
      '01–01 UNKNOWN',
      '01–05 FAIL',
      '05–15 GONE',
      '01–01 UNKNOWN',
      '01–09 GONE',
      '09–15 PASS',
    ]);
    expect(text('history/failures.csv')).toMatch(
      /,s3-block-public-access-bucket,.*,unknown,deleted\r\n/,
    );
  });

  it('marks what passes by a new release or a relaxed parameter, and calls it no fix', async () => {
    const runs = await judged(
      days((day) => [
        bucket(
          'data',
          day > 6,
          day > 6 ? { configurationItemCaptureTime: '2026-10-07T00:00:00.000Z' } : {},
        ),
      ]),
    );
    const other = runs.map((run, index): FullRun => {
      if (index < 6) return run;
      const changed = run.run.rules.map((rule) => ({ ...rule, codeHash: 'f'.repeat(64) }));
      return {
        ...run,
        run: { ...run.run, rules: changed },
        async *changes() {
          for await (const change of run.changes())
            yield { ...change, cause: 'rule', causes: ['rule'] };
        },
      };
    });
    const { text } = await bundle(other);
    expect(text('history/failures.csv')).toMatch(
      /,s3-block-public-access-bucket,.*,unknown,rule\r\n/,
    );
    expect(text('history/intervals.csv')).toMatch(new RegExp(`PASS,[^,]*,rule,,${'f'.repeat(64)}`));
    expect(text('parameters.csv')).toMatch(/f{64}/);
    expect(text('index.html')).toContain('the code of s3-block-public-access-bucket, s3-');
  });

  it('says on page 1 that an account of the settings was not assessed', async () => {
    const settings = settingsOf({});
    const accounts = { [account]: 'o-a/r-a/ou-a', '444455556666': 'o-a/r-a/ou-b' };
    const runs = await judged(lastDays([bucket('data', true)]), {
      ...settings,
      organization: { ...settings.organization, accounts },
    });
    const { text } = await bundle(runs);
    expect(text('index.html').replace(/\s+/g, ' ')).toContain(
      'This bundle does not add up to the whole',
    );
    expect(text('index.html').replace(/\s+/g, ' ')).toContain('account 444455556666');
    expect(text('population/accounts.csv')).toMatch(/444455556666,.*,no,/);
    expect(text('oscal/assessment-results.json')).not.toContain('"state":"satisfied"');
  });

  it('lists no result under a requirement that its own sentence denies', async () => {
    const rule = { id: 'days', prefix: '', status: 'Enabled', expirationInDays: 430 };
    const lifecycle = { BucketLifecycleConfiguration: { rules: [rule] } };
    const items = [bucket('logs', true, {}, lifecycle), trail('logs')];
    const lax = {
      requireVersioning: false,
      requireDeletionProtection: false,
      minimumDaysAfterDeletion: 0,
    };
    const settings = settingsOf({ rules: { 's3-log-retention': lax } });
    const { place, text } = await bundle(await judged(lastDays(items), settings));
    expect(text('results/s3-log-retention.csv')).toMatch(/,logs,.*,PASS,.*430 days/);
    expect(existsSync(join(place, 'requirements/hipaa/164.316.b.2.i'))).toBe(false);
    for (const line of text('results/s3-log-retention.csv').split('\r\n'))
      expect(line).not.toContain('164.316(b)(2)(i)');
  });

  it('is narrowed to a requirement, and says what there is instead of what there is not', async () => {
    const runs = await judged(lastDays([bucket('data', true)]));
    const { place, text } = await bundle(runs, { requirement: 'hipaa 164.312(e)(1)' });
    expect(existsSync(join(place, 'requirements/hipaa/164.312.e.1/index.html'))).toBe(true);
    expect(text('results/results.ndjson')).not.toContain('s3-block-public-access-bucket');
    await expect(bundle(runs, { requirement: 'hipaa 1' })).rejects.toThrow(NoEvidence);
    await expect(bundle(runs, { framework: 'pci' })).rejects.toThrow(/There are gdpr, hipaa/);
    const early = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };
    await expect(bundle(runs, { period: early })).rejects.toThrow(/The runs are from 2026-10-13/);
  });

  it('gives the same bytes again, and the same results from its own records', async () => {
    const runs = await judged(lastDays([bucket('data', false), bucket('=cmd', true)]));
    const [one, other] = [await bundle(runs), await bundle(runs)];
    expect(one.manifestSha256).toBe(other.manifestSha256);
    expect(await rejudge(one.place, rules)).toMatchObject({
      compared: 6,
      differences: [],
      otherFiles: [],
      otherRules: [],
    });
  });

  /** The same runs as an insider would like them, whose bundle is then signed with the right key. */
  const forged = async (runs: readonly FullRun[], change: (run: FullRun) => Partial<FullRun>) => {
    const { place } = await bundle(runs.map((run) => ({ ...run, ...change(run) })));
    return rejudge(place, rules);
  };
  const without = (run: FullRun, isGone: (row: FindingRow) => boolean): Partial<FullRun> => ({
    async *findings() {
      for await (const row of run.findings()) if (!isGone(row)) yield row;
    },
  });
  /** Counts that fit: an insider changes them as well. */
  const counting = (run: FullRun, change: (rule: RuleRun) => RuleRun[]) => {
    const changed = run.run.rules.flatMap(change);
    const states = { ...run.run.states };
    for (const state of STATES)
      states[state] = changed.reduce((sum, rule) => sum + rule.states[state], 0);
    return { run: { ...run.run, rules: changed, states } };
  };

  it('betrays an insider who changes a result and signs again', async () => {
    const runs = await judged(lastDays([bucket('data', false)]));
    const { differences } = await forged(runs, (run) => ({
      ...counting(run, (rule) => [
        { ...rule, states: { ...rule.states, PASS: rule.states.PASS + rule.states.FAIL, FAIL: 0 } },
      ]),
      async *findings() {
        for await (const row of run.findings())
          yield row.state === 'FAIL' ? { ...row, state: 'PASS', verdict: 'COMPLIANT' } : row;
      },
    }));
    expect(differences.map(({ rule }) => rule)).toEqual([
      's3-block-public-access-bucket',
      's3-tls-only',
    ]);
    expect(differences[0]?.what).toContain('state: "PASS" → "FAIL"');
  });

  it('betrays an insider who leaves out the first failures, or a whole rule', async () => {
    const runs = await judged(lastDays([bucket('a', false), bucket('b', true)]));
    const isFirst = ({ rule, subject }: FindingRow) =>
      rule === 's3-block-public-access-bucket' && subject.name === 'a';
    const first = await forged(runs, (run) => ({
      ...without(run, isFirst),
      ...counting(run, (rule) =>
        rule.rule === 's3-block-public-access-bucket'
          ? [{ ...rule, subjects: 1, states: { ...rule.states, FAIL: 0 } }]
          : [rule],
      ),
    }));
    expect(first.differences).toMatchObject([{ what: 'the bundle does not have it' }]);
    const rule = await forged(runs, (run) => ({
      ...without(run, (row) => row.rule === 's3-tls-only'),
      ...counting(run, (each) => (each.rule === 's3-tls-only' ? [] : [each])),
    }));
    expect(rule.differences.map((each) => each.rule)).toEqual(['s3-tls-only', 's3-tls-only']);
  });

  it('tells rules that the run says it left out from those that were taken out of it', async () => {
    const leftOut = ['s3-tls-only'];
    const runs = await judged(lastDays([bucket('data', false)]));
    const gone = (run: FullRun) => ({
      ...without(run, (row) => row.rule === 's3-tls-only'),
      ...counting(run, (each) => (each.rule === 's3-tls-only' ? [] : [each])),
    });
    const honest = await forged(runs, (run) => {
      const less = gone(run);
      return { ...less, run: { ...less.run, leftOut } };
    });
    expect(honest).toMatchObject({ compared: 2, differences: [], leftOut, notRun: [] });
    expect(await forged(runs, gone)).toMatchObject({
      ...{ leftOut: [], notRun: leftOut, isOtherRelease: false },
      differences: [{ rule: 's3-tls-only' }],
    });
    const closing = gone(runs.at(-1) as FullRun);
    const page = await bundle([
      { ...(runs.at(-1) as FullRun), ...closing, run: { ...closing.run, leftOut } },
    ]);
    expect(page.text('index.html')).toMatch(/left out of the last run on purpose[^<]*s3-tls-only/);
  });

  it('compares every key of a result, also those that it does not know', async () => {
    const runs = await judged(lastDays([bucket('data', false)]));
    const { differences } = await forged(runs, (run) => ({
      async *findings() {
        for await (const row of run.findings())
          yield { ...row, reviewedBy: 'an auditor' } as FindingRow;
      },
    }));
    expect(differences).toHaveLength(3);
    expect(differences[0]?.what).toBe('reviewedBy: "an auditor" → none');
  });

  it('betrays an insider who says that AWS Config judged what the records decide', async () => {
    const runs = await judged(lastDays([bucket('data', false)]));
    const judgedBy = 'aws-config';
    const { differences, judgedElsewhere } = await forged(runs, (run) => ({
      ...counting(run, (rule) => [
        rule.rule === 's3-tls-only'
          ? { ...rule, judgedBy, states: { ...rule.states, PASS: rule.states.FAIL, FAIL: 0 } }
          : rule,
      ]),
      async *findings() {
        for await (const row of run.findings())
          yield row.rule === 's3-tls-only'
            ? { ...row, state: 'PASS', verdict: 'COMPLIANT', judgedBy }
            : row;
      },
    }));
    expect(differences.map(({ rule }) => rule)).toEqual(['s3-tls-only']);
    expect(differences[0]?.what).toContain('judgedBy: "aws-config" → none');
    expect(judgedElsewhere).toEqual([]);
  });

  it('names results of AWS Config instead of calling them forged', async () => {
    const runs = await judged(lastDays([bucket('data', false)]));
    const [rule, judgedBy] = ['s3-sse-c-blocked', 'aws-config'] as const;
    const added = await forged(runs, (run) => ({
      ...counting(run, (each) =>
        each.rule === 's3-tls-only' ? [{ ...each, rule, judgedBy, unreported: 3 }, each] : [each],
      ),
      async *findings() {
        for await (const row of run.findings()) {
          if (row.rule === 's3-tls-only') yield { ...row, rule, judgedBy, itemHash: null };
          yield row;
        }
      },
    }));
    expect(added).toMatchObject({ differences: [], judgedElsewhere: [rule] });
  });

  it.each([
    ['requirements/hipaa/164.312.e.1/index.html', 'fails', 'passes'],
    ['waivers.csv', '2026-12-08', '2027-12-08'],
    ['parameters.csv', 'true', 'false'],
    ['inputs.csv', 'snapshot', 'history'],
  ])('betrays %s that shows something else', async (path, is, becomes) => {
    const waiver = {
      ...{ id: 'w-1', rule: 's3-tls-only', subject: { account: '444455556666' }, owner: 'a' },
      ...{ approver: 'b', reason: 'A move.', created: '2026-10-01', expires: '2026-12-08' },
    };
    const runs = await judged(lastDays([bucket('data', false)]), settingsOf({ waivers: [waiver] }));
    const dossier = await dossierOf(runs, { period: october, organization: 'Example' });
    const place = join(folder, `page-${made++}`);
    const writer = await BundleWriter.open(place);
    const add = writer.add.bind(writer);
    writer.add = (name, content) =>
      add(name, name === path ? content.replace(is, becomes) : content);
    await makeBundle(dossier, { writer, signer: null, previous: null, madeAt: october.to });
    expect(readFileSync(join(place, path), 'utf8')).toContain(becomes);
    expect((await verifyFiles(place, null)).faults).toEqual([]);
    expect(await rejudge(place, rules)).toMatchObject({ differences: [], otherFiles: [path] });
  });

  it('finds the results of a resource again that was deleted within the period', async () => {
    const deleted = bucket('data', false, {
      configurationItemStatus: 'ResourceDeleted',
      configurationItemCaptureTime: '2026-10-13T20:00:00.000Z',
      resourceCreationTime: null,
      ...{ configuration: null, supplementaryConfiguration: {} },
    });
    const runs = await judged(
      days((day) => [day < 14 ? bucket('data', false) : deleted, bucket('other', true)], LAST_TWO),
    );
    const { place, text } = await bundle(runs);
    expect(text('results/results.ndjson')).toContain('resourceDeleted');
    expect(await rejudge(place, rules)).toMatchObject({ differences: [], otherFiles: [] });
  });

  it('lets a waiver end on its day, and another go on, before anybody looks again', async () => {
    const waiver = (id: string, name: string, created: string, expires: string) => ({
      ...{ id, rule: 's3-block-public-access-bucket', subject: { arn: `arn:aws:s3:::${name}` } },
      ...{ owner: 'a', approver: 'b', reason: 'A move.', created, expires },
    });
    const waivers = [
      waiver('short', 'data', '2026-10-01', '2026-10-13'),
      waiver('first', 'other', '2026-10-01', '2026-10-13'),
      waiver('second', 'other', '2026-10-14', '2026-10-30'),
    ];
    const source = days(() => [bucket('data', false), bucket('other', false)], [...LAST_TWO, 14]);
    const { text } = await bundle(await judged(source, settingsOf({ waivers })));
    expect(standings(text, 'data').slice(-2)).toEqual(['13–14 WAIVED', '14–15 FAIL']);
    expect(standings(text, 'other').slice(-2)).toEqual(['13–14 WAIVED', '14–15 WAIVED']);
    expect(text('history/failures.csv')).toMatch(/,2026-10-14T00:00:00.000Z,/);
  });

  it('calls nothing deleted that could not be read', async () => {
    const source = lastDays([bucket('data', false), bucket('lost', false)]);
    const [last = ''] = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('-14.json'),
    );
    const whole = readFileSync(join(source, last), 'utf8');
    writeFileSync(join(source, last), whole.slice(0, whole.indexOf('"lost"')));
    const { text } = await bundle(await judged(source));
    expect(standings(text, 'lost').at(-1)).toMatch(/UNKNOWN$/);
    expect(text('history/failures.csv')).not.toMatch(/,deleted\r\n/);
    expect(text('population/regions.csv')).toMatch(/,partly,A part of what AWS Config delivered/);
  });

  it('says that nothing is known of the time long after the last run', async () => {
    const runs = await judged(lastDays([bucket('data', true)]));
    const late = { from: october.from, to: '2026-10-20T00:00:00.000Z' };
    const { unreconciled, text } = await bundle(runs, { period: late });
    const said = 'At the end of the period nothing is known of 3 results';
    expect(unreconciled.join()).toContain(said);
    expect(text('index.html').replace(/\s+/g, ' ')).toContain(said);
  });

  it('keeps waivers that were removed before the last run, and says what was not read', async () => {
    const place = days(() => [bucket('data', false)]);
    const waiver = {
      ...{ id: 'w-1', rule: 's3-tls-only', subject: { account }, owner: 'a@example.com' },
      ...{
        approver: 'b@example.com',
        reason: 'A move.',
        created: '2026-10-01',
        expires: '2026-12-08',
      },
    };
    const runs = await judged(place, settingsOf({ waivers: [waiver] }));
    const last = runs.at(-1) as FullRun;
    const { settings } = await last.settings();
    const bare = canonicalJson({ ...JSON.parse(settings), waivers: [] });
    const changed: FullRun = {
      ...last,
      run: { ...last.run, problems: [{ kind: 'file', message: 'x.json is cut.' }] },
      settings: async () => ({ runId: last.run.runId, settings: bare, sha256: sha256(bare) }),
    };
    const { text, unreconciled } = await bundle([
      ...runs.slice(0, 5),
      ...runs.slice(6, -1),
      changed,
    ]);
    expect(text('waivers.csv')).toMatch(/w-1,.*,yes,no\r\n/);
    expect(unreconciled).toEqual([
      'x.json is cut.',
      expect.stringMatching(/^The run 20261007T060000Z-.* was compared with 20261006T060000Z-/),
    ]);
    expect(text('index.html')).toContain('x.json is cut.');
  });

  it('names nobody when it is redacted, and still adds up', async () => {
    const runs = await judged(
      days((day) => [
        bucket(
          'data',
          day > 6,
          day > 6 ? { configurationItemCaptureTime: '2026-10-07T00:00:00.000Z' } : {},
        ),
        bucket('secret', false),
      ]),
      settingsOf({
        waivers: [
          {
            ...{ id: 'w-1', rule: 's3-tls-only', subject: { account }, owner: 'Olga Owner' },
            ...{ approver: 'Ann Approver', reason: 'Secret reason.' },
            ...{ created: '2026-10-01', expires: '2026-12-08' },
          },
        ],
      }),
    );
    const redaction = new Redaction(Buffer.alloc(32, 7));
    const { place, unreconciled } = await bundle(runs, { redaction });
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const all = files
      .map((each) => readFileSync(join(each.parentPath, each.name), 'utf8'))
      .join('\n');
    for (const name of [
      account,
      'secret',
      'arn:aws:s3:::data',
      'Olga Owner',
      'Ann Approver',
      'Secret reason',
    ])
      expect(all).not.toContain(name);
    expect(all).toContain(region);
    expect(unreconciled).toEqual([]);
    // The order of rows tells nothing of the names, either.
    for (const [file, column] of [
      ['results/s3-tls-only.csv', 3],
      ['history/intervals.csv', 4],
    ] as const) {
      const lines = readFileSync(join(place, file), 'utf8').split('\r\n').slice(1, -1);
      const ids = lines.map((line) => line.split(',')[column] ?? '');
      expect(new Set(ids).size).toBeGreaterThan(1);
      expect(ids).toEqual(ids.toSorted());
    }
    await expect(rejudge(place, rules)).rejects.toThrow(/redacted bundle/);
  });
});
