import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { needsOf } from '../../src/facets/needs.ts';
import type { Identity } from '../../src/records/reading.ts';
import { findingId } from '../../src/results/index.ts';
import { toApiEncoding, toSelectResult, toSnapshotEncoding } from '../contract-server/encodings.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import { findingsIn, run } from './run.ts';

/** Rules that the record of a bucket can answer; those that ask a service are left out, aloud. */
const recorded = rules.filter((rule) => rule.subject === 'bucket' && needsOf(rule).fromRecords);

let folder: string;
const put = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const json = (value: unknown) => JSON.stringify(value);
const snapshot = (...configurationItems: unknown[]) =>
  json({ fileVersion: '1.0', configSnapshotId: 'a', configurationItems });
const findings = findingsIn;
const ndjson = async (path: string, ...more: string[]) =>
  run(['evaluate', path, '--format', 'ndjson', ...more]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const item = bucketItem('plain');
const policyText = (statement: object) =>
  json({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Resource: 'arn:aws:s3:::plain/*', ...statement },
  });
const withPolicy = (text: string) =>
  bucketItem('plain', {
    supplementaryConfiguration: {
      ...item.supplementaryConfiguration,
      BucketPolicy: { policyText: text },
    },
  });

describe('sources', () => {
  const event = {
    invokingEvent: json({
      messageType: 'ConfigurationItemChangeNotification',
      configurationItem: item,
    }),
  };
  const shapes: Record<string, string | Buffer> = {
    'snapshot.json': snapshot(toSnapshotEncoding(item)),
    'snapshot.json.gz': gzipSync(snapshot(toSnapshotEncoding(item))),
    'item.json': json(item),
    'event.json': json(event),
    'history.json': json({ configurationItems: [toApiEncoding(item)] }),
    'query.json': json({ Results: [toSelectResult(item)] }),
    'items.ndjson': `${json(item)}\n`,
  };

  it.each(Object.keys(shapes))('%s gives the same findings', async (name) => {
    const { code, stdout } = await ndjson(put(name, shapes[name] ?? ''));
    expect(code).toBe(1);
    const states = findings(stdout).map(({ rule, state }) => [rule, state]);
    expect(states).toHaveLength(recorded.length);
    expect(Object.fromEntries(states)).toMatchObject({
      's3-cross-account-scoped': 'PASS',
      's3-log-retention': 'NOT_APPLICABLE',
      's3-sse-kms-approved-keys': 'FAIL',
      's3-tls-only': 'FAIL',
      's3-versioning-with-lifecycle': 'FAIL',
    });
  });

  it('reads standard input', async () => {
    const { code, stdout } = await run(['evaluate', '-', '--format', 'ndjson'], snapshot(item));
    expect(code).toBe(1);
    expect(findings(stdout)).toHaveLength(recorded.length);
  });

  it('tells damage in standard input by that name', async () => {
    const { code, stderr } = await run(['evaluate', '-'], '{"configurationItems": [');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^standard input: /);
  });

  it('finds a log target by the bucket that logs to it, whatever its name', async () => {
    const source = bucketItem('source', {
      supplementaryConfiguration: {
        ...item.supplementaryConfiguration,
        BucketLoggingConfiguration: { destinationBucketName: 'plain', logFilePrefix: null },
      },
    });
    const { stdout } = await ndjson(
      put('logs.json', snapshot(item, source)),
      '--rules',
      's3-log-retention',
    );
    expect(
      findings(stdout).map(({ subject, messageId }) => `${subject.name} ${messageId}`),
    ).toEqual(['plain notVersioned', 'source noLogs']);
  });

  it('judges the newest snapshot of a folder, and says what it passes over', async () => {
    const place = join(folder, 'AWSLogs');
    mkdirSync(place);
    const name = (kind: string, time: string, region = 'eu-central-1') =>
      `AWSLogs/111122223333_Config_${region}_${kind}_${time}_0b1c.json`;
    put(name('ConfigSnapshot', '20260301T060000Z'), snapshot(bucketItem('old')));
    put(name('ConfigSnapshot', '20260302T060000Z'), snapshot(bucketItem('new')));
    put(name('ConfigSnapshot', '20260228T060000Z', 'us-east-1'), snapshot(bucketItem('other')));
    put(name('ConfigHistory_AWS::S3::Bucket', '20260302T050000Z'), snapshot(bucketItem('past')));
    put('AWSLogs/mine.json', json(bucketItem('mine')));
    const { stdout, stderr } = await ndjson(place, '--rules', 's3-tls-only');
    expect(findings(stdout).map(({ subject }) => subject.name)).toEqual(['new', 'other', 'mine']);
    expect(stderr).toContain(
      'Skipped 2 older snapshots and history files. Name a file to judge it.',
    );
    const named = join(folder, name('ConfigSnapshot', '20260301T060000Z'));
    expect(findings((await ndjson(named)).stdout)[0]?.subject.name).toBe('old');
  });

  it('judges a deleted bucket as not applicable', async () => {
    const { code, stdout } = await ndjson(
      put('gone.json', json(deletedItem('plain', '2026-01-01T00:00:00Z'))),
    );
    expect(code).toBe(0);
    expect(new Set(findings(stdout).map(({ messageId }) => messageId))).toEqual(
      new Set(['resourceDeleted']),
    );
  });

  describe('buckets that are no general purpose buckets', () => {
    const other = (resourceType: string, name: string, change: object = {}) =>
      bucketItem(name, {
        ...{ resourceType, ARN: '', supplementaryConfiguration: {}, configuration: {}, ...change },
      });
    const directory = other('AWS::S3Express::DirectoryBucket', 'a--euc1-az1--x-s3');
    const tables = other('AWS::S3Tables::TableBucket', 'tables');
    const gone = other('AWS::S3Tables::TableBucket', 'gone', {
      configurationItemStatus: 'ResourceDeleted',
    });
    const deletion = deletedItem('plain', '2026-01-01T00:00:00Z');

    it.each([
      ['a directory bucket', [directory], '1 directory bucket (a--euc1-az1--x-s3).', 4],
      ['a table bucket', [tables], '1 table bucket (tables).', 4],
      ['a vector bucket', [other('AWS::S3Vectors::VectorBucket', 'v')], '1 vector bucket (v).', 4],
      [
        'a bucket on Outposts',
        [other('AWS::S3Outposts::Bucket', 'o')],
        '1 Outposts bucket (o).',
        4,
      ],
      [
        'several kinds',
        [directory, tables, gone],
        '1 directory bucket (a--euc1-az1--x-s3), 1 table bucket (tables).',
        4,
      ],
      ['one next to a bucket', [deletion, tables], '1 table bucket (tables).', 0],
      [
        'many',
        Array.from({ length: 12 }, (_, at) => other('AWS::S3Tables::TableBucket', `t${at}`)),
        't8, t9 and 2 more).',
        4,
      ],
      [
        'a name that would end the line',
        [other('AWS::S3Tables::TableBucket', 'a\nb')],
        '1 table bucket (a',
        4,
      ],
    ])('are counted and named: %s', async (_, items, said, expected) => {
      const { code, stderr } = await run(['evaluate', put('others.json', snapshot(...items))]);
      expect(code).toBe(expected);
      const line = stderr.split('\n').find((each) => each.startsWith('Not judged'));
      expect(line).toContain('because no rule is for such buckets: ');
      expect(line).toContain(said);
    });

    it('are passed over once they are gone', async () => {
      const { code, stderr } = await run(['evaluate', put('others.json', snapshot(gone))]);
      expect(code).toBe(4);
      expect(stderr).not.toContain('Not judged');
    });
  });

  it('says so when there was nothing to judge', async () => {
    const { code, stdout, stderr } = await run(['evaluate', put('none.json', snapshot())]);
    expect(code).toBe(4);
    expect(stdout).toBe('Nothing was found that these rules judge.\n');
    expect(stderr).toContain('none.json holds no resource that rules judge.\n');
  });
});

