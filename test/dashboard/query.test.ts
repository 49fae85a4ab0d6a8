import { describe, expect, it } from 'vitest';
import { csv, csvCell } from '../../dashboard/data/csv.ts';
import { select } from '../../dashboard/data/query.ts';
import type { FindingRow } from '../../src/results/rows.ts';
import { HOSTILE } from './make/hostile.ts';
import { organization } from './make/organization.ts';
import { opened } from './open.ts';

const data = organization({ accounts: 14, buckets: 8, seed: 3 });
const findings = [...(data.findings() as Iterable<FindingRow>)];
const { judgements } = await opened(data);
const { index, columns, size } = judgements;

const nameOf = (cell: number) =>
  `${columns.names[cell % size]} ${index.rules[Math.floor(cell / size)]?.id}`;
const found = (query: string) => Array.from(select(judgements, new URLSearchParams(query)), nameOf);
const strengthIn = (finding: FindingRow, framework: string, strength: string) =>
  Object.entries(finding.strengths).some(
    ([id, each]) => id.startsWith(`${framework} `) && each === strength,
  );
const subjectOf = ({ subject }: FindingRow) =>
  data.subjects.find((row) => row.subject.arn === subject.arn);
const [some] = findings;

describe('a query', () => {
  // The expected lists are made from the findings themselves, row by row.
  it.each<[string, (finding: FindingRow) => boolean]>([
    ['', () => true],
    ['state=FAIL', ({ state }) => state === 'FAIL'],
    ['state=FAIL&state=UNKNOWN', ({ state }) => state === 'FAIL' || state === 'UNKNOWN'],
    [
      'severity=critical&state=PASS',
      ({ severity, state }) => severity === 'critical' && state === 'PASS',
    ],
    [
      `account=${some?.subject.account}`,
      ({ subject }) => subject.account === some?.subject.account,
    ],
    ['region=us-east-1', ({ subject }) => subject.region === 'us-east-1'],
    [
      'ou=ou-exa1-production',
      (finding) => subjectOf(finding)?.ou?.includes('/ou-exa1-production/') ?? false,
    ],
    ['ou=ou-exa1', () => false],
    ['tag=Team%3Dclaims', (finding) => subjectOf(finding)?.tags['Team'] === 'claims'],
    ['type=AWS%3A%3A%3A%3AAccount', ({ subject }) => subject.type === 'AWS::::Account'],
    ['framework=hipaa&strength=primary', (finding) => strengthIn(finding, 'hipaa', 'primary')],
    [
      'framework=gdpr&strength=supporting&state=FAIL',
      (finding) => finding.state === 'FAIL' && strengthIn(finding, 'gdpr', 'supporting'),
    ],
    [
      'requirement=hipaa+164.312(a)(1)',
      ({ requirements }) => requirements.includes('hipaa 164.312(a)(1)'),
    ],
    ['waiver=legacy-import', ({ waiver }) => waiver === 'legacy-import'],
    [
      'rule=s3-tls-only&message=noDenial',
      ({ rule, messageId }) => rule === 's3-tls-only' && messageId === 'noDenial',
    ],
    ['q=claims', ({ subject, rule }) => text(subject, rule).includes('claims')],
    [
      'q=CLAIMS+tls',
      ({ subject, rule }) =>
        text(subject, rule).includes('claims') && text(subject, rule).includes('tls'),
    ],
    ['q=no+such+thing', () => false],
    ['state=NONSENSE', () => false],
  ])('"%s" finds what it says', (query, fits) => {
    const expected = findings.filter(fits).map(({ subject, rule }) => `${subject.name} ${rule}`);
    expect(found(query).toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    'severity',
    'state',
    'rule',
    'name',
    'account',
    'region',
  ])('sorts by %s, both ways, and loses nothing', (sort) => {
    const key = (cell: number) => {
      const rule = index.rules[Math.floor(cell / size)];
      const subject = cell % size;
      const keys: Record<string, string | number> = {
        severity: ['critical', 'high', 'medium', 'low'].indexOf(rule?.severity ?? ''),
        state: ['FAIL', 'UNKNOWN', 'WAIVED', 'PASS', 'NOT_APPLICABLE'].indexOf(
          rule?.outcomes[(judgements.cells[cell] ?? 1) - 1]?.state ?? '',
        ),
        rule: rule?.id ?? '',
        name: columns.names[subject] ?? '',
        account: index.accounts[judgements.accounts[subject] ?? 0]?.id ?? '',
        region: index.regions[columns.regions[subject] ?? 0] ?? '',
      };
      return keys[sort] ?? '';
    };
    const up = Array.from(select(judgements, new URLSearchParams(`sort=${sort}`)));
    const keys = up.map(key);
    expect(keys).toEqual(keys.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
    const down = Array.from(select(judgements, new URLSearchParams(`sort=${sort}-down`)));
    expect(down).toEqual(up.toReversed());
    expect(up.length).toBe(findings.length);
  });

  it('has an answer for a sort that there is not', () => {
    expect(found('sort=__proto__').length).toBe(findings.length);
  });
});

const text = (subject: FindingRow['subject'], rule: string) => {
  const account = data.accounts.find((row) => row.account === subject.account);
  const title = index.rules.find(({ id }) => id === rule)?.title;
  return [subject.name, subject.account, account?.name, rule, title].join('\n').toLowerCase();
};

describe('a CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(1)', `'@SUM(1)`],
    [' =1', `' =1`],
    ['\u00a0=1', `'\u00a0=1`],
    ['＝1', `'＝1`],
    ['\t=1', `'\t=1`],
    ['a,b', 'a,b'],
    ['say "no"', 'say "no"'],
  ])('makes %j a text', (value, expected) => {
    expect(unquoted(csvCell(value))).toBe(expected);
  });

  it('can be read back, with every name that strangers give', () => {
    const lines = csv(HOSTILE.map((name) => [name, 'end']));
    expect(lines.startsWith('\ufeff')).toBe(true);
    const cells = parsed(lines.slice(1));
    expect(cells.length).toBe(HOSTILE.length);
    for (const [at, [name = '', end]] of cells.entries()) {
      expect([HOSTILE[at], `'${HOSTILE[at]}`]).toContain(name);
      expect(name).not.toMatch(/^\s*[=+\-@＝]/);
      expect(end).toBe('end');
    }
  });
});

const unquoted = (cell: string) =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** A reader of CSV that is not ours to trust: RFC 4180, character by character. */
function parsed(lines: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < lines.length; at++) {
    const mark = lines[at] ?? '';
    if (isQuoted && mark === '"' && lines[at + 1] === '"') cell += lines[++at];
    else if (mark === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (mark === ',' || mark === '\r')) {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (!isQuoted && mark === '\n') rows.push([]);
    else cell += mark;
  }
  return rows.slice(0, -1);
}
