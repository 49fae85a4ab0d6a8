import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oldAnswers } from '../../src/results/population/old-answers.ts';
import { fileInputs } from '../../src/results/run/inputs.ts';
import { run } from '../cli/run.ts';
import { bucketItem } from '../contract-server/items.ts';
import { bucketIn, filesIn, put, putSnapshot, rowsOf, temporaryFolder } from './organization.ts';

const [ONE, TWO, THREE] = ['111122223333', '444455556666', '777788889999'] as const;
const [EU, US] = ['eu-central-1', 'us-east-1'] as const;
const NOW = '2026-03-02T12:00:00Z';
const AT = '2026-03-02T06:00:00Z';
const path = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/';

/** Settings that list these accounts. */
const listing = (accounts: readonly string[], population = '') =>
  `organization:\n  accounts:\n${accounts.map((id) => `    "${id}": ${path}\n`).join('')}${population}`;

const answer = (account: string, region: string, operation: string, output: object) =>
  JSON.stringify({ account, region, operation, input: {}, output });
const recorder = (account: string, region: string, recordingGroup: object, recording = true) =>
  [
    answer(account, region, 'DescribeConfigurationRecorders', {
      ConfigurationRecorders: [{ name: 'default', recordingGroup }],
    }),
    answer(account, region, 'DescribeConfigurationRecorderStatus', {
      ConfigurationRecordersStatus: [{ name: 'default', recording, lastStatus: 'SUCCESS' }],
    }),
  ].join('\n');
const RECORDS_ALL = { allSupported: true };
const RECORDS_TRAILS = { allSupported: false, resourceTypes: ['AWS::CloudTrail::Trail'] };

interface Place {
  readonly account: string;
  readonly region: string;
  readonly at?: string;
  readonly items?: readonly ReturnType<typeof bucketItem>[];
}
const place = (account: string, region: string, more: Partial<Place> = {}): Place => ({
  ...{ account, region, ...more },
});

async function evaluate(
  places: readonly Place[],
  settings = '',
  answers: readonly string[] = [],
  more: readonly string[] = [],
) {
  const folder = temporaryFolder();
  const source = join(folder, 'in');
  for (const { account, region, at = AT, items } of places) {
    putSnapshot(source, at, items ?? [bucketIn(`b-${account}-${region}`, account, region)], [
      account,
      region,
    ]);
  }
  if (answers.length > 0) put(source, 'answers.ndjson', `${answers.join('\n')}\n`);
  const file = settings === '' ? [] : ['--settings', put(folder, 'settings.yaml', settings)];
  const target = join(folder, 'out');
  const ran = await run([
    ...['evaluate', source, '--rules', 's3-data-classification', '--fail-on', 'never'],
    ...['--now', NOW, '--output-dir', target, ...file, ...more],
  ]);
  return { ...ran, target };
}

