import type { State } from '../../engine/finding.ts';
import { adviceFor } from '../../engine/words.ts';
import { printable } from '../../values/text.ts';
import type { Format, FormatContext } from '../format.ts';
import type { Reported } from '../reported.ts';
import { rank, type Summary } from '../summary.ts';
import { accountOf, OpenFindings } from './open-findings.ts';

/** Readers of JUnit keep the whole file in memory. */
const AT_MOST = 10_000;

/**
 * JUnit XML, for the test reports of Jenkins, GitLab and others: a suite for each rule, a test for each finding that is open or
 * waived, and one for all others of the rule. FAIL is a failure, UNKNOWN an error; what is waived, and what the baseline knows,
 * is skipped.
 */
export const junit: Format = {
  open(write, context) {
    const open = new OpenFindings(AT_MOST);
    return {
      add: async (finding) => open.add(finding),
      end: (summary) => write(documentOf(summary, open, context)),
    };
  },
};

function documentOf(summary: Summary, open: OpenFindings, context: FormatContext): string {
  const findings = new Map(
    open.byRule(context.rules).map(({ rule, findings }) => [rule.id, findings]),
  );
  const suites = summary.rules
    .toSorted((a, b) => rank(a.severity) - rank(b.severity))
    .map(({ rule, counts }) => suiteOf(rule, counts, findings.get(rule) ?? [], context));
  const total = (key: 'tests' | 'failures' | 'errors' | 'skipped') =>
    suites.reduce((sum, suite) => sum + suite.counts[key], 0);
  const counts = {
    ...{ tests: total('tests'), failures: total('failures') },
    ...{ errors: total('errors'), skipped: total('skipped') },
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name: 's3-config-rules', ...counts })}>\n`,
    ...suites.map(({ text }) => text),
    '</testsuites>\n',
  ].join('');
}

function suiteOf(
  rule: string,
  states: Readonly<Record<State, number>>,
  findings: readonly Reported[],
  context: FormatContext,
) {
  const cases = findings.map((finding) => caseOf(finding, context));
  const others = states.PASS + states.NOT_APPLICABLE;
  const more = states.FAIL + states.UNKNOWN + states.WAIVED - findings.length;
  const rest = [
    ...(others > 0
      ? [{ name: `${states.PASS} pass, ${states.NOT_APPLICABLE} not applicable`, inner: '' }]
      : []),
    // What does not fit must not look like success.
    ...(more > 0
      ? [
          {
            name: `${more} more findings`,
            inner: element('failure', 'They do not fit in here: see --format ndjson.'),
          },
        ]
      : []),
  ].map(({ name, inner }) => testcase(rule, name, inner));
  const all = [...cases, ...rest];
  const count = (tag: string) => all.filter((each) => each.includes(`<${tag} `)).length;
  const counts = {
    ...{ tests: all.length, failures: count('failure') },
    ...{ errors: count('error'), skipped: count('skipped') },
  };
  const head = attributes({ name: rule, timestamp: context.now.slice(0, 19), ...counts });
  return { counts, text: `  <testsuite${head}>\n${all.join('')}  </testsuite>\n` };
}

function caseOf(finding: Reported, { rules }: FormatContext): string {
  const { rule, subject, state, message, messageId, waiver, baseline } = finding;
  const name = `${subject.name} (${accountOf(finding)}, ${subject.region})`;
  const said = `${messageId}: ${message}`;
  if (state === 'WAIVED')
    return testcase(rule, name, element('skipped', `Waiver ${waiver}. ${said}`));
  if (baseline === 'known' && state === 'FAIL')
    return testcase(rule, name, element('skipped', `In the baseline. ${said}`));
  const advice = adviceFor(finding, rules);
  const details = [
    subject.arn,
    ...(advice ? [`Fix: ${advice.fix}`] : []),
    ...(advice?.caution ? [`Caution: ${advice.caution}`] : []),
  ].join('\n');
  const tag = state === 'UNKNOWN' ? 'error' : 'failure';
  return testcase(rule, name, element(tag, said, finding.severity, details));
}

const testcase = (rule: string, name: string, inner: string) =>
  `    <testcase${attributes({ classname: `s3-config-rules.${rule}`, name })}${inner === '' ? '/>' : `>${inner}</testcase>`}\n`;

function element(tag: string, message: string, type?: string, text = ''): string {
  const head = `<${tag}${attributes({ message, ...(type ? { type } : {}) })}`;
  return text === '' ? `${head}/>` : `${head}>${escaped(text)}</${tag}>`;
}

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};

/** XML 1.0 has no place for most controls, not even as references, so they are shown as escapes. */
const escaped = (text: string) =>
  text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
