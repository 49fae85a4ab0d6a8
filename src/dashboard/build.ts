import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { FORMAT, type Index } from '../../dashboard/data/shape.ts';
import type { Rule as Code } from '../engine/rule.ts';
import { BASIS } from '../explanation/fix.ts';
import { countsOf } from './counts.ts';
import { evidenceFiles, fixesWithoutRecords } from './drill-down/evidence.ts';
import { Fixes } from './drill-down/fixes.ts';
import { type Past, pastOf } from './drill-down/timeline.ts';
import { Judged } from './judged.ts';
import { changesByKind } from './kinds-of-change.ts';
import { populationOf } from './population.ts';
import type { RunData } from './run-data.ts';
import { changesOf, coverageOf, coverageTotals, historyOf } from './tables.ts';
import { waiversOf } from './waivers.ts';
import { ruleOf } from './words.ts';

/** A file of the dashboard, relative to its folder. */
export interface DataFile {
  readonly name: string;
  /** Gzipped, without a time and a name: the same run gives the same bytes. */
  readonly bytes: Uint8Array;
}

const ACCOUNT = 'AWS::::Account';
/** At most so many problems are told one by one. */
const PROBLEMS = 200;

export interface BuildOptions {
  /** What the page calls itself. */
  readonly title: string;
  /** All rules of this release, which say what fixes a finding. */
  readonly rules: readonly Code[];
}

/**
 * The files of a dashboard, the index last: what names the others is there only when they are.
 * @throws Error when a finding is about a subject or a rule that the tables of its run do not list.
 */
export async function* dataFiles(
  data: RunData,
  { title, rules }: BuildOptions,
): AsyncGenerator<DataFile> {
  const population = populationOf(data);
  const folder = `runs/${folderName(data.run.runId)}`;
  const file = (name: string, value: unknown) => packed(`${folder}/${name}`, JSON.stringify(value));
  const past = await pastOf(data);
  const judged = new Judged(data, population, past.timelines);
  for await (const row of data.findings()) {
    const complete = judged.add(row);
    if (complete) yield file(`detail/${complete[0]}.json.gz`, complete[1]);
  }
  for (const [number, details] of judged.details.rest()) {
    yield file(`detail/${number}.json.gz`, details);
  }
  const fixes = await Fixes.open(data, judged.fixable, rules);
  const evidence = evidenceFiles(data, population, fixes);
  let digits: number | null = null;
  for await (const { prefix, texts } of evidence) {
    digits = prefix.length;
    yield file(`evidence/${prefix}.json.gz`, texts);
  }
  yield file('evidence/none.json.gz', await fixesWithoutRecords(data, population, fixes));
  yield packed(`${folder}/outcomes.bin.gz`, judged.cells());
  yield file('subjects.json.gz', population.columns);
  yield file('changes.json.gz', changesOf(data.changes, population, judged.ruleAt));
  yield file('coverage.json.gz', coverageOf(data, population, judged.ruleAt));
  yield packed(
    'index.json.gz',
    JSON.stringify(indexOf(data, judged, { title, folder, digits, fixes, past })),
  );
}

interface Rest {
  readonly title: string;
  readonly folder: string;
  readonly digits: number | null;
  readonly fixes: Fixes;
  readonly past: Past;
}

function indexOf(
  data: RunData,
  judged: Judged,
  { title, folder, digits, fixes, past }: Rest,
): Index {
  const { run, catalog, earlier, settings } = data;
  const { population, rules, columns } = judged;
  const severities = new Map(catalog.rules.map(({ id, severity }) => [id, severity]));
  const accounts = new Set(
    data.subjects.flatMap(({ subject: { type, account } }) => (type === ACCOUNT ? account : [])),
  ).size;
  const shown = rules.map((rule, index) => {
    const unfixed = fixes.reasons[index];
    const outcomes = columns[index]?.outcomes ?? [];
    const places = judged.causes.places(index);
    return {
      ...ruleOf(rule, run, { outcomes, places, accounts }, judged.requirementAt),
      ...(unfixed ? { unfixed } : {}),
    };
  });
  const order = ['critical', 'high', 'medium', 'low'];
  const observed = data.regions.flatMap(({ observedAt }) => observedAt ?? []).toSorted();
  return {
    ...{ format: FORMAT, title, folder, evidenceDigits: digits },
    run: {
      ...{ id: run.runId, at: run.evaluatedAt, previous: run.previousRun, subjects: run.subjects },
      ...{ tool: run.tool.name, version: run.tool.version, commit: run.tool.commit },
      ...{ rulesHash: run.tool.rulesHash, settingsHash: run.settingsHash },
      observed: observed.length > 0 ? [observed[0] ?? '', observed.at(-1) ?? ''] : null,
    },
    counts: countsOf(run.states),
    ...{ accounts: population.accounts, regions: population.regions, types: population.types },
    ...{ rules: shown, ...judged.frame },
    waivers: waiversOf(settings, run.evaluatedAt, judged.waived),
    causes: judged.causes.causes(
      (rule) => order.indexOf(rules[rule]?.severity ?? 'low'),
      (rule) => shown[rule]?.counts.slice(0, 4).reduce((a, b) => a + b, 0) ?? 0,
    ),
    gaps: judged.causes.gaps,
    exposure: judged.exposed.exposure((id) => run.rules.some(({ rule }) => rule === id)),
    history: historyOf([...earlier, run], severities, past.unseen),
    changes: changesByKind(data.changes.filter(({ rule }) => judged.ruleAt.has(rule))),
    coverage: coverageTotals(data, population),
    problems: run.problems.slice(0, PROBLEMS).map(({ message }) => message),
    ...{ problemCount: run.problems.length, fixBasis: BASIS },
  };
}

/** A run id comes from the data: only what is safe in a path stays as it is. */
const folderName = (runId: string) =>
  /^[\w-]{1,80}$/.test(runId)
    ? runId
    : createHash('sha256').update(runId).digest('hex').slice(0, 16);

const packed = (name: string, content: string | Uint8Array): DataFile => ({
  name: `data/${name}`,
  bytes: gzipSync(content, { level: 9 }),
});