const cases: readonly [string, Parameters<typeof evaluate>, number, RegExp | null][] = [
  ['all there', [[place(ONE, EU), place(TWO, EU)], listing([ONE, TWO])], 0, null],
  [
    'an account of the settings without a snapshot',
    [[place(ONE, EU)], listing([ONE, TWO])],
    4,
    /^Account 444455556666 \(settings\) is not assessed: No snapshot\.$/m,
  ],
  [
    'which the settings leave out',
    [
      [place(ONE, EU)],
      listing([ONE, TWO], `population:\n  excluded:\n    - { account: "${TWO}", reason: empty }\n`),
    ],
    0,
    null,
  ],
  [
    'a Region that others have',
    [[place(ONE, EU), place(ONE, US), place(TWO, EU)]],
    4,
    /^Account 444455556666, us-east-1 is not assessed: No snapshot\.$/m,
  ],
  [
    'which the settings leave out in one account',
    [
      [place(ONE, EU), place(ONE, US), place(TWO, EU)],
      `population:\n  excluded:\n    - { account: "${TWO}", region: ${US}, reason: not used }\n`,
    ],
    0,
    null,
  ],
  [
    'a snapshot older than 48 hours',
    [[place(ONE, EU, { at: '2026-02-28T11:59:59Z' })]],
    4,
    /^Account 111122223333, eu-central-1 is assessed only in part: The newest snapshot is 48 hours old, more than 48 hours\.$/m,
  ],
  ['one of 48 hours', [[place(ONE, EU, { at: '2026-02-28T12:00:00Z' })]], 0, null],
  [
    'one of years',
    [[place(ONE, EU, { at: '2023-03-02T12:00:00Z' })]],
    4,
    /The newest snapshot is 1096 days old/,
  ],
  [
    'an age that the settings allow',
    [
      [place(ONE, EU, { at: '2026-02-20T12:00:00Z' })],
      'population:\n  maximumSnapshotAgeHours: 300\n',
    ],
    0,
    null,
  ],
  [
    'a snapshot from the future',
    [[place(ONE, EU, { at: '2026-03-03T12:00:00Z' })]],
    4,
    /The snapshot was taken after the time of this run\./,
  ],
  [
    'an empty snapshot, and nobody knows whether buckets are recorded',
    [[place(ONE, EU), place(TWO, EU, { items: [] })]],
    4,
    /^Account 444455556666, eu-central-1 is not assessed: Its snapshot is empty, and it is not known/m,
  ],
  [
    'an empty snapshot of a recorder that records them',
    [[place(ONE, EU), place(TWO, EU, { items: [] })], '', [recorder(TWO, EU, RECORDS_ALL)]],
    0,
    null,
  ],
  [
    'an empty snapshot of a recorder that does not',
    [[place(ONE, EU), place(TWO, EU, { items: [] })], '', [recorder(TWO, EU, RECORDS_TRAILS)]],
    4,
    /^Account 444455556666, eu-central-1 is not assessed: AWS Config does not record buckets here\.$/m,
  ],
  [
    'answers of years ago',
    [
      [place(ONE, EU), place(TWO, EU, { items: [] })],
      '',
      recorder(TWO, EU, RECORDS_ALL)
        .split('\n')
        .map((line) => line.replace(/}$/, ',"capturedAt":"2023-03-02T12:00:00Z"}')),
    ],
    4,
    /^Account 444455556666, eu-central-1 is assessed only in part: The oldest answer of a service is 1096 days old, more than 48 hours\.$/m,
  ],
  [
    'an account that Organizations lists',
    [
      [place(ONE, EU)],
      '',
      [
        answer(ONE, US, 'ListAccounts', {
          Accounts: [
            { Id: ONE, Name: 'one', Status: 'ACTIVE' },
            { Id: TWO, Name: 'two', Status: 'ACTIVE' },
            { Id: THREE, Name: 'left', Status: 'SUSPENDED' },
          ],
        }),
      ],
    ],
    4,
    /^Account 444455556666 \(organizations\) is not assessed: No snapshot\.$/m,
  ],
  [
    'buckets that S3 lists and AWS Config does not know',
    [
      [place(ONE, EU)],
      '',
      [
        answer(ONE, US, 'ListBuckets', {
          Buckets: [
            { Name: `b-${ONE}-${EU}`, BucketRegion: EU },
            { Name: 'unknown-1', BucketRegion: EU },
            { Name: 'unknown-2', BucketRegion: EU },
          ],
        }),
      ],
    ],
    4,
    /^Account 111122223333: 2 buckets that S3 lists have no record of AWS Config, and are not assessed: unknown-1 and unknown-2$/m,
  ],
];

