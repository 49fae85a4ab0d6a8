import { STATES, type State } from '../../engine/finding.ts';
import { adviceFor } from '../../engine/words.ts';
import { html, type Markup, page } from '../../values/html.ts';
import { cut } from '../../values/text.ts';
import type { Format, FormatContext } from '../format.ts';
import { jsonLine } from '../json.ts';
import type { Reported } from '../reported.ts';
import { labelsOf } from '../requirement-labels.ts';
import type { Summary } from '../summary.ts';
import { HEADING, headOf } from '../table.ts';
import { accountOf, OpenFindings, type RuleFindings, unitOf } from './open-findings.ts';
import { style } from './style.ts';

/** A browser lays out a page of so many rows in a second or two. */
const FINDINGS_AT_MOST = 5_000;
const EVIDENCE_LENGTH = 4_000;

/** One file to read, print or send: it loads nothing, runs nothing, and its policy forbids both. */
export const htmlReport: Format = {
  open(write, context) {
    const open = new OpenFindings(FINDINGS_AT_MOST);
    return {
      add: async (finding) => open.add(finding),
      end: (summary) => write(page('S3 compliance', style, bodyOf(summary, open, context))),
    };
  },
};

type Counts = Readonly<Record<State, number>>;

function bodyOf(summary: Summary, open: OpenFindings, context: FormatContext): Markup {
  const { total, rules, accounts, groups, known: excused, knownUnknown } = summary;
  const known = excused + knownUnknown;
  const groupTables = groups.map(({ by, rows }) =>
    countTable(
      `By ${headOf(by)}`,
      [headOf(by)],
      rows.map(({ label, counts }) => ({ labels: [html`${label}`], counts })),
    ),
  );
  const accountTable = countTable(
    'By account',
    ['account'],
    accounts.map(({ account, counts }) => ({ labels: [html`${account}`], counts })),
  );
  const sections = open.byRule(context.rules).map((group) => sectionOf(group, context));
  const nothing = html`<p><b>Nothing was judged.</b></p>`;
  return html`<header>
<h1>S3 compliance</h1>
<p class="about">${aboutOf(context)}</p>
<ul class="counts">${STATES.map((state) => html`<li><b class="${state}">${total[state]}</b>${LONG[state]}</li>`)}</ul>
${known > 0 ? html`<p>${known} of the open findings are in the baseline.</p>` : null}
${total.UNKNOWN > 0 ? html`<p>What could not be assessed lacks evidence. Do not treat it as a pass.</p>` : null}
</header>
<main>
${rules.length === 0 ? nothing : html`<h2>Counts</h2>${ruleTable(summary, open, context)}${groups.length > 0 ? groupTables : accountTable}`}
${sections.length === 0 ? null : html`<h2>Open findings</h2>${sections}`}
${open.left > 0 ? html`<p><b>${open.left} more findings are not listed.</b> Write them with --format ndjson.</p>` : null}
</main>`;
}

const LONG: Readonly<Record<State, string>> = {
  FAIL: 'fail',
  UNKNOWN: 'could not be assessed',
  WAIVED: 'waived',
  PASS: 'pass',
  NOT_APPLICABLE: 'not applicable',
};

function aboutOf({ now, settingsFile, release }: FormatContext): string {
  const settings = settingsFile ? `with ${settingsFile}` : 'without settings';
  const by = release ? `, by s3-config-rules ${release.version}` : '';
  return `Evaluated at ${now} ${settings}${by}.`;
}

function ruleTable(
  { rules }: Summary,
  open: OpenFindings,
  { rules: words }: FormatContext,
): Markup {
  const listed = new Set(open.byRule(words).map(({ rule }) => rule.id));
  const rows = rules.map(({ rule, severity, counts }) => ({
    labels: [
      listed.has(rule) ? html`<a href="#${rule}">${rule}</a>` : html`${rule}`,
      html`<span class="severity ${severity}">${severity}</span>`,
    ],
    counts,
  }));
  return countTable('By rule', ['rule', 'severity'], rows);
}

