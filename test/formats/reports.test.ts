import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { State } from '../../src/engine/finding.ts';
import { wordsOf } from '../../src/engine/words.ts';
import type { FormatContext } from '../../src/formats/format.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { OpenFindings } from '../../src/formats/reports/open-findings.ts';
import type { Reported } from '../../src/formats/reported.ts';
import { Summary } from '../../src/formats/summary.ts';
import { emptySettings } from '../../src/settings/settings.ts';

const waiver = {
  ...{
    id: 'W-1',
    rule: 's3-tls-only',
    subject: { account: '111122223333' },
    owner: 'o',
    approver: 'the CISO',
  },
  ...{ reason: 'Old clients.', created: '2026-01-01', expires: '2026-12-31' },
};
const context: FormatContext = {
  now: '2026-06-15T00:00:00.000Z',
  settings: { ...emptySettings, waivers: [waiver] },
  rules: rules.map(wordsOf),
  settingsFile: 's3-config-rules.yaml',
  pagesUrl: 'https://docs.example',
  release: { version: '1.2.3', commit: 'abc' },
};

/** Names that act where a report is shown: on screens, in browsers, spreadsheets, shells and templates. */
const HOSTILE = [
  '=HYPERLINK("http://evil","x")',
  'a;=1+1',
  '\t@SUM(1)',
  '</td><script>alert(1)</script>',
  '" onmouseover="alert(1)',
  '`x` | y](javascript:1)',
  '\u001b[31mred\u0007\u009b',
  '\u202egnp\u{e0041}',
  ']]><y/>&amp;',
  '\ud800lone',
  '@octocat #12 https://evil.example',
  'ok',
];

const findingOn = (name: string, parts: Partial<Reported> = {}): Reported => ({
  ...{ rule: 's3-tls-only', verdict: 'NON_COMPLIANT', state: 'FAIL', severity: 'high' },
  ...{ messageId: 'noPolicy', message: `The bucket ${name} has no policy.` },
  subject: {
    ...{ type: 'AWS::S3::Bucket', id: name, name, arn: `arn:aws:s3:::${name}` },
    ...{ account: '111122223333', region: 'eu-central-1' },
  },
  ...{
    requirements: ['gdpr 32(1)(a)'],
    capturedAt: '2026-06-01T00:00:00.000Z',
    evidence: { name },
  },
  ...{ accountName: name, units: [name] },
  ...parts,
});

async function written(format: FormatName, findings: readonly Reported[]): Promise<string> {
  let text = '';
  const summary = new Summary();
  const open = formats[format].open(async (part) => {
    text += part;
  }, context);
  for (const finding of findings) {
    summary.add(finding);
    await open.add(finding);
  }
  await open.end(summary);
  return text;
}

const hostile = HOSTILE.map((name) => findingOn(name));
const states: readonly Reported[] = (
  ['FAIL', 'UNKNOWN', 'WAIVED', 'PASS', 'NOT_APPLICABLE'] as State[]
).map((state) =>
  findingOn(`of-${state}`, {
    ...{ state, verdict: state === 'PASS' ? 'COMPLIANT' : 'NON_COMPLIANT' },
    ...(state === 'WAIVED' ? { waiver: 'W-1' } : {}),
  }),
);

describe.each([
  'table',
  'ndjson',
  'csv',
  'sarif',
  'junit',
  'markdown',
  'html',
] as const)('%s', (format) => {
  it('holds nothing that acts on a screen, and no half of a pair', async () => {
    const text = await written(format, hostile);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it must find none.
    expect(text).not.toMatch(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]|\udb40|[\ud800-\udbff](?![\udc00-\udfff])/,
    );
    expect(text).toContain('ok');
  });

  it('is made of nothing, too', async () => {
    expect(typeof (await written(format, []))).toBe('string');
  });
});

describe('csv', () => {
  it('has no formula in any cell, whatever separates them', async () => {
    const text = await written('csv', hostile);
    const cells = [...text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    expect(cells.length).toBeGreaterThan(100);
    expect(cells.filter((each) => /^\s*[=+\-@|%]|^[\t\r]|[;\t]\s*[=+\-@]/.test(each))).toEqual([]);
    expect(text).toContain('"\'=HYPERLINK(""http://evil"",""x"")"');
  });
});

describe('html', () => {
  it('is one file that runs and loads nothing', async () => {
    const text = await written('html', [...hostile, ...states]);
    expect(text.replaceAll('&#39;', "'")).toContain("default-src 'none'; style-src 'sha256-");
    expect(text).not.toMatch(
      /<(script|img|iframe|link|object|embed|form)\b|<[^>]*\s(on\w+|style)=/i,
    );
    expect(text).not.toMatch(/(href|src)="(?!#|https:\/\/docs\.example\/)/);
    expect(text.match(/<section /g)).toHaveLength(1);
  });
});

describe('junit', () => {
  it('counts what it lists: failures, errors, what is skipped, and all that passes as one', async () => {
    const text = await written('junit', states);
    expect(text).toContain(
      '<testsuites name="s3-config-rules" tests="4" failures="1" errors="1" skipped="1">',
    );
    expect(text).toContain('name="1 pass, 1 not applicable"/>');
    const known = await written('junit', [findingOn('b', { baseline: 'known' })]);
    expect(known).toContain('failures="0" errors="0" skipped="1"');
  });
});

describe('sarif', () => {
  const resultsOf = async (findings: readonly Reported[]) =>
    JSON.parse(await written('sarif', findings)).runs[0];

  it('has what fails and what could not be assessed, and waivers as suppressions', async () => {
    const { results, tool } = await resultsOf(states);
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      'warning',
      'error',
    ]);
    expect(results[2].suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'Waiver W-1: Old clients. Approved by the CISO until 2026-12-31.',
      },
    ]);
    expect(tool.driver.rules).toHaveLength(1);
    expect(tool.driver.rules[0].properties['security-severity']).toBe('8.0');
    expect(tool.driver.rules[0].properties.tags.length).toBeLessThanOrEqual(10);
  });

  it('has a fingerprint for each rule, resource and message, and no account in a path', async () => {
    const { results } = await resultsOf([
      ...[
        findingOn('b'),
        findingOn('b', { capturedAt: null }),
        findingOn('c'),
        findingOn('b', { messageId: 'gap' }),
      ],
      findingOn('111122223333'),
    ]);
    const [one, again, other, message, account] = results.map(
      (each: { partialFingerprints: { primaryLocationLineHash: string } }) =>
        each.partialFingerprints.primaryLocationLineHash,
    );
    expect(one).toBe(again);
    expect(new Set([one, other, message, account]).size).toBe(4);
    expect(results[4].locations[0].physicalLocation.artifactLocation.uri).toBe('s3/bucket/account');
  });

  it('keeps the most severe of more than fit, and says how many are left', () => {
    const open = new OpenFindings(2);
    for (const severity of ['low', 'critical', 'high', 'low'] as const)
      open.add(findingOn('b', { severity }));
    expect([open.all.map(({ severity }) => severity), open.left]).toEqual([
      ['critical', 'high'],
      2,
    ]);
  });
});

describe('markdown', () => {
  it('shows text from strangers as text, and every row has as many cells as its head', async () => {
    const text = await written('markdown', [...hostile, ...states]);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    const widths = rows.map((row) => row.replace(/\\\|/g, '').split('|').length);
    expect(new Set(widths)).toEqual(new Set([9, 8]));
    expect(text).not.toMatch(/^[^`]*<script>/m);
    expect(text).toContain('@<!-- -->octocat');
  });
});
