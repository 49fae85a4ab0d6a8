import type { TableName } from './tables.ts';

/** The tables in the order in which they are put in place. That of the run is last: with it the run is there. */
export const TABLE_NAMES: readonly TableName[] = [
  'accounts',
  'regions',
  'subjects',
  'findings',
  'changes',
  'differences',
  'evidence',
  'settings',
  'catalog',
  'run',
];

/** `20261102T120000Z-1f2e3d4c`: to the second in UTC, and eight digits of a hash. */
export const RUN_ID = /^(\d{4})(\d{2})(\d{2})T\d{6}Z-[0-9a-f]{8}$/;

/** @param at ISO, UTC. */
export const runIdOf = (at: string, hash: string) =>
  `${at.replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}-${hash.slice(0, 8)}`;

/** The day (UTC) of a run, by which tables are partitioned. @throws RangeError when it is no id of a run. */
export function dateOf(runId: string): string {
  const [, year, month, day] = RUN_ID.exec(runId) ?? [];
  if (day === undefined) throw new RangeError(`${JSON.stringify(runId)} is not the id of a run.`);
  return `${year}-${month}-${day}`;
}

/** The file of a table of a run, from the folder of the data set. */
export const pathOf = (table: TableName, runId: string) =>
  `${table}/date=${dateOf(runId)}/${runId}.ndjson.gz`;
