import type { CatalogRule, FindingRow } from '../../results/index.ts';
import { pathOfItem } from '../contents/population.ts';
import type { RequirementFolder } from '../contents/requirements.ts';
import { noStates, tableOfRule } from '../contents/results.ts';
import type { Judged } from '../dossier.ts';
import { addressableSection } from './addressable.ts';
import { html, type Markup, page, table } from './html.ts';
import { STYLE } from './style.ts';
import { span, stateWord, when } from './words.ts';

const ROOT = '../../..';

/** The page of one requirement: what it says, which rules test something of it, what they found, and down to the records. */
export function requirementPage(folder: RequirementFolder, dossier: Judged): string {
  const { requirement, framework, rules, exceptions, total, examples } = folder;
  const { closing, period } = dossier;
  const of = total.PASS + total.FAIL + total.UNKNOWN + total.WAIVED;
  const body = html`
<header>
<p class="kicker"><a href="${ROOT}/index.html">Evidence for Amazon S3</a>, ${span(period)}</p>
<h1>${requirement.citation}: ${requirement.title}</h1>
<p class="lead">${sentence(of, total)} They are those of the last run, of ${when(closing.run.evaluatedAt)}.</p>
</header>
<section>
<h2>What the text asks</h2>
<blockquote>${requirement.text}</blockquote>
<p class="soft">${framework.citation}. ${implementation(requirement.implementation)} […] marks words that are left out.</p>
</section>
${addressableSection(folder, dossier.decisions, closing.run.evaluatedAt)}
<section>
<h2>What was tested</h2>
<p>Each rule was tried on every resource that it is for: there is no sample. Only results whose own sentence speaks
for this requirement are counted here.</p>
<div class="scroll">${rulesTable(folder)}</div>
</section>
<section>
<h2>Exceptions</h2>
${
  exceptions.length === 0
    ? html`<p>None: no result that speaks for this requirement fails, is waived or is
unknown.</p>`
    : html`<div class="scroll">${exceptionsTable(exceptions, of - total.PASS)}</div>`
}
<p>${
    folder.isWhole
      ? html`<a href="results.csv">results.csv</a> has every result, with the record that it was judged
from.`
      : html`<a href="results.csv">results.csv</a> has every exception. The results that pass stand in the tables of
the rules.`
  }</p>
</section>
${
  examples.length === 0
    ? null
    : html`<section>
<h2>From a result down to its record</h2>
<p>The record is what AWS Config delivered, byte for byte; its file name is its SHA-256. <code>sha256sum</code> of the
file gives the same number.</p>
<ul>${examples.map(
        (row) => html`<li>${row.subject.name || row.subject.arn}: ${row.message} <a
href="${ROOT}/${pathOfItem(row.itemHash)}">Its record</a>, captured
${when(row.capturedAt ?? closing.run.evaluatedAt)}.</li>\n`,
      )}</ul>
</section>`
}
<section>
<h2>How it was tested, and what this does not show</h2>
${rules.map((rule) => procedure(rule, dossier))}
</section>
`;
  return page(`${requirement.citation}: ${requirement.title}`, STYLE, body);
}

function sentence(
  of: number,
  { PASS, FAIL, WAIVED, UNKNOWN }: ReturnType<typeof noStates>,
): string {
  if (of === 0)
    return 'No result speaks for this requirement: the rules were not applicable to any resource.';
  return `Of ${of} results that speak for it: ${FAIL} fail, ${UNKNOWN} unknown, ${WAIVED} waived, ${PASS} pass.`;
}

const implementation = (kind: string | undefined) =>
  kind === undefined ? '' : kind === 'addressable' ? 'Addressable.' : 'Required.';

function rulesTable({ rules, requirement, states }: RequirementFolder): Markup {
  const rows = rules.map((rule) => {
    const counts = states.get(rule.id) ?? noStates();
    const link = rule.requirements[requirement.id as keyof typeof rule.requirements];
    return [
      html`<a href="${ROOT}/${tableOfRule(rule.id)}">${rule.id}</a>`,
      link?.strength ?? '',
      link?.reason ?? '',
      ...[counts.FAIL, counts.UNKNOWN, counts.WAIVED, counts.PASS, counts.NOT_APPLICABLE],
    ];
  });
  return table(
    'Rules that support this requirement',
    ['Rule', 'Strength', 'What it tests', 'Fail', 'Unknown', 'Waived', 'Pass', 'Not applicable'],
    rows,
  );
}

function exceptionsTable(rows: readonly FindingRow[], all: number): Markup {
  const caption = rows.length < all ? `The first ${rows.length} of ${all}` : 'All of them';
  return table(
    caption,
    ['Resource', 'Account', 'Region', 'Rule', 'State', 'What was found', 'Since', 'Record'],
    rows.map((row) => [
      row.subject.name || row.subject.arn || row.subject.id,
      row.subject.account,
      row.subject.region,
      row.rule,
      stateWord(row.state),
      row.waiver ? `${row.message} (waiver ${row.waiver})` : row.message,
      row.stateSince.slice(0, 10),
      row.itemHash === null
        ? 'none'
        : html`<a href="${ROOT}/${pathOfItem(row.itemHash)}"><code>${row.itemHash.slice(0, 12)}</code></a>`,
    ]),
  );
}

function procedure(rule: CatalogRule, { closing }: Judged): Markup {
  const ran = closing.run.rules.find((each) => each.rule === rule.id);
  return html`<h3>${rule.id}: ${rule.title}</h3>
<p>${rule.rationale}</p>
<dl><dt>Parameters</dt><dd><code>${ran?.parameters ?? '{}'}</code></dd><dt>Code
(SHA-256)</dt><dd><code>${ran?.codeHash ?? ''}</code></dd></dl>
${ran?.judgedBy === undefined ? null : judgedElsewhere(ran.unreported ?? 0)}
${rule.limits.length === 0 ? null : html`<ul>${rule.limits.map((limit) => html`<li>${limit}</li>`)}</ul>`}
`;
}

const judgedElsewhere = (unreported: number) =>
  html`<p>Judged by AWS Config in each account, because the rule asks services. There is no record of these results in this
bundle, and they cannot be judged again from it. Of ${unreported} resources that the rule may be for, AWS Config told no
result: the rule is not applicable to them, or they were not judged.</p>`;
