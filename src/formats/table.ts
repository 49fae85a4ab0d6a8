import { type Finding, STATES, type State } from '../engine/finding.ts';
import { adviceFor, type RuleWords } from '../engine/words.ts';
import { printable } from '../values/text.ts';
import type { Summary } from './summary.ts';

const HEADING: Readonly<Record<State, string>> = {
  FAIL: 'fail',
  UNKNOWN: 'unknown',
  WAIVED: 'waived',
  PASS: 'pass',
  NOT_APPLICABLE: 'n/a',
};

/** The summary as text for a terminal: what fails most urgently, the counts by rule and account, and where to look next. */
export function summaryTable(summary: Summary, words: readonly RuleWords[]): string {
  const { total, worst, rules, accounts } = summary;
  if (rules.length === 0) return 'Nothing was found that these rules judge.\n';
  const open = total.FAIL + total.UNKNOWN;
  const sections = [
    ...worst.map((finding) => worstEntry(finding, words)),
    open > worst.length ? `… and ${open - worst.length} more.\n` : '',
    countTable(
      ['rule', 'severity'],
      rules.map(({ rule, severity, counts }) => ({ labels: [rule, severity], counts })),
    ),
    countTable(
      ['account'],
      accounts.map(({ account, counts }) => ({ labels: [account], counts })),
    ),
    next(summary),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function worstEntry(finding: Finding, words: readonly RuleWords[]): string {
  const { severity, state, rule, subject, messageId, message } = finding;
  const unknown = state === 'UNKNOWN' ? ' (could not be assessed)' : '';
  const where = [subject.name, subject.account, subject.region].map(printable).join('  ');
  const advice = adviceFor(finding, words);
  return [
    `${severity.toUpperCase()}  ${where}  ${rule}${unknown}`,
    `  ${printable(`${messageId}: ${message}`)}`,
    ...(advice ? [`  Fix: ${advice.fix}`] : []),
    ...(advice?.caution ? [`  Caution: ${advice.caution}`] : []),
    '',
  ].join('\n');
}

/** The rule that fails most among the most severe, and how to see the rest. */
function next({ rules, total }: Summary): string {
  const first = rules.find(({ counts }) => counts.FAIL > 0);
  const lines = [
    ...(first
      ? [`Start with ${first.rule}: docs/rules/${first.rule}.md explains the rule and its fixes.`]
      : []),
    ...(total.UNKNOWN > 0 ? ['UNKNOWN: the evidence is missing. Do not treat it as a pass.'] : []),
    'For all findings, one per line, use --format ndjson. For one rule, use --rules <id>.',
  ];
  return `${lines.join('\n')}\n`;
}

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

/** Columns padded to their widest cell; those from `numbersFrom` on hold numbers and are right-aligned. */
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
