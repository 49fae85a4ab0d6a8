import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { Index } from '../../dashboard/data/shape.ts';
import { JUDGE, lambdaBundle } from '../../src/generate/bundle.ts';
import { OF_THE_PAST, openDataSet, type Run } from '../../src/results/index.ts';
import type { FindingRow } from '../../src/results/rows.ts';
import type { TableName, Tables } from '../../src/results/tables.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { run } from '../cli/run.ts';
import { ServiceError } from '../contract-server/faults.ts';
import type { Objects } from '../contract-server/objects.ts';
import { DELIVERY, filesIn, linesOf, startJudge, written } from './organization.ts';

const EXAMPLE = 'examples/organization';
const SETTINGS = 'examples/settings.yaml';
const settings = await loadSettings(SETTINGS);
/** Enough for what is not about the rules. */
const few = { settings, folder: EXAMPLE, rules: ['s3-tls-only'] };
const [FIRST, SECOND] = ['2026-11-01T12:00:00.000Z', '2026-11-02T12:00:00.000Z'];

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'organization-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What the command line makes of copies of the bucket, each as it was on the day of the run. */
async function evaluated(example: string, ...times: readonly string[]): Promise<string> {
  const folder = folderOfTest();
  const results = join(folder, 'results');
  for (const now of times) {
    const bucket = join(folder, now, DELIVERY);
    const day = now.slice(0, 10).replaceAll('-', '');
    const filter = (path: string) => (/_(\d{8})T\d{6}Z_/.exec(path)?.[1] ?? '') <= day;
    cpSync(join(example, 'AWSLogs'), join(bucket, 'AWSLogs'), { recursive: true, filter });
    const options = ['--settings', SETTINGS, '--now', now, '--fail-on', 'never'];
    await run(['evaluate', bucket, ...options, '--output-dir', results]);
  }
  return results;
}

const unpacked = (bytes: Uint8Array | undefined) => gunzipSync(bytes ?? Buffer.of()).toString();

/** The run that the page shows. */
function shownBy(data: Objects): Index {
  const index = JSON.parse(unpacked(data.get('dashboard/data/index.json.gz'))) as Index;
  const page = ['index.html', 'page.js', 'style.css', 'please/index.html', 'please/page.js'];
  const missing = [...page, `data/${index.folder}/subjects.json.gz`];
  for (const name of missing) expect(data.has(`dashboard/${name}`), name).toBe(true);
  return index;
}

/** The runs that a reader of the bucket sees. */
const runsIn = async (data: Objects) => openDataSet(written(data, 'results/', folderOfTest()));

async function rowsOf<T extends TableName>(run: Run | undefined, table: T): Promise<Tables[T][]> {
  const rows: Tables[T][] = [];
  for await (const row of run?.rows(table) ?? []) rows.push(row);
  return rows;
}

const keyOf = (objects: Objects, part: RegExp) =>
  [...objects.keys()].find((key) => part.test(key)) ?? '';

it('leaves room in a template, where it stands in a third of its size', async () => {
  const code = await lambdaBundle(settings, JUDGE);
  expect(code.length).toBeLessThan(1_000_000);
});

it('gives on two days the bytes that evaluate gives of a copy of the bucket', async () => {
  const pageSizes = { ListObjectsV2: 2 };
  const folder = folderOfTest();
  for (const account of ['111122223333', '210987654321'])
    cpSync(join(EXAMPLE, 'AWSLogs', account), join(folder, 'AWSLogs', account), {
      recursive: true,
    });
  const judge = await startJudge({ settings, folder, prefix: 'config/', pageSizes });
  const { runId: first } = await judge.judge(FIRST);
  const { runId: second } = await judge.judge(SECOND);
  const ours = written(judge.data, 'results/', folderOfTest());
  const theirs = await evaluated(folder, FIRST, SECOND);
  expect(filesIn(ours)).toEqual(filesIn(theirs));
  for (const name of filesIn(ours)) {
    const [one, other] = [ours, theirs].map((folder) => readFileSync(join(folder, name)));
    expect(unpacked(one), name).toBe(unpacked(other));
  }
  expect(shownBy(judge.data)).toMatchObject({ title: 'Example Health', run: { id: second } });
  const { runs } = await openDataSet(ours);
  expect(runs.map(({ row }) => [row.runId, row.previousRun])).toEqual([
    [first, null],
    [second, first],
  ]);
  const causes = (await rowsOf(runs[1], 'changes')).map(({ cause }) => cause);
  expect(new Set(causes)).toContain('resource');
});

