import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../../values/json.ts';
import { printable } from '../../values/text.ts';
import { dateOf, pathOf, RUN_ID } from '../layout.ts';
import { type RunRow, SCHEMA_VERSION, type TableName, type Tables } from '../tables.ts';
import { linesOf } from './lines.ts';

/** A file of the data set cannot be used: the sentence names the file, the line and what is wrong. */
export class DamagedDataSet extends Error {
  override readonly name = 'DamagedDataSet';
}

/** One run of a data set. */
export interface Run {
  readonly row: RunRow;
  /** Whether its items and answers were kept. */
  readonly hasEvidence: boolean;
  /**
   * The rows of a table, one after the other, as the file holds them.
   * @throws DamagedDataSet after all rows before the damage.
   */
  rows<T extends TableName>(table: T): AsyncIterable<Tables[T]>;
}

export interface DataSet {
  readonly folder: string;
  /** In the order of their times; those of the same time in the order of their ids. */
  readonly runs: readonly Run[];
  /** What cannot be read among the runs, one sentence each: such a run is not in {@link runs}. */
  readonly damage: readonly string[];
  run(id: string): Run | undefined;
}

/** Whether a folder holds a data set, rather than files of AWS Config. */
export async function isDataSet(folder: string): Promise<boolean> {
  return (await namesIn(join(folder, 'run'))).some((name) => DATE.test(name));
}

/** Reads which runs a data set holds. A folder without any, or that is not there, has no runs. */
export async function openDataSet(folder: string): Promise<DataSet> {
  const runs: Run[] = [];
  const damage: string[] = [];
  for (const id of await idsIn(folder)) {
    try {
      runs.push(await runOf(folder, id));
    } catch (error) {
      if (!(error instanceof DamagedDataSet)) throw error;
      damage.push(error.message);
    }
  }
  return { folder, runs, damage, run: (id) => runs.find(({ row }) => row.runId === id) };
}

const DATE = /^date=\d{4}-\d{2}-\d{2}$/;
const FILE = /^(.*)\.ndjson\.gz$/;

async function idsIn(folder: string): Promise<readonly string[]> {
  const dates = (await namesIn(join(folder, 'run'))).filter((name) => DATE.test(name));
  const ids = await Promise.all(
    dates.map(async (date) =>
      (await namesIn(join(folder, 'run', date)))
        .flatMap((name) => FILE.exec(name)?.[1] ?? [])
        .filter((id) => RUN_ID.test(id) && date === `date=${dateOf(id)}`),
    ),
  );
  return ids.flat().sort();
}

async function runOf(folder: string, id: string): Promise<Run> {
  const path = pathOf('run', id);
  const rows: RunRow[] = [];
  for await (const row of rowsIn(folder, 'run', id)) rows.push(row);
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new DamagedDataSet(`${path} has ${rows.length} rows, expected one.`);
  }
  if (row.schemaVersion !== SCHEMA_VERSION) {
    const found = printable(JSON.stringify(row.schemaVersion) ?? 'missing');
    throw new DamagedDataSet(`${path}: schemaVersion is ${found}, expected ${SCHEMA_VERSION}.`);
  }
  const evidence = (await namesIn(join(folder, 'evidence', `date=${dateOf(id)}`))).includes(
    `${id}.ndjson.gz`,
  );
  return {
    row,
    hasEvidence: evidence,
    rows: (table) =>
      isOlderThan(table, row)
        ? none()
        : counted(rowsIn(folder, table, id), pathOf(table, id), rowsExpected(row, table)),
  };
}

/** Tables that came within a version of the schema are in no run before that. */
const isOlderThan = (table: TableName, { rows }: RunRow) =>
  table === 'differences' && rows !== undefined && !Object.hasOwn(rows, table);

async function* none(): AsyncGenerator<never> {}

const rowsExpected = ({ rows }: RunRow, table: TableName) =>
  table === 'run' ? 1 : (rows?.[table] ?? 0);

/** A table that lost rows at its end is as damaged as one that cannot be read. */
async function* counted<Row>(
  rows: AsyncIterable<Row>,
  name: string,
  expected: number,
): AsyncGenerator<Row> {
  let found = 0;
  for await (const row of rows) {
    found++;
    yield row;
  }
  if (found === expected) return;
  throw new DamagedDataSet(`${name}: expected ${expected} rows, found ${found}.`);
}

async function* rowsIn<T extends TableName>(
  folder: string,
  table: T,
  runId: string,
): AsyncGenerator<Tables[T]> {
  const name = pathOf(table, runId);
  let number = 0;
  try {
    for await (const { text } of linesOf(join(folder, name))) {
      number++;
      const row: unknown = JSON.parse(text);
      if (!isObject(row) || row['runId'] !== runId) {
        throw new DamagedDataSet(`${name} line ${number} is not a row of the run ${runId}.`);
      }
      yield row as unknown as Tables[T];
    }
  } catch (error) {
    if (error instanceof DamagedDataSet) throw error;
    throw new DamagedDataSet(`${name}: ${reasonOf(error, number)}.`, { cause: error });
  }
}

function reasonOf(error: unknown, line: number): string {
  if (error instanceof SyntaxError) return `line ${line} is not valid JSON`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'the file is missing';
  return printable(error instanceof Error ? error.message : String(error));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
