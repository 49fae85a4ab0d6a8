import { type Finding, STATES, type State } from '../engine/finding.ts';
import type { Severity } from '../engine/rule.ts';
import { adviceFor } from '../engine/words.ts';
import { printable } from '../values/text.ts';
import type { FormatContext, Style } from './format.ts';
import type { GroupBy } from './groups.ts';
import type { Reported } from './reported.ts';
import type { Summary } from './summary.ts';

export const HEADING: Readonly<Record<State, string>> = {
  FAIL: 'fail',
  UNKNOWN: 'unknown',
  WAIVED: 'waived',
  PASS: 'pass',
  NOT_APPLICABLE: 'n/a',
};

type Context = Pick<FormatContext, 'rules' | 'paint'>;
type Paint = NonNullable<Context['paint']>;
const PLAIN: Paint = (_, text) => text;

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
};
const STATE_STYLES: Readonly<Partial<Record<State, Style>>> = {
  FAIL: 'red',
  UNKNOWN: 'yellow',
  PASS: 'green',
};

/** The summary as text for a terminal: what fails most urgently, the counts by rule and account, and where to look next. */
export function summaryTable(summary: Summary, { rules: words, paint = PLAIN }: Context): string {
  const { total, worst, rules, accounts, groups, known } = summary;
  if (rules.length === 0) return 'Nothing was found that these rules judge.\n';
  const open = total.FAIL + total.UNKNOWN - known;
  const counted = groups.map(({ by, rows }) =>
    countTable(
      [headOf(by)],
      rows.map(({ label, counts }) => ({ labels: [label], counts })),
      paint,
    ),
  );
  const byAccount = countTable(
    ['account'],
    accounts.map(({ account, counts }) => ({ labels: [account], counts })),
    paint,
  );
  const sections = [
    ...worst.map((finding) => worstEntry(finding, words, paint)),
    open > worst.length ? `… and ${open - worst.length} more.\n` : '',
    countTable(
      ['rule', 'severity'],
      rules.map(({ rule, severity, counts }) => ({ labels: [rule, severity], counts })),
      paint,
    ),
    ...(groups.length > 0 ? counted : [byAccount]),
    next(summary),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

/** What a count is by, as a column heading. */
export const headOf = (by: GroupBy) => (by === 'ou' ? 'organizational unit' : by);

function worstEntry(finding: Reported, words: Context['rules'], paint: Paint): string {
  const { severity, state, rule, subject, messageId, message, baseline } = finding;
  const unknown = state === 'UNKNOWN' ? ' (could not be assessed)' : '';
  const changed = baseline === 'changed' ? ' (changed since the baseline)' : '';
  const advice = adviceFor(finding, words);
  const level = paint(SEVERITY_STYLES[severity], severity.toUpperCase());
  return [
    `${level}  ${placeOf(finding).map(printable).join('  ')}  ${paint('bold', rule)}${unknown}${changed}`,
    `  ${printable(`${messageId}: ${message}`)}`,
    ...(advice ? [`  ${paint('green', 'Fix:')} ${advice.fix}`] : []),
    ...(advice?.caution ? [`  ${paint('yellow', 'Caution:')} ${advice.caution}`] : []),
    '',
  ].join('\n');

  function placeOf({ accountName, units }: Reported): readonly string[] {
    const unit = units?.at(-1);
    const names = [...(accountName ? [accountName] : []), ...(unit ? [unit] : [])].join(', ');
    const account = names === '' ? subject.account : `${subject.account} (${names})`;
    // An account is a subject of the name that stands next to it.
    return [...(subject.name === subject.account ? [] : [subject.name]), account, subject.region];
  }
}

/** The rule that fails most among the most severe, and how to see the rest. */
function next({ rules, total }: Summary): string {
  const first = rules.find(({ counts }) => counts.FAIL > 0);
  const lines = [
    ...(first
      ? [
          `Start with ${first.rule}: "s3-config-rules rules show ${first.rule}" explains it and its fixes.`,
        ]
      : []),
    ...(total.UNKNOWN > 0 ? ['UNKNOWN: the evidence is missing. Do not treat it as a pass.'] : []),
    'For all findings, one per line, use --format ndjson. For one rule, use --rules <id>.',
  ];
  return `${lines.join('\n')}\n`;
}

function countTable(
  head: readonly string[],
  rows: readonly { labels: readonly string[]; counts: Readonly<Record<State, number>> }[],
  paint: Paint,
): string {
  const cells = rows.map(({ labels, counts }) => [
    ...labels,
    ...STATES.map((state) => String(counts[state])),
  ]);
  const headings = [...head, ...STATES.map((state) => HEADING[state])];
  return grid([headings, ...cells], head.length, (text, row, column) => {
    const state = STATES[column - head.length];
    if (row === 0) return paint('bold', text);
    const style = state && STATE_STYLES[state];
    return style && text.trim() !== '0' ? paint(style, text) : text;
  });
}

/** Columns padded to their widest cell; those from `numbersFrom` on hold numbers and are right-aligned. */
export function grid(
  rows: readonly (readonly string[])[],
  numbersFrom = Number.POSITIVE_INFINITY,
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string {
  const safe = rows.map((row) => row.map(printable));
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(...safe.map((row) => row[column]?.length ?? 0)),
  );
  return safe
    .map((row, index) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          const isLast = column === row.length - 1;
          if (column >= numbersFrom) return paint(cell.padStart(width), index, column);
          return paint(isLast ? cell : cell.padEnd(width), index, column);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}

/** Whether a finding waits for someone: it fails, or could not be assessed. */
export const isOpen = ({ state }: Pick<Finding, 'state'>) =>
  state === 'FAIL' || state === 'UNKNOWN';
