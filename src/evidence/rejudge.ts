import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rule } from '../engine/rule.ts';
import {
  canonicalJson,
  type FindingRow,
  isRecorded,
  judgeInto,
  openDataSet,
  type RunRow,
  ruleHashes,
} from '../results/index.ts';
import { otherTables } from './other-tables.ts';
import { type Group, mergeSorted, orderOf } from './period/merge.ts';
import { openBundle } from './read.ts';

/** A result that does not come out of the records of the bundle as the bundle has it. */
export interface Difference {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  /** What differs, as field: there → judged again. */
  readonly what: string;
}

export interface Rejudged {
  readonly compared: number;
  /** In the order of the results. */
  readonly differences: readonly Difference[];
  /** Tables and pages of the bundle that are not those which its results give. */
  readonly otherFiles: readonly string[];
  /** Rules that the accounts judged themselves, so that no record of their results is here. */
  readonly judgedElsewhere: readonly string[];
  /** Rules that the run in the bundle does not name: chosen so (`--rules`), or taken out later. Their results are differences. */
  readonly notRun: readonly string[];
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
    const notRun = again.row.rules.map(({ rule }) => rule).filter((rule) => !ran.has(rule));
    const isAbout = (rule: string) =>
      (scope.requirements === null || scope.rules.includes(rule)) &&
      !judgedElsewhere.includes(rule);
    const { compared, differences } = await compare(
      bundle.results(),
      again.rows('findings'),
      isAbout,
    );
    const otherFiles = await otherTables(bundle, join(place, 'tables'));
    const hashes = ruleHashes(rules);
    const otherRules = run.rules.filter(({ rule, codeHash }) => hashes.get(rule) !== codeHash);
    return {
      ...{ compared, differences, otherFiles, judgedElsewhere, notRun },
      otherRules: otherRules.map(({ rule }) => rule),
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Said to be judged by AWS Config, and neither judged from the records nor of a kind that could be. */
function elsewhereIn(run: RunRow, again: RunRow, rules: readonly Rule[]): readonly string[] {
  const judged = new Set(again.rules.map(({ rule }) => rule));
  const fromRecords = new Set(rules.filter(isRecorded).map(({ id }) => id));
  return run.rules
    .filter(({ judgedBy }) => judgedBy === 'aws-config')
    .map(({ rule }) => rule)
    .filter((rule) => !judged.has(rule) && !fromRecords.has(rule));
}

async function compare(
  there: AsyncIterable<FindingRow>,
  again: AsyncIterable<FindingRow>,
  isAbout: (rule: string) => boolean,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const differences: Difference[] = [];
  let compared = 0;
  for await (const [one, other] of paired(mergeSorted([there, again]))) {
    const row = one ?? other;
    if (row === undefined || !isAbout(row.rule)) continue;
    compared++;
    const what = differenceOf(one, other);
    if (what === null) continue;
    differences.push({
      id: row.id,
      rule: row.rule,
      subject: row.subject.arn || row.subject.id,
      what,
    });
  }
  return { compared, differences };
}

type Pair = readonly [one: FindingRow | undefined, other: FindingRow | undefined];

/**
 * The id of a finding has in it when the resource was created, and the record of a deletion does not say that; only earlier runs
 * knew. So the findings that a resource is gone are the same by rule and subject.
 */
async function* paired(groups: AsyncIterable<Group<FindingRow>>): AsyncGenerator<Pair> {
  let waiting: Pair | undefined;
  for await (const [one, other] of groups) {
    const row = one ?? other;
    const isAlone = one === undefined || other === undefined;
    const isWaiting = isAlone && row?.messageId === 'resourceDeleted';
    const before = waiting?.[0] ?? waiting?.[1];
    if (waiting && before && row && isWaiting && orderOf(before) === orderOf(row)) {
      const pair: Pair = [waiting[0] ?? one, waiting[1] ?? other];
      if (pair[0] !== undefined && pair[1] !== undefined) {
        yield pair;
        waiting = undefined;
        continue;
      }
    }
    if (waiting) yield waiting;
    waiting = isWaiting ? [one, other] : undefined;
    if (!isWaiting) yield [one, other];
  }
  if (waiting) yield waiting;
}

/** What the records and the settings decide; when it was first seen so is decided by other runs. */
const JUDGED = [
  'verdict',
  'state',
  'messageId',
  'message',
  'severity',
  'waiver',
  'requirements',
  'strengths',
  'evidence',
  'capturedAt',
  'itemHash',
  'answerHashes',
  'verdictForConfig',
  'subject',
  'judgedBy',
] as const;

function differenceOf(one: FindingRow | undefined, other: FindingRow | undefined): string | null {
  if (one === undefined) return 'the bundle does not have it';
  if (other === undefined) return 'the records do not give it';
  const differing = JUDGED.filter((key) => text(one[key]) !== text(other[key]));
  if (differing.length === 0) return null;
  return differing.map((key) => `${key}: ${text(one[key])} → ${text(other[key])}`).join('; ');
}

const text = (value: unknown) => (value === undefined ? 'none' : canonicalJson(value));
