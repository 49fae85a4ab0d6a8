import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOf, RUN_ID, TABLE_NAMES } from '../../results/layout.ts';
import type { Problem, TableName } from '../../results/tables.ts';
import { eachOf } from '../../services/pool.ts';
import { PLEASE, pleaseFiles } from '../sign-in/pages.ts';
import { answerOf, type ObjectStore } from './object-store.ts';

/** Where the data set and the dashboard are in their bucket. */
export const DATA_SET = 'results/';
export const DASHBOARD = 'dashboard/';

/** How many objects travel in the same moment. */
const AT_ONCE = 16;

/** How many runs the trend of the dashboard goes back. */
const TREND = 90;

/** What a run is compared with: of the run before it, besides its row. */
const COMPARED: readonly TableName[] = ['regions', 'subjects', 'findings', 'changes'];

/**
 * Brings what a new run needs of those before it: rows and changes of the last ones for trend and timelines, and what changes are told
 * against. A run whose tables cannot be read is passed over, as it would stop every run after it.
 * @param folder of the data set on this machine. @param now the time of the run (ISO, UTC). @returns what was passed over.
 * @throws what S3 answers when the runs cannot be listed.
 */
export async function fetchEarlier(
  store: ObjectStore,
  folder: string,
  now: string,
): Promise<readonly Problem[]> {
  const keys = await store.objects(`${DATA_SET}run/`);
  const time = now.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  const earlier = keys
    .map(({ key }) => /\/([^/]+)\.ndjson\.gz$/.exec(key)?.[1] ?? '')
    .filter((id) => RUN_ID.test(id) && id < time)
    .sort()
    .slice(-TREND);
  const problems: Problem[] = [];
  const fetch = async (id: string, tables: readonly TableName[]) => {
    try {
      const paths = tables.map((table) => pathOf(table, id));
      await eachOf(paths, AT_ONCE, (path) => store.fetch(`${DATA_SET}${path}`, join(folder, path)));
      return true;
    } catch (error) {
      const message = `The run ${id} was passed over, because it cannot be read: ${answerOf(error)}.`;
      problems.push({ kind: 'file', message });
      return false;
    }
  };
  // The row of a run is fetched after its tables: without it the run is not there.
  while (earlier.length > 0) {
    const last = earlier.pop() ?? '';
    if ((await fetch(last, COMPARED)) && (await fetch(last, ['run']))) break;
  }
  await eachOf(earlier, AT_ONCE, (id) => fetch(id, ['changes', 'run']));
  return problems;
}

/** Puts the tables of a run into the bucket, that of the run last: until it is there, readers see the run before. */
export async function keepRun(store: ObjectStore, folder: string, runId: string): Promise<void> {
  const put = (table: TableName) => {
    const path = pathOf(table, runId);
    return store.put(`${DATA_SET}${path}`, join(folder, path));
  };
  await eachOf(
    TABLE_NAMES.filter((table) => table !== 'run'),
    AT_ONCE,
    put,
  );
  await put('run');
}

/** The file that names all others of a dashboard. */
const INDEX = 'data/index.json.gz';

/**
 * Puts a dashboard into the bucket, its index last: until it is there, the page shows the run before. With it the page that
 * CloudFront shows to who is not signed in.
 */
export async function keepDashboard(store: ObjectStore, folder: string): Promise<void> {
  await mkdir(join(folder, PLEASE), { recursive: true });
  for (const [name, text] of Object.entries(pleaseFiles))
    await writeFile(join(folder, PLEASE, name), text);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  const put = (name: string) => store.put(`${DASHBOARD}${name}`, join(folder, name));
  await eachOf(
    names.filter((name) => name !== INDEX),
    AT_ONCE,
    put,
  );
  await put(INDEX);
}
