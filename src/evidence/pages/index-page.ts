import type { HistorySummary } from '../contents/history.ts';
import type { Coverage, PopulationSummary } from '../contents/population.ts';
import type { RequirementFolder } from '../contents/requirements.ts';
import type { Dossier } from '../dossier.ts';
import { changedWithin } from './changed-within.ts';
import { historyTable } from './history-table.ts';
import { html, type Markup, page, table } from './html.ts';
import { STYLE } from './style.ts';
import { duration, NOT_SHOWN, span, when } from './words.ts';

export interface FrontMatter {
  readonly dossier: Dossier;
  readonly population: PopulationSummary;
  readonly history: HistorySummary;
  readonly folders: readonly RequirementFolder[];
  /** What does not add up, as sentences. */
  readonly unreconciled: readonly string[];
  readonly sequence: number;
  readonly previous: string | null;
  /** Fingerprint of the key that signs; null where none does. */
  readonly signer: string | null;
  readonly madeAt: string;
}

/** Page 1: what it is, who and what was judged, what was not, what does not add up, and how to check it. */
export function indexPage(front: FrontMatter): string {
  const { dossier, population, folders, history } = front;
  const { closing, period, organization, runs } = dossier;
  const { run } = closing;
  const title = `Evidence for Amazon S3: ${organization}`;
  const body = html`
<header>
<p class="kicker">Evidence for Amazon S3</p>
<h1>${organization}, ${span(period)}</h1>
<p class="lead">${run.rules.length} rules judged ${run.subjects} resources in ${total(population.accounts)} accounts.
In the last run, of ${when(run.evaluatedAt)}, results are: ${run.states.FAIL} fail, ${run.states.UNKNOWN} unknown, ${run.states.WAIVED}
waived, ${run.states.PASS} pass.</p>
</header>
${notice(front)}
<section>
<h2>What was judged, by what</h2>
<dl>
<dt>Results of</dt><dd>${when(run.evaluatedAt)} (run <code>${run.runId}</code>)</dd>
<dt>Runs in the period</dt><dd>${runs.length}; the longest time in which nothing was known of a result is
${duration(history.longestSilence)}</dd>
<dt>Tool</dt><dd>${run.tool.name} ${run.tool.version}, commit <code>${run.tool.commit}</code></dd>
<dt>Code of the rules</dt><dd><code>${run.tool.rulesHash}</code> (SHA-256)</dd>
<dt>Settings</dt><dd>${settingsOf(dossier)}</dd>
<dt>Changed in the period</dt><dd>${changedWithin(runs)}</dd>
<dt>Inputs</dt><dd><a href="inputs.csv">${run.inputs.length} files</a>, each with its SHA-256</dd>
<dt>Bundle</dt><dd>number ${front.sequence}${
    front.previous === null
      ? ', the first of its chain'
      : html`, after
<code>${front.previous}</code>`
  }; made ${when(front.madeAt)}</dd>
<dt>Signature</dt><dd>${
    front.signer === null
      ? 'none'
      : html`key <code>${front.signer}</code> (SHA-256 of the public
key). Compare it with the fingerprint that the organization gave you by another way.`
  }</dd>
</dl>
</section>
<section>
<h2>Population</h2>
<p>Every account, Region and resource that is known, from which source, and whether it was assessed. Resources times
rules is the number of results.</p>
<div class="scroll">${populationTable(population)}</div>
${gapsOf(population)}
</section>
<section>
<h2>Requirements</h2>
<p>Open the page of the requirement that you ask for. A rule with the strength <em>primary</em> tests what the text
asks, one with <em>supporting</em> something that helps.</p>
<div class="scroll">${requirementsTable(folders)}</div>
${unserved(dossier)}
</section>
<section>
<h2>Over the period</h2>
<div class="scroll">${historyTable(history)}</div>
<p><a href="history/intervals.csv">history/intervals.csv</a> has every result as intervals from a moment to before
another; <a href="history/failures.csv">history/failures.csv</a> every failure and how it ended. Hours in which
nothing was observed are unknown and never counted as passing. A waiver fixes nothing.</p>
</section>
<section>
<h2>Other files</h2>
<ul>
<li><a href="results/results.ndjson">results/results.ndjson</a>: every result, one in a line;
results/&lt;rule&gt;.csv: those of one rule</li>
<li><a href="waivers.csv">waivers.csv</a>: owner, approver, reason and end of every waiver</li>
<li><a href="parameters.csv">parameters.csv</a>: code and parameters of each rule in each run</li>
<li>items/ and answers/: the records that were judged, under their SHA-256</li>
<li>oscal/: the same as OSCAL documents</li>
</ul>
</section>
<section>
<h2>How to check it</h2>
<ol>
<li><code>sha256sum -c SHA256SUMS</code> in this folder: no file was changed.</li>
<li><code>s3-config-rules evidence verify . --key public.pem</code>: no file is missing or was added, and the
signature is that of the key.</li>
<li><code>s3-config-rules evidence rejudge .</code>: the same results come out of the records in this folder.</li>
<li><code>s3-config-rules evidence sample . --seed 1 --size 25</code>: draws the rows that you look at by hand.</li>
</ol>
</section>
<section>
<h2>What this evidence does not show</h2>
<ul>${NOT_SHOWN.map((each) => html`<li>${each}</li>\n`)}</ul>
</section>
`;
  return page(title, STYLE, body);
}