describe('formats', () => {
  it('json is a list of findings with the documented keys, and the run that they are of', async () => {
    const { stdout } = await run(['evaluate', put('a.json', json(item)), '--format', 'json']);
    const all = findingsIn(stdout);
    expect(all.find(({ rule }) => rule === 's3-cross-account-scoped')).toEqual({
      runId: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/),
      id: findingId(
        's3-cross-account-scoped',
        { ...all[0]?.subject } as Identity,
        item.resourceCreationTime ?? null,
      ),
      rule: 's3-cross-account-scoped',
      verdict: 'COMPLIANT',
      state: 'PASS',
      messageId: 'scoped',
      message: 'Every grant in the policy and the ACL is to an approved grantee.',
      severity: 'critical',
      subject: {
        type: 'AWS::S3::Bucket',
        id: 'plain',
        name: 'plain',
        arn: 'arn:aws:s3:::plain',
        account: '111122223333',
        region: 'eu-central-1',
      },
      requirements: [
        'gdpr 32(1)(b)',
        'gdpr 32(4)',
        'hipaa 164.312(a)(1)',
        'hipaa 164.308(a)(4)(i)',
        'hipaa 164.308(b)(1)',
      ],
      strengths: {
        'gdpr 32(1)(b)': 'primary',
        'gdpr 32(4)': 'supporting',
        'hipaa 164.312(a)(1)': 'primary',
        'hipaa 164.308(a)(4)(i)': 'supporting',
        'hipaa 164.308(b)(1)': 'supporting',
      },
      capturedAt: '2026-03-01T10:00:00.250Z',
      verdictForConfig: 'COMPLIANT',
      itemHash: createHash('sha256').update(json(item)).digest('hex'),
      answerHashes: [],
      observedAt: null,
    });
    const none = await run(['evaluate', put('none.json', snapshot()), '--format', 'json']);
    expect(JSON.parse(none.stdout)).toMatchObject({ findings: [], run: { subjects: 0 } });
    const bare = await run([
      'evaluate',
      put('none.json', snapshot()),
      '--format',
      'json',
      '--no-envelope',
    ]);
    expect(bare.stdout).toBe('[]\n');
  });

  it('--output writes the file and leaves standard output alone', async () => {
    const output = join(folder, 'out.ndjson');
    const { stdout } = await ndjson(put('a.json', json(item)), '--output', output);
    expect(stdout).toBe('');
    expect(findings(readFileSync(output, 'utf8'))).toHaveLength(recorded.length);
  });

  it.each([
    'table',
    'json',
    'ndjson',
  ])('%s never writes what strangers wrote raw', async (format) => {
    const hostile = 'evil\u001b[2J\u009b\u202e\u2028\nname';
    const path = put(
      'evil.json',
      json(
        bucketItem(hostile, {
          supplementaryConfiguration: withPolicy(
            policyText({ Sid: hostile, Principal: '*', Action: 's3:*' }),
          ).supplementaryConfiguration,
        }),
      ),
    );
    const { stdout, stderr } = await run(['evaluate', path, '--format', format]);
    expect(stdout).toMatch(/evil/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    if (format === 'ndjson') expect(findings(stdout)[0]?.subject.name).toBe(hostile);
  });

  it('draws progress on a terminal only, and clears it', async () => {
    const path = put('a.json', json(item));
    expect((await run(['evaluate', path], '', false)).stderr).not.toContain('\r');
    const { stderr, stdout } = await run(['evaluate', path], '', true);
    expect(stderr).toMatch(/█+.* 33 %/);
    expect(stderr.split('\u001b[K').at(-1)).toMatch(/^1 subject, \d+ rules: /);
    expect(stdout).not.toContain('\r');
  });
});

