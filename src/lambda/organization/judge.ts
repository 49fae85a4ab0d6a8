import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runDataOf } from '../../dashboard/from-results.ts';
import type { PageCode } from '../../dashboard/page-code.ts';
import { writeDashboard } from '../../dashboard/write.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Release } from '../../release/release.ts';
import {
  type Judging,
  judgeInto,
  openDataSet,
  type Problem,
  type RunRow,
} from '../../results/index.ts';
import { eachOf } from '../../services/pool.ts';
import type { Settings } from '../../settings/settings.ts';
import type { LambdaContext } from '../judging/time-left.ts';
import { deliveredFiles } from './delivered.ts';
import { Differences } from './differences.ts';
import { fetchEarlier, keepDashboard, keepRun } from './kept-runs.ts';
import { answerOf, type ObjectStore } from './object-store.ts';
import { Reported, ResultsNotRead, type Select } from './reported.ts';

/** What the function works with. */
export interface OrganizationWorld {
  /** The bucket that AWS Config delivers to. */
  readonly delivery: ObjectStore;
  /** What stands before `AWSLogs/` in its keys, with "/" at its end; may be empty. */
  readonly prefix: string;
  /** The bucket of the data set and the dashboard. */
  readonly data: ObjectStore;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly release: Release;
  /** What the dashboard calls itself. */
  readonly title: string;
  readonly pageCode: () => Promise<PageCode>;
  /** The accounts of the deployment, as AWS Organizations lists them. */
  readonly accounts: () => Promise<NonNullable<Judging['known']>>;
  /** Asks the aggregator of AWS Config; null where no account has our rules. */
  readonly select: Select | null;
  /** A folder of its own, which is emptied before and after. */
  readonly work: string;
  /** How many bytes of delivered files fit into that folder, beside what is made of them. */
  readonly capacity: number;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Nothing was judged, and nothing was written: the results of the day before stay what they are. */
export class NotJudged extends Error {
  override readonly name = 'NotJudged';
}

/** How many files are fetched in the same moment. */
const AT_ONCE = 32;

/**
 * Once a day: judges what AWS Config delivered last of all accounts and Regions, and puts data set and dashboard into their bucket.
 * The time of the run is that of the event, so that a second try gives the same run.
 */
export function createOrganizationJudge(
  world: OrganizationWorld,
): (
  event: unknown,
  context?: LambdaContext,
) => Promise<{ readonly runId: string; readonly problems: number }> {
  return async (event, context) => {
    const now = timeOf(event) ?? world.now().toISOString();
    // What a run left that was cut: Lambda may start the next one with the same disk.
    await rm(world.work, { recursive: true, force: true });
    try {
      const { runId, problems, subjects, findings, notAssessed, previousRun } = await run(
        world,
        now,
        halfOf(context),
      );
      const level = problems.length > 0 ? 'warn' : 'info';
      const counts = { subjects, findings, notAssessed, problems: problems.length };
      world.log({ level, task: 'judge-organization', runId, previousRun, ...counts });
      return { runId, problems: problems.length };
    } finally {
      await rm(world.work, { recursive: true, force: true });
    }
  };
}

async function run(world: OrganizationWorld, now: string, hasTime: () => boolean): Promise<RunRow> {
  const { data, rules, settings, release, title, log } = world;
  const folders = {
    // The name of the bucket, because problems name the source by its folder.
    delivered: join(world.work, world.delivery.bucket),
    results: join(world.work, 'results'),
    dashboard: join(world.work, 'dashboard'),
  };
  await mkdir(folders.delivered, { recursive: true });
  const [fetched, compared] = await Promise.all([
    fetchDelivered(world, folders.delivered, now),
    comparison(world, now, hasTime),
  ]);
  const earlier = await fetchEarlier(data, folders.results, now);
  const problems = [...fetched, ...compared.problems, ...earlier];
  const row = await judgeInto(folders.results, [folders.delivered], {
    ...{ settings, rules, now, release, problems },
    known: await world.accounts(),
    listener: compared.listener,
    complain: (message) => log({ level: 'warn', task: 'judge-organization', message }),
  });
  await rm(folders.delivered, { recursive: true });
  const dataSet = await openDataSet(folders.results);
  const judged = dataSet.run(row.runId);
  if (judged === undefined) throw new NotJudged(`The run ${row.runId} was not written.`);
  const code = await world.pageCode();
  const output = folders.dashboard;
  const options = { output, title, rules, isSingle: false, code };
  await writeDashboard(await runDataOf(dataSet, judged), options);
  await keepRun(data, folders.results, row.runId);
  await keepDashboard(data, folders.dashboard);
  return row;
}

/** Half of the time that Lambda gives: judging needs the rest. */
function halfOf({ getRemainingTimeInMillis: left }: LambdaContext = {}): () => boolean {
  if (left === undefined) return () => true;
  const half = left() / 2;
  return () => left() > half;
}

/** What AWS Config itself holds. A run that cannot read it lacks a check, and says so. */
async function comparison(
  { select, rules }: OrganizationWorld,
  now: string,
  hasTime: () => boolean,
): Promise<{ readonly listener?: Differences; readonly problems: readonly Problem[] }> {
  if (select === null) return { problems: [] };
  try {
    const ids = rules.map(({ id }) => id);
    const listener = new Differences(await Reported.read(ids, select, hasTime), now);
    return { listener, problems: [] };
  } catch (error) {
    const why = error instanceof ResultsNotRead ? error.message : answerOf(error);
    const message = `The results of AWS Config were not compared with this run: ${why}.`;
    return { problems: [{ kind: 'difference', message }] };
  }
}

/**
 * Brings the delivered files to this machine.
 * @returns what could not be read. @throws NotJudged when there is nothing to judge, or more than fits.
 */
async function fetchDelivered(
  { delivery, prefix, capacity }: OrganizationWorld,
  folder: string,
  now: string,
): Promise<readonly Problem[]> {
  const { files, problems } = await deliveredFiles(delivery, prefix, now);
  const place = `s3://${delivery.bucket}/${prefix}AWSLogs/`;
  if (files.length === 0) {
    const [first] = problems;
    throw new NotJudged(`There is nothing to judge in ${place}. ${first?.message ?? ''}`.trim());
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > capacity) {
    throw new NotJudged(
      `The newest files in ${place} have ${bytes} bytes, more than the ${capacity} that fit here. See docs/roll-out.md.`,
    );
  }
  const unread = await eachOf(files, AT_ONCE, async ({ key }): Promise<Problem | null> => {
    const name = key.slice(prefix.length);
    try {
      await delivery.fetch(key, join(folder, name));
      return null;
    } catch (error) {
      return { kind: 'file', message: `${name} could not be read: ${answerOf(error)}.` };
    }
  });
  const failed = unread.filter((each) => each !== null);
  const [first] = failed;
  if (first !== undefined && failed.length === files.length) {
    throw new NotJudged(`No file in ${place} can be read. ${first.message}`);
  }
  return [...problems, ...failed];
}

/** When EventBridge sent the event (ISO, UTC); null where it does not say. */
function timeOf(event: unknown): string | null {
  const time = typeof event === 'object' && event !== null && 'time' in event ? event.time : null;
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time))) return null;
  return new Date(time).toISOString();
}
