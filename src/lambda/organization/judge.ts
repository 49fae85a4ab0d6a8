import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecorded } from '../../assessment/runs-in.ts';
import { runDataOf } from '../../dashboard/from-results.ts';
import { writeDashboard } from '../../dashboard/write.ts';
import { judgeInto, openDataSet, type Problem, type RunRow } from '../../results/index.ts';
import { eachOf } from '../../services/pool.ts';
import type { LambdaContext } from '../judging/time-left.ts';
import { type Delivered, deliveredFiles } from './delivered.ts';
import { fromConfig, reportedBy } from './from-config.ts';
import { fetchEarlier, keepDashboard, keepRun } from './kept-runs.ts';
import { answerOf } from './object-store.ts';
import type { OrganizationWorld } from './world.ts';

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
        quarterOf(context),
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
  // The aggregator answers page by page, so it is asked while files arrive.
  const reported = reportedBy(world, hasTime);
  const fetched = await fetchDelivered(world, folders.delivered, now);
  const earlier = await fetchEarlier(data, folders.results, now);
  const { files } = fetched;
  const held = await fromConfig(world, reported, { results: folders.results, files, now, hasTime });
  const problems = [...fetched.problems, ...held.problems, ...earlier];
  const row = await judgeInto(folders.results, [folders.delivered], {
    ...{ settings, now, release, problems },
    // What asks services is judged by the accounts themselves.
    rules: rules.filter(isRecorded),
    known: await world.accounts(),
    ...{ elsewhere: held.elsewhere, listener: held.listener },
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

/** A quarter of the time that Lambda gives: judging 100,000 buckets needs most of the rest (docs/performance.md). */
function quarterOf({ getRemainingTimeInMillis: left }: LambdaContext = {}): () => boolean {
  if (left === undefined) return () => true;
  const rest = left() * 0.75;
  return () => left() > rest;
}

/**
 * Brings the delivered files to this machine.
 * @returns which they are, and what could not be read. @throws NotJudged when there is nothing to judge, or more than fits.
 */
async function fetchDelivered(
  { delivery, prefix, capacity }: OrganizationWorld,
  folder: string,
  now: string,
): Promise<Delivered> {
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
  return { files, problems: [...problems, ...failed] };
}

/** When EventBridge sent the event (ISO, UTC); null where it does not say. */
function timeOf(event: unknown): string | null {
  const time = typeof event === 'object' && event !== null && 'time' in event ? event.time : null;
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time))) return null;
  return new Date(time).toISOString();
}