describe('what can go wrong', () => {
  const truncated = gzipSync(snapshot(...Array(50).fill(item))).subarray(0, -20);
  const bad: readonly [string, string | Buffer, number, RegExp][] = [
    [
      'cut.json.gz',
      truncated,
      3,
      /cut\.json\.gz: the gzip data ends too early, expected a whole \.gz file\./,
    ],
    ['bad.json', '{"configurationItems": [{]}', 3, /bad\.json: bad JSON .* line 1, byte \d+/],
    [
      'other.json',
      '{"name": "x", "version": "1"}',
      3,
      /other\.json: .*"name", "version".* expected a Config snapshot/,
    ],
    [
      'nostatus.json',
      json({ ...item, configurationItemStatus: 'Fine' }),
      4,
      /nostatus\.json, record 1: configurationItemStatus is "Fine", expected OK or /,
    ],
    [
      'account.json',
      json({ ...item, awsAccountId: '12' }),
      4,
      /record 1: awsAccountId is "12", expected an account id of twelve digits/,
    ],
    [
      'scheduled.json',
      json({ invokingEvent: json({ messageType: 'ScheduledNotification' }) }),
      4,
      /configurationItem is missing, expected the item that a message carries/,
    ],
  ];

  it.each(
    bad,
  )('%s is named, and its neighbours are still judged', async (name, content, code, message) => {
    const ran = await run([
      'evaluate',
      put(name, content),
      put('good.json', json(bucketItem('good'))),
      '--format',
      'ndjson',
    ]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
    expect(findings(ran.stdout).filter(({ subject }) => subject.name === 'good')).toHaveLength(
      recorded.length,
    );
  });

  it('a policy that is not JSON is missing evidence', async () => {
    const { code, stdout } = await ndjson(
      put('p.json', json(withPolicy('Allow all'))),
      '--rules',
      's3-tls-only',
    );
    expect(code).toBe(4);
    expect(findings(stdout)[0]).toMatchObject({
      state: 'UNKNOWN',
      messageId: 'evidenceUnavailable',
    });
  });

  it('a policy of 20 KB of wildcards is judged at once, and is no pass', async () => {
    const wild = `${'*?'.repeat(60)}`;
    const statements = Array.from({ length: 80 }, (_, index) => ({
      Effect: index % 2 ? 'Allow' : 'Deny',
      Principal: '*',
      Action: `s3:${wild}`,
      Resource: `arn:aws:s3:::plain/${wild}`,
      Condition: { StringLike: { 'aws:PrincipalArn': [`${wild}x`, `${wild}y`] } },
    }));
    const text = json({ Version: '2012-10-17', Statement: statements });
    expect(text.length).toBeGreaterThan(20_000);
    const { stdout } = await ndjson(
      put('wild.json', json(withPolicy(text))),
      '--rules',
      's3-tls-only,s3-cross-account-scoped',
    );
    expect(findings(stdout).map(({ verdict }) => verdict)).toEqual([
      'NON_COMPLIANT',
      'NON_COMPLIANT',
    ]);
  });

  const usage: readonly [string[], RegExp][] = [
    [['evaluate'], /missing required argument 'source'/],
    [
      ['evaluate', '/nowhere/x.json'],
      /\/nowhere\/x\.json: no such file or folder, expected a path that exists/,
    ],
    [
      ['evaluate', 'x', '--rules', 's3-tls'],
      /there is no rule s3-tls\. Did you mean s3-tls-only\?/,
    ],
    [['evaluate', 'x', '--framework', 'pci'], /there is no framework pci; there are gdpr, hipaa/],
    [
      ['evaluate', 'x', '--format', 'xml'],
      /argument 'xml' is invalid. Allowed choices are table, json, ndjson/,
    ],
    [['evaluate', 'x', '--now', 'soon'], /--now: "soon" is not a valid time/],
    [['evaluate', 'x', '--settings', '/nowhere.yaml'], /nowhere\.yaml: cannot be read: ENOENT/],
    [['evaluate', 'x', '--sttings', 'a'], /unknown option '--sttings'/],
    [['evalute', 'x'], /unknown command 'evalute'/],
  ];

  it.each(usage)('%j is a usage error', async (args, message) => {
    const { code, stderr, stdout } = await run(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('settings that are wrong stop before anything is judged', async () => {
    const settings = put('s.yaml', 'rules:\n  s3-log-retention:\n    minDays: 1\n');
    const { code, stderr, stdout } = await run([
      'evaluate',
      put('a.json', json(item)),
      '--settings',
      settings,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('s.yaml:3: rules.s3-log-retention.minDays is unknown');
    expect(stdout).toBe('');
  });
});

describe('exit codes', () => {
  const failOn = async (severity: string, rules: string) =>
    (await ndjson(put('a.json', json(item)), '--fail-on', severity, '--rules', rules)).code;

  it('count findings at or above --fail-on', async () => {
    expect(await failOn('low', 's3-versioning-with-lifecycle')).toBe(1);
    expect(await failOn('medium', 's3-versioning-with-lifecycle')).toBe(1);
    expect(await failOn('high', 's3-versioning-with-lifecycle')).toBe(0);
    expect(await failOn('critical', 's3-tls-only')).toBe(0);
    expect(await failOn('never', 's3-tls-only')).toBe(0);
    expect(await failOn('low', 's3-cross-account-scoped')).toBe(0);
  });

  it('do not count what is waived, and judge waivers at --now', async () => {
    const settings = put(
      'w.yaml',
      'waivers:\n  - { id: W, rule: s3-tls-only, subject: { arn: "arn:aws:s3:::plain" }, owner: a, approver: b, reason: c, created: "2026-01-01", expires: "2026-06-30" }\n',
    );
    const args = ['--rules', 's3-tls-only', '--settings', settings];
    const path = put('a.json', json(item));
    const waived = await ndjson(path, ...args);
    expect(waived.code).toBe(0);
    expect(findings(waived.stdout)[0]).toMatchObject({
      state: 'WAIVED',
      verdict: 'NON_COMPLIANT',
      waiver: 'W',
    });
    const later = await ndjson(path, ...args, '--now', '2026-07-01T00:00:00Z');
    expect(later.code).toBe(1);
    expect(findings(later.stdout)[0]).toMatchObject({ state: 'FAIL', messageId: 'waiverExpired' });
  });

  it('name the waivers of a judged rule that decided nothing', async () => {
    const waiver = (id: string, rule: string, bucket: string) =>
      `  - { id: ${id}, rule: ${rule}, subject: { arn: "arn:aws:s3:::${bucket}" }, owner: a, approver: b, reason: c, created: "2026-01-01", expires: "2026-06-30" }\n`;
    const settings = put(
      'idle.yaml',
      `waivers:\n${waiver('USED', 's3-tls-only', 'plain')}${waiver('TYPO', 's3-tls-only', 'plane')}${waiver('OTHER', 's3-access-logging', 'plain')}`,
    );
    const args = ['--rules', 's3-tls-only', '--settings', settings];
    const { stderr } = await ndjson(put('a.json', json(item)), ...args);
    expect(stderr).toContain('Unused waivers (misspelled or no longer needed): TYPO.\n');
  });

  it('name the accounts that waivers by OU cannot reach', async () => {
    const settings = (rule: string, account: string) =>
      put(
        `${rule}-${account}.yaml`,
        `organization: { accounts: { "${account}": o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ } }
waivers:
  - { id: UNIT, rule: ${rule}, subject: { ou: ou-ab12-11111111 }, owner: a, approver: b, reason: c, created: "2026-01-01", expires: "2026-06-30" }\n`,
      );
    const path = put('a.json', json(item));
    const runWith = (rule: string, account: string) =>
      ndjson(path, '--rules', 's3-tls-only', '--settings', settings(rule, account));
    const note =
      'Waivers by OU cannot apply to accounts that are missing from organization.accounts in the settings: 111122223333.\n';

    const unplaced = await runWith('s3-tls-only', '999999999999');
    expect(findings(unplaced.stdout)).toMatchObject([{ state: 'FAIL' }]);
    expect(unplaced.stderr).toContain(note);
    const placed = await runWith('s3-tls-only', '111122223333');
    expect(findings(placed.stdout)).toMatchObject([{ state: 'WAIVED', waiver: 'UNIT' }]);
    expect(placed.stderr).not.toContain(note);
    const another = await runWith('s3-access-logging', '999999999999');
    expect(another.stderr).not.toContain(note);
  });
});

describe('help', () => {
  it.each([['--help'], ['evaluate', '--help'], ['--version']])('%j', async (...args) => {
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  });

  it('of evaluate shows examples and exit codes', async () => {
    const { stdout } = await run(['evaluate', '--help']);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes:');
  });
});
