import { type Finding, STATES, type State } from '../core/finding.ts';
import { printable } from '../core/text.ts';
import type { Summary } from './summary.ts';

const HEADING: Readonly<Record<State, string>> = {
  FAIL: 'fail',
  UNKNOWN: 'unknown',
  WAIVED: 'waived',
  PASS: 'pass',
  NOT_APPLICABLE: 'n/a',
};

/** The summary as text for a terminal: what fails most urgently, then the counts by rule and by account. */
export function summaryTable(summary: Summary): string {
  const { total, worst } = summary;
  const open = total.FAIL + total.UNKNOWN;
  const sections = [
    worst.length === 0 ? '' : `${worstTable(worst)}\n${more(open - worst.length)}`,
    countTable(
      ['rule', 'severity'],
      summary.rules.map(({ rule, severity, counts }) => ({ labels: [rule, severity], counts })),
    ),
    countTable(
      ['account'],
      summary.accounts.map(({ account, counts }) => ({ labels: [account], counts })),
    ),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function worstTable(findings: readonly Finding[]): string {
  const rows = findings.map(({ severity, state, rule, subject, messageId, message }) => [
    state === 'UNKNOWN' ? `${severity}?` : severity,
    rule,
    subject.account,
    subject.region,
    subject.name,
    `${messageId}: ${message}`,
  ]);
  return grid([['severity', 'rule', 'account', 'Region', 'bucket', 'finding'], ...rows]);
}

const more = (count: number) => (count > 0 ? `… and ${count} more.\n` : '');

function countTable(
  head: readonly string[],
  rows: readonly { labels: readonly string[]; counts: Readonly<Record<State, number>> }[],
): string {
  const cells = rows.map(({ labels, counts }) => [
    ...labels,
    ...STATES.map((state) => String(counts[state])),
  ]);
  return grid([[...head, ...STATES.map((state) => HEADING[state])], ...cells], head.length);
}

/** Columns padded to their widest cell; those from `numbersFrom` on hold numbers and lean right. */
function grid(
  rows: readonly (readonly string[])[],
  numbersFrom = Number.POSITIVE_INFINITY,
): string {
  const safe = rows.map((row) => row.map(printable));
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(...safe.map((row) => row[column]?.length ?? 0)),
  );
  return safe
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column >= numbersFrom ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}