describe('the population', () => {
  it.each(cases)('%s', async (_, given, code, message) => {
    const { code: got, stderr, target } = await evaluate(...given);
    const told = stderr.split('\n').filter((line) => /^Account/.test(line));
    expect(told).toHaveLength(message === null ? 0 : 1);
    if (message !== null) expect(stderr).toMatch(message);
    expect(got, stderr).toBe(code);
    const [row] = await rowsOf(target, 'run');
    expect(row?.problems.map(({ message: text }) => text)).toEqual(told);
  });

  it('says of each account and Region where it is known from, and what was assessed', async () => {
    const { target } = await evaluate([place(ONE, EU), place(TWO, US)], listing([ONE]), [
      recorder(ONE, EU, RECORDS_ALL, false),
      answer(ONE, US, 'ListBuckets', {
        Buckets: [
          { Name: `b-${ONE}-${EU}`, BucketRegion: EU },
          { Name: 'x', BucketRegion: US },
        ],
      }),
    ]);
    const accounts = await rowsOf(target, 'accounts');
    expect(
      accounts.map(({ account, ou, knownFrom, assessed }) => [
        account,
        ou,
        knownFrom.join(),
        assessed,
      ]),
    ).toEqual([
      [ONE, path, 'services,settings,snapshot', 'partly'],
      [TWO, null, 'snapshot', 'partly'],
    ]);
    const regions = await rowsOf(target, 'regions');
    expect(
      regions.map((row) => [
        row.account,
        row.region,
        row.knownFrom.join(),
        row.recorder,
        row.assessed,
        row.subjects,
      ]),
    ).toEqual([
      [ONE, EU, 'snapshot', 'off', 'partly', 1],
      [ONE, US, 'services', 'unknown', 'no', 1],
      [TWO, EU, 'snapshot', 'unknown', 'no', 0],
      [TWO, US, 'snapshot', 'unknown', 'yes', 1],
    ]);
    const subjects = await rowsOf(target, 'subjects');
    expect(
      subjects.map(({ subject, knownFrom, assessed }) => [
        subject.name,
        knownFrom.join(),
        assessed,
      ]),
    ).toEqual([
      [`b-${ONE}-${EU}`, 'services,snapshot', 'yes'],
      ['x', 'services', 'no'],
      [`b-${TWO}-${US}`, 'snapshot', 'yes'],
    ]);
  });

  it.each([
    ['a record by itself is not the organization', 0, [] as string[]],
    ['unless its results are kept', 4, ['--output-dir']],
  ])('%s', async (_, code, more) => {
    const folder = temporaryFolder();
    const settings = put(folder, 'settings.yaml', listing([ONE, TWO]));
    const ran = await run([
      ...['evaluate', put(folder, 'item.json', JSON.stringify(bucketItem('a')))],
      ...['--settings', settings, '--fail-on', 'never', '--rules', 's3-data-classification'],
      ...more.flatMap((option) => [option, join(folder, 'out')]),
    ]);
    expect(ran.code, ran.stderr).toBe(code);
  });

  it('history without a snapshot says only what changed', async () => {
    const folder = temporaryFolder();
    const name = `${ONE}_Config_${EU}_ConfigHistory_AWS::S3::Bucket_20260302T060000Z_20260302T070000Z_1.json`;
    put(folder, `in/${name}`, JSON.stringify({ configurationItems: [bucketItem('a')] }));
    const out = join(folder, 'out');
    const ran = await run(['evaluate', join(folder, 'in'), '--now', NOW, '--output-dir', out]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('No snapshot, only history: what did not change is not seen.');
    expect((await rowsOf(out, 'subjects'))[0]?.knownFrom).toEqual(['history']);
  });

  it.each([
    ['/dev/null/x', /--output-dir \/dev\/null\/x cannot be used: not a directory\.\n/],
    [
      'in/results',
      /--output-dir .*in\/results is in .*in, which is judged\. Results must not be read as input\./,
    ],
    ['in', /is in .*in, which is judged/],
    ['in/../in/a/../b', /which is judged/],
  ])('--output-dir %s is a usage error', async (given, message) => {
    const folder = temporaryFolder();
    const source = join(folder, 'in');
    put(folder, 'in/item.json', JSON.stringify(bucketItem('a')));
    const target = given.startsWith('/') ? given : `${folder}/${given}`;
    const { code, stderr } = await run(['evaluate', source, '--output-dir', target]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(Object.keys(filesIn(source))).toEqual(['item.json']);
  });

  it('of a file that cannot be read is told, and the others are judged', async () => {
    const folder = temporaryFolder();
    put(folder, 'in/good.json', JSON.stringify(bucketItem('a')));
    put(folder, 'in/bad.json', '{"configurationItems":[');
    put(folder, 'in/$&.json', '{"configurationItems":[');
    const inputs = await fileInputs([join(folder, 'in')]);
    expect([...inputs.values()].map(({ head }) => [head.name, head.sha256?.length])).toEqual([
      ['$&.json', 64],
      ['bad.json', 64],
      ['good.json', 64],
    ]);
    const out = join(folder, 'out');
    const ran = await run(['evaluate', join(folder, 'in'), '--output-dir', out]);
    expect(ran.code).toBe(3);
    const [row] = await rowsOf(out, 'run');
    // Named as in the data set, not by a path of this machine.
    const told = row?.problems.map(({ message }) => message.split(':')[0]);
    expect(told).toEqual(['$&.json', 'bad.json']);
    // Records of no snapshot are what they are, and miss nothing.
    expect(row?.notAssessed).toMatchObject({ accounts: 0, regions: 0 });
    expect(row?.subjects).toBe(1);
  });
});

describe('the run around findings', () => {
  it.each(['json', 'ndjson'])('is in %s, and left out by --no-envelope', async (format) => {
    const { stdout: plain } = await evaluate(
      [place(ONE, EU)],
      '',
      [],
      ['--format', format, '--no-envelope'],
    );
    const { stdout, target } = await evaluate([place(ONE, EU)], '', [], ['--format', format]);
    const [row] = await rowsOf(target, 'run');
    const lines = stdout.trim().split('\n');
    const { rows: _, ...known } = { ...row };
    if (format === 'json') {
      const { findings, run: told } = JSON.parse(stdout);
      expect(findings).toEqual(JSON.parse(plain));
      expect(told).toMatchObject(known);
    } else {
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        kind: 'run',
        runId: row?.runId,
        tool: row?.tool,
      });
      expect(lines.slice(1).join('\n')).toBe(plain.trim());
    }
  });
});

