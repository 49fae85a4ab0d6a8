import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketItem } from '../contract-server/items.ts';
import { findingsIn, run } from './run.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, content: string | Buffer) => {
  writeFileSync(at(name), content);
  return at(name);
};
const item = bucketItem('plain');
const tagged = bucketItem('tagged', {
  tags: { team: 'b' },
  supplementaryConfiguration: {
    ...item.supplementaryConfiguration,
    BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'b' } }] },
  },
});
const UNIT =
  'organization: { accounts: { "111122223333": o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ }, names: { "111122223333": archive, ou-ab12-11111111: Security } }\n';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'choices-'));
  mkdirSync(at('deep/er'), { recursive: true });
  put('item.json', JSON.stringify(item));
  put('two.ndjson', `${JSON.stringify(item)}\n${JSON.stringify(tagged)}\n`);
  put('unit.yaml', UNIT);
});
afterAll(() => rmSync(folder, { recursive: true }));

const evaluate = (...args: readonly string[]) => run(['evaluate', at('item.json'), ...args]);
const rulesOf = (csv: string) => [
  ...new Set(
    csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0]),
  ),
];

describe('rules', () => {
  it.each<[readonly string[], readonly string[]]>([
    [
      ['--rules', 's3-tls-only', '--rules', 's3-residency'],
      ['s3-residency', 's3-tls-only'],
    ],
    [
      ['--rules', 's3-*-lifecycle,s3-tls-onl?'],
      ['s3-tls-only', 's3-versioning-with-lifecycle'],
    ],
    [['--rules', 's3-tls-only,s3-residency', '--skip-rules', '*residency'], ['s3-tls-only']],
    [
      ['--severity', 'CRITICAL', '--framework', 'GDPR'],
      ['s3-cross-account-scoped', 's3-no-public-access'],
    ],
  ])('are chosen by %j', async (args, expected) => {
    const { stdout } = await evaluate('--format', 'csv', ...args);
    expect(rulesOf(stdout)).toEqual(expected);
  });

  it.each<[readonly string[], RegExp]>([
    [['--rules', 's3-tls-ony'], /no rule s3-tls-ony\. Did you mean s3-tls-only\?/],
    [['--skip-rules', '*'], /together select no rule/],
    [['--severity', 'hgih'], /there are critical, high, medium, low\./],
    [['--fail-on', 'never,high'], /never stands by itself/],
    [['--fail-on', 'critcal'], /Did you mean critical\?/],
    [['--group-by', 'acount'], /Did you mean account\?/],
    [['--tags', '=x'], /expected the key of a tag/],
    [['--pages', 'javascript:alert(1)'], /begins with https/],
    [['--now', '2026-02-31T00:00:00Z'], /not a valid time/],
    [['--now', '2026-11-02T00:30:00'], /with a time zone/],
    [['--now', '5'], /not a valid time/],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await evaluate(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each<[string, number]>([
    ['critical', 0],
    ['Critical,s3-tls-only', 1],
    ['s3-no-*', 0],
    ['s3-tls-*', 1],
    ['never', 0],
  ])('fail the run on %s: %d', async (failOn, code) => {
    const { code: found } = await evaluate(
      '--rules',
      's3-tls-only,s3-no-public-access',
      '--fail-on',
      failOn,
    );
    expect(found).toBe(code);
  });
});

describe('findings and what could not be assessed', () => {
  it('are told apart', async () => {
    const path = put(
      'damaged.ndjson',
      `${JSON.stringify(item)}\n{"resourceType":"AWS::S3::Bucket"}\n`,
    );
    const damaged = await run(['evaluate', path, '--rules', 's3-tls-only']);
    expect(damaged.code).toBe(4);
    expect(damaged.stderr).toContain('There is also 1 finding that --fail-on names.');
    expect(
      (await run(['evaluate', path, '--rules', 's3-tls-only', '--combined-exit-code'])).code,
    ).toBe(5);
    expect(
      (await run(['evaluate', path, '--rules', 's3-no-public-access', '--combined-exit-code']))
        .code,
    ).toBe(4);
  });
});

describe('groups and names', () => {
  it('count by unit, Region and tag, and say what accounts are called', async () => {
    const args = ['--rules', 's3-tls-only', '--settings', at('unit.yaml')];
    const { stdout } = await run([
      'evaluate',
      at('two.ndjson'),
      ...args,
      '--group-by',
      'ou,account',
      '--group-by',
      'tag:team',
    ]);
    expect(stdout).toMatch(/^organizational unit .*\nSecurity +2/m);
    expect(stdout).toMatch(/^111122223333 archive +2/m);
    expect(stdout).toMatch(/^tag:team .*\na +1 .*\nb +1/m);
    expect(stdout).toContain('plain  111122223333 (archive, Security)  eu-central-1');
    const lines = await run(['evaluate', at('item.json'), ...args, '--format', 'ndjson']);
    expect(findingsIn(lines.stdout)).toMatchObject([
      { accountName: 'archive', units: ['Security'] },
    ]);
  });

  it('leave out what does not carry a tag', async () => {
    const { stderr } = await run([
      'evaluate',
      at('two.ndjson'),
      '--rules',
      's3-tls-only',
      '--tags',
      'team=b',
    ]);
    expect(stderr).toMatch(/^1 subject, /);
    const none = await run([
      'evaluate',
      at('two.ndjson'),
      '--rules',
      's3-tls-only',
      '--tags',
      'other',
    ]);
    expect(none.code).toBe(4);
  });
});

describe('a baseline', () => {
  const rules = ['--rules', 's3-tls-only,s3-versioning-with-lifecycle'];
  const runOn = (...args: readonly string[]) => evaluate(...rules, ...args);

  it.each(['json', 'ndjson'])('of %s keeps what was open from failing the run', async (format) => {
    const { stdout } = await runOn('--format', format);
    const file = put(`base.${format}`, stdout);
    const again = await runOn('--baseline', file, '--format', 'ndjson');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('"baseline":"known"');
    expect(again.stderr).toContain('2 findings of the baseline are still open.');
    expect((await runOn('--baseline', put('b.gz', gzipSync(stdout)))).code).toBe(0);
    const bare = await runOn('--format', format, '--no-envelope');
    expect(bare.stdout).not.toContain('"tool"');
    expect((await runOn('--baseline', put(`bare.${format}`, bare.stdout))).code).toBe(0);
    const pretty = JSON.stringify(JSON.parse((await runOn('--format', 'json')).stdout), null, 2);
    expect((await runOn('--baseline', put('pretty.json', pretty))).code).toBe(0);
  });

  it('knows rule, resource and message, and no counts', async () => {
    const { stdout } = await runOn('--format', 'ndjson', '--no-envelope');
    const [tls = '', versions = ''] = stdout.trim().split('\n');
    const other = tls.replace('"message":"', '"message":"Another reason. ');
    const changed = await runOn(
      '--baseline',
      put('c.ndjson', `${other}\n${versions}\n`),
      '--format',
      'ndjson',
    );
    expect([changed.code, changed.stdout.includes('"baseline":"changed"')]).toEqual([1, true]);
    // One was fixed and another one came: the number is the same.
    const swapped = await runOn(
      '--baseline',
      put('s.ndjson', `${tls.replace('"id":"plain"', '"id":"old"')}\n${versions}\n`),
    );
    expect(swapped.code).toBe(1);
    const aged = versions.replace('"message":"', '"message":"After 3 days. ');
    const older = await run([
      'diff',
      put('o.ndjson', aged),
      put('n.ndjson', aged.replace('3 days', '400 days')),
    ]);
    expect([older.code, older.stdout]).toEqual([0, 'Nothing differs.\n']);
  });

  it('and what it is compared with may be pipes, which are read once', async () => {
    const { stdout } = await runOn('--format', 'json');
    const pipe = at('findings.pipe');
    execFileSync('mkfifo', [pipe]);
    // Laid out by another program, a file is read twice.
    const file = put('laid-out.json', JSON.stringify(JSON.parse(stdout), null, 2));
    const written = once(execFile('sh', ['-c', 'cat "$1" > "$2"', 'sh', file, pipe]), 'exit');
    const found = await run(['diff', pipe, '-'], stdout);
    expect([found.code, found.stdout]).toEqual([0, 'Nothing differs.\n']);
    await written;
    const judged = ['evaluate', at('item.json'), '--rules', 's3-tls-only'];
    const known = await run([...judged, '--baseline', '-'], stdout);
    expect([known.code, known.stderr]).toEqual([0, expect.stringContaining('1 finding of')]);
    const cut = await run([...judged, '--baseline', '-'], stdout.slice(0, -9));
    expect([cut.code, cut.stderr]).toEqual([2, expect.stringMatching(/^--baseline: standard in/)]);
    expect((await run(['diff', '-', '-'], stdout)).code).toBe(2);
    expect((await run(['evaluate', '-', '--baseline', '-'], stdout)).code).toBe(2);
  });

  it.each<[string, (text: string) => string]>([
    ['cut', (text) => text.slice(0, -9)],
    ['cut between its lines', (text) => text.replace(/\n\]\n,"run".*$/s, '')],
    ['of two runs', (text) => text.replace(/"runId":"[^"]+"/, '"runId":"other"')],
    ['with a key twice', (text) => text.replace('"state":"', '"state":"PASS","state":"')],
    ['with its list twice', (text) => text.replace(/,"run":/, ',"findings":[],"run":')],
    ['something else', () => '{"configurationItems":[]}'],
  ])('that is %s is refused', async (_name, change) => {
    const { stdout } = await runOn('--format', 'json');
    const { code, stderr } = await runOn('--baseline', put('bad.json', change(stdout)));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/Expected findings as --format json/),
    ]);
  });

  it('makes no pass of evidence that is missing, however long it has been', async () => {
    const { stdout } = await runOn('--format', 'ndjson', '--no-envelope');
    const broken = bucketItem('plain', {
      supplementaryConfiguration: {
        ...item.supplementaryConfiguration,
        BucketPolicy: { policyText: '{' },
      },
    });
    const path = put('broken.json', JSON.stringify(broken));
    const args = ['evaluate', path, '--rules', 's3-tls-only'];
    const unknown = (await run([...args, '--format', 'ndjson'])).stdout;
    const known = put('unknown.ndjson', unknown);
    const again = await run([...args, '--baseline', known]);
    expect([again.code, again.stderr]).toEqual([
      4,
      expect.stringContaining(
        '1 finding of the baseline is still UNKNOWN: missing evidence is no pass. Waive it',
      ),
    ]);
    expect((await run([...args, '--baseline', known, '--fail-on', 'never'])).code).toBe(0);
    const waiver =
      'waivers: [{ id: W, rule: s3-tls-only, subject: { arn: "arn:aws:s3:::plain" }, owner: a, approver: b, reason: c, created: "2026-06-01", expires: "2026-12-31" }]';
    const waived = ['--settings', put('waived.yaml', waiver)];
    expect((await run([...args, '--baseline', known, ...waived])).code).toBe(0);
    // What failed and cannot be seen any more is not what was known.
    const lost = await run([...args, '--baseline', put('failed.ndjson', stdout)]);
    expect([lost.code, lost.stderr]).toEqual([4, expect.not.stringContaining('still UNKNOWN')]);
    // What could not be seen, and is seen to fail now, is new.
    const seen = ['evaluate', at('item.json'), '--rules', 's3-tls-only', '--baseline', known];
    expect((await run(seen)).code).toBe(1);
  });

  it('and diff name what is new, changed, fixed and gone', async () => {
    const { stdout } = await runOn('--format', 'ndjson', '--no-envelope');
    const [tls = '', versions = ''] = stdout.trim().split('\n');
    const before = put(
      'before.ndjson',
      `${tls}\n${versions.replace('"id":"plain"', '"id":"gone"')}\n`,
    );
    const passing = tls.replace('"state":"FAIL"', '"state":"PASS"');
    const after = put('after.ndjson', `${passing}\n${versions}\n`);
    const found = await run(['diff', before, after, '--format', 'json']);
    const changes = (JSON.parse(found.stdout) as { change: string }[]).map(({ change }) => change);
    expect([found.code, changes]).toEqual([1, ['new', 'fixed', 'gone']]);
    const soft = await run(['diff', before, after, '--fail-on', 'critical']);
    expect([soft.code, soft.stderr]).toEqual([
      0,
      '1 new, 0 changed, 1 fixed, 0 waived, 1 gone, 0 still open.\n',
    ]);
    const unknown = versions.replace('"state":"FAIL"', '"state":"UNKNOWN"');
    expect((await run(['diff', after, put('u.ndjson', `${passing}\n${unknown}\n`)])).code).toBe(4);
    // Nothing at all is no fix of everything.
    const nothing = await run(['diff', before, put('none.ndjson', '')]);
    expect([nothing.code, nothing.stderr]).toEqual([
      4,
      expect.stringContaining('holds no finding at all'),
    ]);
  });
});

