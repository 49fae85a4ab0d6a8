import { STATES, type State } from '../../engine/finding.ts';
import { adviceFor } from '../../engine/words.ts';
import { cut, printable } from '../../values/text.ts';
import type { Format, FormatContext } from '../format.ts';
import type { Reported } from '../reported.ts';
import type { Summary } from '../summary.ts';
import { HEADING, headOf } from '../table.ts';
import { accountOf, OpenFindings, type RuleFindings, unitOf } from './open-findings.ts';

/** A job summary of GitHub holds 1 MiB (GitHub documentation, "Workflow commands": job summaries). */
const FINDINGS_AT_MOST = 500;
const SHOWN_PER_RULE = 20;
const MESSAGE_LENGTH = 400;

/** A page for job summaries, merge requests and tickets: counts, then what is open, by rule. */
export const markdown: Format = {
  open(write, context) {
    const open = new OpenFindings(FINDINGS_AT_MOST);
    return {
      add: async (finding) => open.add(finding),
      end: (summary) => write(pageOf(summary, open, context)),
    };
  },
};

type Counts = Readonly<Record<State, number>>;

function pageOf(summary: Summary, open: OpenFindings, context: FormatContext): string {
  const { total, rules, groups, accounts, known: excused, knownUnknown } = summary;
  const known = excused + knownUnknown;
  const { settingsFile, release, now } = context;
  const isEmpty = rules.length === 0;
  const byGroup = groups.map(({ by, rows }) =>
    table(
      [headOf(by)],
      rows.map(({ label, counts }) => [code(label), ...numbers(counts)]),
    ),
  );
  const byAccount = table(
    ['account'],
    accounts.map(({ account, counts }) => [code(account), ...numbers(counts)]),
  );
  const about = [
    `Evaluated ${now}`,
    settingsFile ? `with ${code(settingsFile)}` : 'without settings',
    ...(release ? [`by s3-config-rules ${release.version}`] : []),
  ].join(' ');
  return [
    '# S3 compliance\n',
    isEmpty ? '**Nothing was judged.**\n' : `${sentence(total)}\n`,
    known > 0 ? `${known} of them are in the baseline.\n` : '',
    `${about}.\n`,
    ...(isEmpty
      ? []
      : [
          '## By rule\n',
          table(
            ['rule', 'severity'],
            rules.map(({ rule, severity, counts }) => [code(rule), severity, ...numbers(counts)]),
          ),
        ]),
    ...(isEmpty ? [] : [`## ${groups.length > 0 ? 'By group' : 'By account'}\n`]),
    ...(isEmpty ? [] : groups.length > 0 ? byGroup : [byAccount]),
    ...sectionsOf(open, context),
    open.left > 0 ? `${open.left} more findings are not listed: see \`--format ndjson\`.\n` : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const sentence = (total: Counts) =>
  `**${total.FAIL} fail**, ${total.UNKNOWN} could not be assessed, ${total.WAIVED} waived, ${total.PASS} pass, ` +
  `${total.NOT_APPLICABLE} not applicable.`;

function sectionsOf(open: OpenFindings, context: FormatContext): readonly string[] {
  const sections = open.byRule(context.rules).map((group) => sectionOf(group, context));
  return sections.length === 0 ? [] : ['## Open findings\n', ...sections];
}

function sectionOf({ rule, findings }: RuleFindings, context: FormatContext): string {
  const rows = findings
    .slice(0, SHOWN_PER_RULE)
    .map((finding) => [
      code(finding.subject.name),
      code(accountOf(finding)),
      code(finding.subject.region),
      text(unitOf(finding)),
      stateOf(finding),
      text(cut(finding.message, MESSAGE_LENGTH)),
    ]);
  const more = findings.length - rows.length;
  const advice = new Set(findings.flatMap((finding) => adviceOf(finding, context)));
  return [
    `### ${rule.id} (${rule.severity})\n`,
    `${text(rule.title)}. ${text(rule.rationale)}\n`,
    tableOf(['resource', 'account', 'Region', 'unit', 'state', 'what was found'], rows),
    more > 0 ? `… and ${more} more.\n` : '',
    ...[...advice].map((each) => `- ${each}`),
    advice.size > 0 ? '' : null,
  ]
    .filter((part) => part !== null)
    .join('\n');
}

function adviceOf(finding: Reported, { rules }: FormatContext): readonly string[] {
  const advice = adviceFor(finding, rules);
  if (advice === null || finding.state === 'WAIVED') return [];
  const caution = advice.caution === undefined ? '' : ` **Caution:** ${text(advice.caution)}`;
  return [`${text(advice.fix)}${caution}`];
}

const stateOf = ({ state, baseline, waiver }: Reported) =>
  [
    `**${state}**`,
    ...(baseline ? [baseline === 'known' ? 'in the baseline' : baseline] : []),
    ...(state === 'WAIVED' && waiver ? [code(waiver)] : []),
  ].join(', ');

const numbers = (counts: Counts) => STATES.map((state) => String(counts[state]));

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  tableOf([...head, ...STATES.map((state) => HEADING[state])], rows, head.length);

function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom = head.length,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column >= numbersFrom ? '---:' : '---'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

/** Text from strangers as text: no markup, no link, no mention of a person or an issue, no cell of its own. */
function text(given: string): string {
  return printable(given)
    .replace(/[\\`*_{}[\]<>()!|~&:$^]/g, '\\$&')
    .replace(/^([#+\-=.\d])/, '\\$1')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/[@#]/g, '$&<!-- -->');
}

/** A name from strangers as it is, in which nothing is markup: the fence is longer than any inside. */
function code(given: string): string {
  const name = printable(given).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...name.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || name === '' ? ' ' : '';
  return `${fence}${space}${name}${space}${fence}`;
}