describe('the age of answers', () => {
  it('counts in whatever source they are, also without a snapshot', async () => {
    const folder = temporaryFolder();
    const asked = { account: ONE, region: EU, operation: 'GetBucketOwnershipControls' };
    const output = { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
    const input = { Bucket: 'data', ExpectedBucketOwner: ONE };
    const given = { ...asked, input, output, capturedAt: AT };
    const lines = [bucketIn('data', ONE, EU), given].map((each) => JSON.stringify(each));
    const file = put(folder, 'copied.ndjson', `${lines.join('\n')}\n`);
    const judged = (now: string) =>
      run(['evaluate', file, '--rules', 's3-acl-disabled', '--fail-on', 'never', '--now', now]);
    expect(await judged(NOW)).toMatchObject({ code: 0 });
    const late = await judged('2029-03-02T12:00:00Z');
    expect(late, late.stderr).toMatchObject({ code: 4 });
    expect(late.stderr).toContain('The oldest answer of a service is 1096 days old');
  });

  const given = { account: ONE, region: 'global', output: {}, capturedAt: AT };
  const old = '2026-02-20T12:00:00+00:00';
  it.each([
    ['one of today', [given], []],
    ['one without a time', [{ ...given, capturedAt: null }], []],
    ['one from the future', [{ ...given, capturedAt: '2027-01-01T00:00:00.000Z' }], []],
    [
      'a report of last month in an answer of today',
      [{ ...given, output: { GeneratedTime: old } }],
      ['10 days'],
    ],
    [
      'a report without a time of the answer',
      [{ ...given, capturedAt: null, output: { GeneratedTime: old } }],
      ['10 days'],
    ],
    ['a time of a report that is none', [{ ...given, output: { GeneratedTime: 'soon' } }], []],
    [
      'the oldest of two',
      [given, { ...given, capturedAt: '2026-02-27T12:00:00.000Z' }],
      ['3 days'],
    ],
    [
      'two places',
      [{ ...given, region: EU, capturedAt: '2026-02-27T12:00:00.000Z' }, given],
      ['3 days'],
    ],
  ])('%s', (_, answers, ages) => {
    const problems = oldAnswers(answers, '2026-03-02T12:00:00.000Z', {
      maximumSnapshotAgeHours: 48,
    });
    expect(problems.map(({ message }) => / is (\d+ days) old/.exec(message)?.[1])).toEqual(ages);
  });
});