describe('settings', () => {
  it('are found from the working folder upwards, named, and may be left out', async () => {
    const cwd = at('deep/er');
    const args = ['evaluate', at('item.json'), '--rules', 's3-tls-only'];
    expect((await run(args, '', false, { cwd, env: { HOME: folder } })).stderr).toContain(
      'Settings: none',
    );
    const init = await run(['settings', 'init'], '', false, { cwd: at('deep') });
    expect(init.code).toBe(0);
    expect(readFileSync(at('deep/s3-config-rules.yaml'), 'utf8')).toContain('waivers: []');
    expect((await run(['settings', 'init'], '', false, { cwd: at('deep') })).code).toBe(2);
    expect((await run(args, '', false, { cwd })).stderr).toContain(
      `Settings: ${at('deep/s3-config-rules.yaml')}.\n`,
    );
    expect((await run([...args, '--no-settings'], '', false, { cwd })).stderr).toContain(
      'as --no-settings says',
    );
    const env = { S3_CONFIG_RULES_SETTINGS: at('unit.yaml') };
    expect((await run(args, '', false, { cwd, env })).stderr).toContain(at('unit.yaml'));
    expect((await run(['settings', 'check'], '', false, { cwd })).stdout).toContain(
      'is valid, with 0 waivers',
    );
    expect((await run(['settings', 'show'], '', false, { cwd })).stdout).toContain(
      '"accounts": []',
    );
  });

  const waiver = (id: string, created: string, expires: string) =>
    `  - { id: ${id}, rule: s3-tls-only, subject: { arn: "arn:aws:s3:::plain" }, owner: a, approver: b, reason: c, created: "${created}", expires: "${expires}" }\n`;

  it('have waivers, which can be listed by their end and left out', async () => {
    const settings = put(
      'w.yaml',
      `waivers:\n${waiver('LATE', '2026-06-01', '2026-12-31')}${waiver('PAST', '2026-01-01', '2026-06-14')}${waiver('SOON', '2026-01-01', '2026-06-20')}`,
    );
    const all = await run(['waivers', 'list', '--settings', settings]);
    expect(
      all.stdout
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['PAST', 'SOON', 'LATE']);
    expect(all.stdout).toContain('expired 1 day ago');
    const soon = await run([
      'waivers',
      'list',
      '--settings',
      settings,
      '--expiring',
      '30',
      '--format',
      'json',
    ]);
    expect(JSON.parse(soon.stdout)).toMatchObject([
      { id: 'PAST', expired: true },
      { id: 'SOON', daysLeft: 5 },
    ]);
    const args = ['--rules', 's3-tls-only', '--settings', settings];
    expect((await evaluate(...args)).code).toBe(0);
    expect((await evaluate(...args, '--no-waivers')).code).toBe(1);
  });

  it.each<[string, RegExp]>([
    [
      `waivers:\n${waiver('A', '2026-11-31', '2026-12-02')}`,
      /created is 2026-11-31, expected a day of the calendar/,
    ],
    [
      `waivers:\n${waiver('A', '2026-01-01', '2026-02-01').replace('plain', 'acme-*')}`,
      /expected the ARN of one subject/,
    ],
    ['trust:\n  accounts: {}\n', /trust\.accounts is \{\}, expected a list\./],
    ['trust: 1\n', /expected a section with keys/],
    ['trust:\n  a: 1\ntrust: {}\n', /s\.yaml:3: the key trust stands here twice/],
    ['a: 1\n---\nb: 2\n', /expected one document in a file/],
    ['rulez: {}\n', /rulez is unknown.*Did you mean rules\?/],
  ])('refuse %j in our words', async (text, message) => {
    const { code, stderr } = await run(['settings', 'check', put('s.yaml', text)]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('may use merge keys, and a name of a file that acts on the screen is shown escaped', async () => {
    const merged =
      'rules:\n  s3-log-retention: &days { minimumDays: 400 }\n  s3-lifecycle-expiration: { <<: *days }\n';
    const { code, stdout } = await run(['settings', 'check', put('\u001b[31mm.yaml', merged)]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('\\u{1b}[31mm.yaml is valid')]);
  });
});

describe('the screen', () => {
  it.each<[object, boolean]>([
    [{ env: {} }, true],
    [{ env: { NO_COLOR: '1' } }, false],
    [{ env: { TERM: 'dumb' } }, false],
    [{ env: { NO_COLOR: '', FORCE_COLOR: '0' } }, false],
  ])('has colors with %j: %s', async (place, expected) => {
    const { stdout } = await run(['evaluate', at('item.json')], '', true, place);
    expect(stdout.includes('\u001b[')).toBe(expected);
  });

  it('is not filled by a bar that is wider, nor by what --quiet leaves out', async () => {
    const { stderr } = await run(['evaluate', at('item.json')], '', true, { columns: 30 });
    const bars = stderr.split('\r').filter((part) => part.includes('%'));
    expect(bars.length).toBeGreaterThan(0);
    for (const bar of bars) expect(bar.replace('\u001b[K', '').length).toBeLessThan(30);
    expect((await run(['evaluate', at('item.json'), '--quiet'], '', true)).stderr).toBe('');
    expect(
      (await run(['evaluate', at('item.json'), '--no-progress'], '', true)).stderr,
    ).not.toContain('%');
  });
});
