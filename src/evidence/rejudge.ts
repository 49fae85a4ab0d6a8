import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rule } from '../engine/rule.ts';
import {
  isRecorded,
  judgeInto,
  openDataSet,
  type RunRow,
  ruleHashes,
  rulesHash,
} from '../results/index.ts';
import { compare, type Difference } from './compare-results.ts';
import { otherTables } from './other-tables.ts';
import { openBundle } from './read.ts';

export interface Rejudged {
  readonly compared: number;
  /** In the order of the results. */
  readonly differences: readonly Difference[];
  /** Tables and pages of the bundle that are not those which its results give. */
  readonly otherFiles: readonly string[];
  /** Rules that the accounts judged themselves, so that no record of their results is here. */
  readonly judgedElsewhere: readonly string[];
  /** Rules that the run says were left out (`--rules`). Of their results nothing is claimed, so nothing is compared. */
  readonly leftOut: readonly string[];
  /** Rules that the run neither names nor says to have left out: taken out later, or of another release. Their results are differences. */
  readonly notRun: readonly string[];
  /** Whether the bundle was made by a release with other rules, or other code of them. */
  readonly isOtherRelease: boolean;
  /** Rules whose code is not that which the bundle was made with. */
  readonly otherRules: readonly string[];
}

/** The folders of a bundle that hold records and answers. */
const RAW = ['items', 'answers'];

/** A bundle without its records cannot be judged again. */
export class NoRecords extends Error {
  override readonly name = 'NoRecords';
}

/**
 * Judges the records of a bundle again, with its settings and at its time, and compares every result. It finds what a signature
 * cannot: a result that was changed and signed by an owner of the key.
 * @param rules all rules of this release. @throws NoRecords, Malformed
 */
export async function rejudge(folder: string, rules: readonly Rule[]): Promise<Rejudged> {
  const bundle = await openBundle(folder);
  const { run } = bundle;
  const sources = [];
  for (const name of RAW) {
    const path = join(folder, name);
    if (
      await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      )
    )
      sources.push(path);
  }
  if (sources.length === 0)
    throw new NoRecords(`${folder} has no records: a redacted bundle cannot be judged again.`);
  const settings = await bundle.settings();
  const place = await mkdtemp(join(tmpdir(), 's3-config-rules-'));
  try {
    const { runId } = await judgeInto(place, sources, {
      settings,
      rules,
      now: run.evaluatedAt,
      withEvidence: false,
    });
    const again = (await openDataSet(place)).run(runId);
    if (again === undefined) throw new Error(`The run ${runId} was not written.`);
    const { scope } = bundle.manifest;
    const judgedElsewhere = elsewhereIn(run, again.row, rules);
    // Whatever the records give is compared, unless the bundle is about some requirements only.
    const ran = new Set(run.rules.map(({ rule }) => rule));
    const unnamed = again.row.rules.map(({ rule }) => rule).filter((rule) => !ran.has(rule));
    const [leftOut, notRun] = split(unnamed, (rule) => run.leftOut?.includes(rule) === true);
    const isAbout = (rule: string) =>
      (scope.requirements === null || scope.rules.includes(rule)) &&
      !judgedElsewhere.includes(rule) &&
      !leftOut.includes(rule);
    const { compared, differences } = await compare(
      bundle.results(),
      again.rows('findings'),
      isAbout,
    );
    const otherFiles = await otherTables(bundle, join(place, 'tables'));
    const hashes = ruleHashes(rules);
    const otherRules = run.rules.filter(({ rule, codeHash }) => hashes.get(rule) !== codeHash);
    return {
      ...{ compared, differences, otherFiles, judgedElsewhere, leftOut, notRun },
      isOtherRelease: run.tool.rulesHash !== rulesHash(),
      otherRules: otherRules.map(({ rule }) => rule),
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const split = (all: readonly string[], isFirst: (each: string) => boolean) =>
  [all.filter(isFirst), all.filter((each) => !isFirst(each))] as const;

/** Said to be judged by AWS Config, and neither judged from the records nor of a kind that could be. */
function elsewhereIn(run: RunRow, again: RunRow, rules: readonly Rule[]): readonly string[] {
  const judged = new Set(again.rules.map(({ rule }) => rule));
  const fromRecords = new Set(rules.filter(isRecorded).map(({ id }) => id));
  return run.rules
    .filter(({ judgedBy }) => judgedBy === 'aws-config')
    .map(({ rule }) => rule)
    .filter((rule) => !judged.has(rule) && !fromRecords.has(rule));
}