const countTable = (
  caption: string,
  head: readonly string[],
  rows: readonly { readonly labels: readonly Markup[]; readonly counts: Counts }[],
) => html`<div class="wide"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}${STATES.map(
  (state) => html`<th scope="col" class="number">${HEADING[state]}</th>`,
)}</tr></thead>
<tbody>
${rows.map(
  ({ labels: [first = html``, ...rest], counts }) =>
    html`<tr><th scope="row">${first}</th>${rest.map(
      (each) => html`<td>${each}</td>`,
    )}${STATES.map((state) => html`<td class="number ${counts[state] > 0 ? state : ''}">${counts[state]}</td>`)}</tr>\n`,
)}</tbody>
</table></div>`;

function sectionOf({ rule, findings }: RuleFindings, context: FormatContext): Markup {
  const { pagesUrl } = context;
  const advice = adviceOn(findings, context);
  const link = pagesUrl
    ? html` <a href="${pagesUrl.replace(/\/$/, '')}/${rule.id}.md">More about this rule</a>`
    : null;
  return html`<section id="${rule.id}">
<h3>${rule.id} <span class="severity ${rule.severity}">${rule.severity}</span></h3>
<p>${rule.title}. ${rule.rationale}${link}</p>
${advice.length > 0 ? html`<p><b>How to fix</b></p><ul class="advice">${advice}</ul>` : null}
<div class="wide"><table>
<caption>${findings.length === 1 ? '1 finding' : `${findings.length} findings`}</caption>
<thead><tr><th scope="col">resource</th><th scope="col">account</th><th scope="col">Region</th><th scope="col">state</th><th
 scope="col">what was found</th></tr></thead>
<tbody>
${findings.map(rowOf)}</tbody>
</table></div>
</section>
`;
}

/** One fix may serve several messages. */
function adviceOn(findings: readonly Reported[], { rules }: FormatContext): readonly Markup[] {
  const found = new Map<string, { readonly ids: Set<string>; readonly advice: Markup }>();
  for (const finding of findings) {
    const advice = finding.state === 'WAIVED' ? null : adviceFor(finding, rules);
    if (advice === null) continue;
    const caution = advice.caution ? html` <b>Caution:</b> ${advice.caution}` : null;
    const key = `${advice.fix} ${advice.caution}`;
    const known = found.get(key) ?? {
      ids: new Set<string>(),
      advice: html`${advice.fix}${caution}`,
    };
    known.ids.add(finding.messageId);
    found.set(key, known);
  }
  return [...found.values()].map(
    ({ ids, advice }) => html`<li><span class="dim">${[...ids].join(', ')}:</span> ${advice}</li>`,
  );
}

function rowOf(finding: Reported): Markup {
  const { subject, state, messageId, message } = finding;
  const unit = unitOf(finding);
  return html`<tr><th scope="row">${subject.name}</th><td>${accountOf(finding)}${
    unit === '' ? null : html`<div class="dim">${unit}</div>`
  }</td><td class="tight">${subject.region}</td><td><span class="state ${state}">${state}</span>${markOf(
    finding,
  )}</td><td class="found">${message} <span class="dim">${messageId}</span>${detailsOf(finding)}</td></tr>\n`;
}

function detailsOf({ subject, capturedAt, evidence, requirements }: Reported): Markup {
  const lines = [
    subject.arn || subject.id,
    ...(capturedAt ? [`Recorded ${capturedAt}`] : []),
    ...(requirements.length > 0 ? [labelsOf(requirements).join(', ')] : []),
  ];
  const witness = evidence ? html`<pre>${cut(prettyOf(evidence), EVIDENCE_LENGTH)}</pre>` : null;
  return html`<details><summary>Details</summary>${lines.map((line) => html`<div>${line}</div>`)}${witness}</details>`;
}

function markOf({ state, waiver, baseline }: Reported): Markup | null {
  if (state === 'WAIVED') return html`<div class="dim">${waiver ?? ''}</div>`;
  if (baseline === undefined) return null;
  return html`<div class="dim">${baseline === 'known' ? 'in the baseline' : baseline}</div>`;
}

const prettyOf = (evidence: object) => JSON.stringify(JSON.parse(jsonLine(evidence)), null, 2);