it('names what is missing, damaged, foreign or refused, and passes none of it', async () => {
  const lost = '999988887777';
  const accounts = [lost, '111122223333'];
  const judge = await startJudge({ ...few, accounts });
  const { delivery, server } = judge;
  for (const key of delivery.keys()) {
    // Only what AWS Config delivered a month earlier.
    if (key.includes('/444455556666/Config/us-east-1/2026/11/')) delivery.delete(key);
    if (key.includes('/444455556666/Config/us-east-1/2026/10/')) delivery.delete(key);
  }
  const damaged = keyOf(delivery, /123456789012\/Config\/eu-central-1\/2026\/11\/2\//);
  delivery.set(damaged, (delivery.get(damaged) ?? Buffer.of()).subarray(0, 900));
  const own = 'AWSLogs/210987654321/Config/eu-central-1/2026/11/2/ConfigSnapshot/';
  const forged = '111122223333_Config_eu-central-1_ConfigSnapshot_20261102T110000Z_a.json.gz';
  delivery.set(`${own}${forged}`, Buffer.from('{"configurationItems": []}'));
  delivery.set(`${own}../../../../../../../x.json`, Buffer.from('[]'));
  server.fail('GetObject', { name: 'AccessDenied', status: 403 });
  await judge.judge(SECOND);
  const { runs } = await runsIn(judge.data);
  const row = runs[0]?.row;
  const told = row?.problems.map(({ message }) => message).join('\n') ?? '';
  const [, account, region] =
    /^AWSLogs\/(\d+)\/Config\/([^/]+)\/.* could not be read: AccessDenied\.$/m.exec(told) ?? [];
  // Which file is refused is chance. An account of which nothing else is there is missing as a whole.
  const missing = (id = '', place = '') =>
    new RegExp(`^Account ${id}(, ${place}| \\([^)]*\\)) is not assessed: No snapshot\\.$`, 'm');
  expect(told).toMatch(missing(account, region));
  expect(told).toMatch(/^AWSLogs\/123456789012\/.*20261102.*: /m);
  expect(told).toContain(`Account ${lost} (organizations) is not assessed: No snapshot.`);
  expect(told).toMatch(missing('444455556666', 'us-east-1'));
  expect(told).toContain(
    `does not name the files of account 210987654321 in eu-central-1 so: ${forged}`,
  );
  const places = await rowsOf(runs[0], 'regions');
  const whole = places.filter(({ assessed }) => assessed === 'yes');
  const names = whole.map(({ account, region }) => `${account} ${region}`);
  for (const place of [
    `${account} ${region}`,
    '123456789012 eu-central-1',
    '444455556666 us-east-1',
  ])
    expect(names).not.toContain(place);
  expect(shownBy(judge.data).problems.join('\n')).toContain(lost);
});

it('leaves the run before whole when it is cut, at whatever object', async () => {
  const judge = await startJudge(few);
  const { runId: first } = await judge.judge(FIRST);
  const before = new Map(judge.data);
  const denied = { name: 'AccessDenied', status: 403 };
  await judge.judge(SECOND);
  const added =
    judge.server.calls.filter(({ operation }) => operation === 'PutObject').length - before.size;
  for (const place of [5, added - 2]) {
    judge.data.clear();
    for (const [key, body] of before) judge.data.set(key, body);
    let puts = 0;
    const { set } = Map.prototype;
    judge.data.set = function refuse(key, body) {
      if (puts++ >= place) throw new ServiceError(denied.name, 'Access Denied', denied.status);
      return set.call(this, key, body) as Objects;
    };
    await expect(judge.judge(SECOND)).rejects.toThrow('Access Denied');
    judge.data.set = set;
    const { runs, damage } = await runsIn(judge.data);
    expect(damage).toEqual([]);
    expect(runs[0]?.row.runId).toBe(first);
    if (place < 9) expect(runs).toHaveLength(1);
    expect(shownBy(judge.data).run.id).toBe(first);
  }
});

it.each([
  ['there is nothing', {}, /^There is nothing to judge in s3:\/\/config-delivery\/AWSLogs\/\.$/],
  ['there is more than fits', { capacity: 10_000 }, /more than the 10000 that fit here/],
  ['a unit cannot be read', { accounts: ['1'] }, /could not be listed/],
])('writes nothing when %s', async (what, around, problem) => {
  const judge = await startJudge({ ...few, ...around });
  if (what === 'there is nothing') judge.delivery.clear();
  if (what === 'a unit cannot be read') {
    judge.server.fail('ListAccountsForParent', { name: 'AccessDeniedException', status: 400 });
  }
  await expect(judge.judge(SECOND)).rejects.toThrow(problem);
  expect(judge.data.size).toBe(0);
});

it('passes over a run before it that cannot be read, and says so', async () => {
  const judge = await startJudge(few);
  const { runId: first } = await judge.judge('2026-10-31T12:00:00.000Z');
  const { runId: second } = await judge.judge(FIRST);
  judge.data.delete(keyOf(judge.data, new RegExp(`results/findings/.*${second}`)));
  await judge.judge(SECOND);
  const { row } = (await runsIn(judge.data)).runs.at(-1) ?? {};
  expect(row?.previousRun).toBe(first);
  expect(row?.problems[0]?.message).toBe(
    `The run ${second} was passed over, because it cannot be read: NoSuchKey.`,
  );
});

it('does not take what is old, or from the time after the run, for the state of today', async () => {
  const judge = await startJudge(few);
  // On the first day of a month, before the snapshot of that day.
  await judge.judge('2026-11-01T03:00:00.000Z');
  const { runs } = await runsIn(judge.data);
  const inputs = runs[0]?.row.inputs.map(({ deliveredAt }) => deliveredAt);
  expect(new Set(inputs)).toEqual(new Set(['2026-10-31T06:05:12.000Z']));
  await expect(judge.judge('2027-02-01T12:00:00.000Z')).rejects.toThrow(/nothing to judge/);
  await judge.judge('2026-11-20T12:00:00.000Z');
  const [, later] = (await runsIn(judge.data)).runs;
  expect(later?.row.problems[0]?.message).toMatch(/newest snapshot is 18 days old, more than 48/);
});

it('names where AWS Config holds another result, and judges only the rules of the deployment', async () => {
  const rules = ['s3-tls-only', 's3-versioning-with-lifecycle', 's3-acl-disabled'];
  const first = await startJudge({ settings, folder: EXAMPLE, rules });
  await first.judge(SECOND);
  const [judged] = (await runsIn(first.data)).runs;
  expect(judged?.row.rules.map(({ rule }) => rule)).toEqual(rules.slice(0, 2));
  const findings = await rowsOf(judged, 'findings');
  const by = new Map<string, FindingRow[]>();
  for (const each of findings)
    by.set(each.subject.arn, [...(by.get(each.subject.arn) ?? []), each]);
  const reported = [...by.values()].map((own) => rowOfConfig(own, (each) => each.verdictForConfig));
  const same = await startJudge({ settings, folder: EXAMPLE, rules, reported });
  await same.judge(SECOND);
  const told = async (data: Objects) =>
    (await runsIn(data)).runs[0]?.row.problems.filter(({ kind }) => kind === 'difference') ?? [];
  expect(await told(same.data)).toEqual([]);
  const old = findings.filter(({ state, rule, capturedAt }) => {
    return state === 'FAIL' && rule === 's3-tls-only' && (capturedAt ?? '') < FIRST;
  });
  expect(old.length).toBeGreaterThan(1);
  const others = [...by.values()].map((own) =>
    rowOfConfig(own, (each) => (old.includes(each) ? 'COMPLIANT' : each.verdictForConfig)),
  );
  const pageSizes = { SelectAggregateResourceConfig: 3 };
  const differing = await startJudge({
    settings,
    folder: EXAMPLE,
    rules,
    reported: others,
    pageSizes,
  });
  await differing.judge(SECOND);
  const [difference, ...more] = await told(differing.data);
  expect(difference?.message).toContain(
    `s3-tls-only: AWS Config holds COMPLIANT, this run NON_COMPLIANT, of ${old.length} resources: `,
  );
  expect(more).toEqual([]);
  differing.server.fail('SelectAggregateResourceConfig', 'AccessDeniedException');
  await differing.judge('2026-11-02T13:00:00.000Z');
  const [, unread] = (await runsIn(differing.data)).runs;
  expect(unread?.row.problems.map(({ message }) => message)).toContain(
    'The results of AWS Config were not compared with this run, nor taken over: AccessDeniedException.',
  );
});

/** As the aggregator tells of results on one resource: without those that are NOT_APPLICABLE. */
function rowOfConfig(findings: readonly FindingRow[], verdict: (finding: FindingRow) => string) {
  const [{ subject } = { subject: null }] = findings;
  const region = subject?.region === 'global' ? 'eu-central-1' : subject?.region;
  const configRuleList = findings
    .map((each) => ({
      configRuleName: `${each.rule}-conformance-pack-ab12cd34e`,
      complianceType: verdict(each),
    }))
    .filter(({ complianceType }) => complianceType !== 'NOT_APPLICABLE');
  const configuration = {
    targetResourceType: subject?.type,
    targetResourceId: subject?.id,
    configRuleList,
  };
  return { accountId: subject?.account, awsRegion: region, configuration };
}

it('takes over results of rules that ask services, and writes differences as rows', async () => {
  const rules = [
    's3-tls-only',
    's3-acl-disabled',
    's3-sse-c-blocked',
    's3-block-public-access-account',
  ];
  const [ACCOUNT, REGION] = ['444455556666', 'eu-central-1'];
  const first = await startJudge({ settings, folder: EXAMPLE, rules });
  await first.judge(SECOND);
  const [alone] = (await runsIn(first.data)).runs;
  const findings = (await rowsOf(alone, 'findings')).filter(
    ({ subject, state }) =>
      subject.account === ACCOUNT && subject.region === REGION && state !== 'NOT_APPLICABLE',
  );
  const [one, two] = findings.map(({ subject }) => subject);
  const three = findings.slice(2).find(({ state }) => state === 'FAIL')?.subject;
  const event = (
    rule: string,
    subject: typeof one,
    complianceType: string,
    annotation: string,
    account = ACCOUNT,
  ) => ({
    ...{
      source: 'aws.config',
      account,
      region: REGION,
      'detail-type': 'Config Rules Compliance Change',
    },
    detail: {
      ...{
        awsAccountId: ACCOUNT,
        awsRegion: REGION,
        configRuleName: `${rule}-conformance-pack-ab12cd34e`,
      },
      ...{ resourceType: subject?.type, resourceId: subject?.id },
      newEvaluationResult: {
        complianceType,
        annotation,
        resultRecordedTime: '2026-10-20T10:00:00.000Z',
      },
    },
  });
  const reported = findings.map((each) => ({
    ...rowOfConfig([each], ({ verdictForConfig }) =>
      each.subject === three ? 'COMPLIANT' : verdictForConfig,
    ),
    configurationItemCaptureTime: '2026-10-20T10:00:05.000Z',
  }));
  for (const row of reported)
    if (row.configuration.targetResourceId === one?.id)
      row.configuration.configRuleList.push({
        configRuleName: 's3-acl-disabled-conformance-pack-ab12cd34e',
        complianceType: 'COMPLIANT',
      });
  const events = {
    '2026/10/20': [
      event('s3-acl-disabled', one, 'COMPLIANT', 'disabled: ACLs are off.'),
      event('s3-acl-disabled', two, 'NOT_APPLICABLE', 'resourceOutOfScope: Not for this one.'),
      event('s3-sse-c-blocked', one, 'COMPLIANT', 'forged: By another account.', '999988887777'),
      'no JSON',
    ],
  };
  const covered = (state: string, reason: string | null) => [
    { account: ACCOUNT, region: REGION, coverage: state, reason },
  ];
  const coverage = { '2026/11/01': covered('current', null) };
  const judge = await startJudge({ settings, folder: EXAMPLE, rules, reported, events, coverage });
  await judge.judge(FIRST);
  await judge.judge(SECOND);
  const { runs, damage } = await runsIn(judge.data);
  expect(damage).toEqual([]);
  for (const run of runs) {
    const all = await rowsOf(run, 'findings');
    const held = all.filter(({ judgedBy }) => judgedBy !== undefined);
    expect(
      held.map(({ subject, rule, state, observedAt, itemHash }) => [
        subject.id,
        rule,
        state,
        observedAt,
        itemHash,
      ]),
    ).toEqual(
      [[one, 'PASS'] as const, [two, 'NOT_APPLICABLE'] as const]
        .map(([subject, state]) => [
          subject?.id,
          's3-acl-disabled',
          state,
          '2026-10-20T10:00:00.000Z',
          null,
        ])
        .sort(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    );
    const { row } = run;
    expect(row.findings).toBe(all.length);
    expect(row.rules.filter(({ judgedBy }) => judgedBy).map(({ rule }) => rule)).toEqual([
      's3-acl-disabled',
      's3-block-public-access-account',
      's3-sse-c-blocked',
    ]);
    const differing = await rowsOf(run, 'differences');
    const ofThree = differing.filter(({ subject }) => subject.id === three?.id);
    const [theirs, recordedAt] = ['COMPLIANT', '2026-10-20T10:00:05.000Z'];
    const expected = [{ rule: 's3-tls-only', reason: 'record', theirs, recordedAt }];
    if (run === runs.at(-1)) expect(ofThree).toMatchObject(expected);
    expect(row.rows.differences).toBe(differing.length);
    const place = (await rowsOf(run, 'regions')).find(
      ({ account, region }) => account === ACCOUNT && region === REGION,
    );
    expect(place).toMatchObject({
      assessed: 'partly',
      reason: 'AWS Config holds no result of s3-block-public-access-account and s3-sse-c-blocked.',
    });
  }
  const told = runs.map(({ row }) => row.problems.map(({ message }) => message).join());
  expect(told[0]).toContain('this many lines are not its events: 2.');
  // Later runs take the results over, and read only the days since then.
  expect(told[1]).not.toContain('not its events');
  judge.history.delete('events/2026/10/20/s3-config-rules-1.gz');
  judge.history.set('events/2026/11/01/cut.gz', gzipSync('{"cut').subarray(0, 9));
  await judge.judge('2026-11-02T13:00:00.000Z');
  const lastRun = async () => (await runsIn(judge.data)).runs.at(-1);
  const heldLast = async () =>
    (await rowsOf(await lastRun(), 'findings'))
      .filter(({ judgedBy }) => judgedBy !== undefined)
      .map(({ state }) => state)
      .sort();
  expect(await heldLast()).toEqual(['NOT_APPLICABLE', 'PASS']);
  // Nothing is taken from where the rules are of before, and the place says why.
  const rewrite = (lines: readonly object[]) =>
    judge.history.set('coverage/2026/11/02.ndjson', Buffer.from(linesOf(lines)));
  rewrite(covered('outdated', 'x'));
  await judge.judge('2026-11-02T14:00:00.000Z');
  expect(await heldLast()).toEqual([]);
  const past = await rowsOf(await lastRun(), 'regions');
  expect(past.find((each) => each.account === ACCOUNT && each.region === REGION)).toMatchObject({
    ...{ assessed: 'partly', reason: OF_THE_PAST },
  });
  const differing = await rowsOf(await lastRun(), 'differences');
  expect(differing.find(({ subject }) => subject.id === three?.id)).toMatchObject({
    ...{ rule: 's3-tls-only', reason: 'release' },
  });
  // When it is current again, what was not taken is read again.
  rewrite(covered('current', null));
  judge.history.set(
    'events/2026/10/20/s3-config-rules-1.gz',
    gzipSync(linesOf(events['2026/10/20'])),
  );
  await judge.judge('2026-11-02T15:00:00.000Z');
  expect(await heldLast()).toEqual(['NOT_APPLICABLE', 'PASS']);
  // Without a row of coverage for it a place is not known to be current.
  rewrite([]);
  await judge.judge('2026-11-02T16:00:00.000Z');
  expect(await heldLast()).toEqual([]);
});