const settingsOf = ({ closing: { run }, redaction }: Dossier): Markup =>
  redaction === null
    ? html`<a href="settings/${run.settingsHash}.json"><code>${run.settingsHash}</code></a> (SHA-256)`
    : html`<code>${run.settingsHash}</code> (SHA-256 of settings that are not in this redacted bundle)`;

const total = ({ yes, partly, no }: Coverage) => yes + partly + no;

function notice({
  unreconciled,
  population: { accounts, regions, subjects },
}: FrontMatter): Markup {
  const missing = [accounts, regions, subjects].some(({ partly, no }) => partly + no > 0)
    ? ['Not everything was assessed: the section on the population names what is missing.']
    : [];
  const all = [...missing, ...unreconciled];
  if (all.length === 0)
    return html`<p class="notice sound">Everything that is known was assessed, and all counts add up.</p>`;
  return html`<div class="notice"><strong>This bundle does not add up to the
whole.</strong><ul>${all.map((each) => html`<li>${each}</li>`)}</ul></div>`;
}

const populationTable = ({ accounts, regions, subjects }: PopulationSummary): Markup =>
  table(
    'Assessed: with all rules, with some of them, or not at all',
    ['', 'Known', 'Assessed', 'Partly', 'Not assessed', 'File'],
    [
      row('Accounts', accounts, 'accounts'),
      row('Regions of accounts', regions, 'regions'),
      row('Resources', subjects, 'subjects'),
    ],
  );

const row = (name: string, coverage: Coverage, file: string) => [
  name,
  total(coverage),
  coverage.yes,
  coverage.partly,
  coverage.no,
  html`<a href="population/${file}.csv">${file}.csv</a>`,
];

function gapsOf({ gaps }: PopulationSummary): Markup | null {
  if (gaps.length === 0) return null;
  const rows = gaps.map(({ what, reason }) => [what, reason]);
  return html`<div class="scroll">${table('Not assessed, or not whole', ['What', 'Why'], rows)}</div>`;
}

const requirementsTable = (folders: readonly RequirementFolder[]): Markup =>
  table(
    'Results of the last run that speak for each requirement',
    ['Requirement', 'Title', 'Rules', 'Fail', 'Unknown', 'Waived', 'Pass'],
    folders.map((folder) => {
      const { FAIL, UNKNOWN, WAIVED, PASS } = folder.total;
      return [
        html`<a href="${folder.path}/index.html">${folder.requirement.citation}</a>`,
        folder.requirement.title,
        folder.rules.length,
        FAIL,
        UNKNOWN,
        WAIVED,
        PASS,
      ];
    }),
  );

function unserved({ frameworks, catalog, rules }: Dossier): Markup | null {
  const open = frameworks.flatMap(({ requirements }) =>
    requirements.filter(
      ({ id }) => !catalog.rules.some((rule) => rules.includes(rule.id) && id in rule.requirements),
    ),
  );
  if (open.length === 0) return null;
  return html`<h3>Requirements that no rule
supports</h3><ul>${open.map(
    ({ citation, title, unserved: because }) => html`<li>${citation}, ${title}:
${because ?? 'the rules that support it did not run, or their parameters do not reach it'}</li>\n`,
  )}</ul>`;
}
