import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecorded } from '../../assessment/runs-in.ts';
import { parametersOf } from '../../engine/parameters.ts';
import { wordsOf } from '../../engine/words.ts';
import { type Judging, openDataSet, type Problem } from '../../results/index.ts';
import { deliveryOf } from '../../sources/files/snapshot-files.ts';
import { type Coverage, readCoverage } from './coverage.ts';
import type { Delivered } from './delivered.ts';
import { Differences } from './differences.ts';
import { readHistory, type Telling, tellingOf } from './history.ts';
import { LiveResults } from './live-results.ts';
import { answerOf } from './object-store.ts';
import { Reported, ResultsNotRead } from './reported.ts';
import type { OrganizationWorld } from './world.ts';

/** What AWS Config itself holds: to compare with, and of the rules that are not judged here. */
export interface FromConfig extends Pick<Judging, 'elsewhere' | 'listener'> {
  readonly problems: readonly Problem[];
}

/** What the aggregator holds; null where no account has our rules. Nobody need wait for it. */
export function reportedBy(
  { select, rules }: OrganizationWorld,
  hasTime: () => boolean,
): Promise<Reported> | null {
  if (select === null) return null;
  const ids = rules.map(({ id }) => id);
  const reading = Reported.read(ids, select, hasTime);
  reading.catch(() => {});
  return reading;
}

export interface Around {
  /** The folder of the data set, with the run before. */
  readonly results: string;
  /** What was delivered. */
  readonly files: Delivered['files'];
  /** The time of the run (ISO, UTC). */
  readonly now: string;
  readonly hasTime: () => boolean;
}

/** Puts together what AWS Config holds in all accounts. A run that cannot read it lacks results and a check, and says so. */
export async function fromConfig(
  world: OrganizationWorld,
  reading: Promise<Reported> | null,
  { results, files, now, hasTime }: Around,
): Promise<FromConfig> {
  const { history, settings } = world;
  if (reading === null) return { problems: [] };
  const folder = join(world.work, 'history');
  const rules = world.rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const live = rules.filter(({ rule }) => !isRecorded(rule));
  try {
    await mkdir(folder, { recursive: true });
    const reported = await reading;
    const coverage = await readCoverage(history, folder, now);
    const listener = new Differences(reported, coverage ?? NOWHERE, observedIn(files), now);
    const telling: Telling = new Map();
    const before = (await openDataSet(results)).runs.findLast(({ row }) => row.evaluatedAt < now);
    const { current } = coverage ?? NOWHERE;
    const since = await tellingOf(before, telling, current);
    const words = live.map(({ rule }) => wordsOf(rule));
    const problems = await readHistory(
      { history, rules: words, folder, now, hasTime },
      since,
      telling,
    );
    const judged = rules.filter(({ rule }) => isRecorded(rule));
    // A deployment without a history has no such rows: its places say that nothing was taken.
    const isUncovered = coverage === null && history !== null;
    const elsewhere = new LiveResults({ live, judged, reported, telling, current, settings, now });
    return {
      listener,
      elsewhere,
      problems: [...problems, ...(isUncovered ? [UNKNOWN_COVERAGE] : [])],
    };
  } catch (error) {
    const why = error instanceof ResultsNotRead ? error.message : answerOf(error);
    const message = `The results of AWS Config were not compared with this run, nor taken over: ${why}.`;
    return { problems: [{ kind: 'difference', message }] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NOWHERE: Coverage = { current: new Set(), otherRelease: new Set() };

/** Without these rows, functions that no longer run, or are of before, would be taken for ones that found no change. */
const UNKNOWN_COVERAGE: Problem = {
  kind: 'difference',
  message:
    'No result of AWS Config was taken over: there are no rows of coverage of the last days, which say where its rules are current.',
};

/** When the newest snapshot of each `account Region` was taken. */
function observedIn(files: Delivered['files']): ReadonlyMap<string, string> {
  const observed = new Map<string, string>();
  for (const { key } of files) {
    const { account, region, kind, at } = deliveryOf(key) ?? {};
    if (kind === 'snapshot' && at !== undefined) observed.set(`${account} ${region}`, at);
  }
  return observed;
}
