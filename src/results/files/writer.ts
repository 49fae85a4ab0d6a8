import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { jsonLine } from '../../values/json-line.ts';
import { pathOf, TABLE_NAMES } from '../layout.ts';
import type { RunRow, TableName, Tables } from '../tables.ts';
import { GzipFile } from './gzip.ts';

/** How the folder of a run begins that is being written; readers pass over names with a dot. */
const UNFINISHED = '.writing-';

const tablesOf = (withEvidence: boolean) =>
  TABLE_NAMES.filter((table) => withEvidence || table !== 'evidence');

/**
 * Writes the tables of one run. Nothing of it is seen before {@link commit}, which puts the table `run` in its place last: a run
 * without its row there does not exist. Rows come in the order of the table, each table in any order.
 */
export class DataSetWriter {
  /** For files that are gone after the run. */
  readonly scratch: string;
  readonly #folder: string;
  readonly #place: string;
  readonly #files = new Map<TableName, GzipFile>();
  readonly #counts = new Map<TableName, number>();

  private constructor(folder: string, place: string) {
    this.#folder = folder;
    this.#place = place;
    this.scratch = join(place, 'scratch');
  }

  /** @param folder of the data set, made when it is not there. @throws the error of the file system. */
  static async begin(folder: string): Promise<DataSetWriter> {
    await mkdir(folder, { recursive: true });
    return new DataSetWriter(folder, await mkdtemp(join(folder, UNFINISHED)));
  }

  async add<T extends TableName>(table: T, row: Tables[T]): Promise<void> {
    let file = this.#files.get(table);
    if (file === undefined) {
      file = new GzipFile(this.#unfinished(table));
      this.#files.set(table, file);
    }
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
    await file.write(jsonLine(row));
  }

  /** How many rows each table has so far, but the run itself. */
  counts(withEvidence: boolean): RunRow['rows'] {
    const tables = tablesOf(withEvidence).filter((table) => table !== 'run');
    return Object.fromEntries(tables.map((table) => [table, this.#counts.get(table) ?? 0]));
  }

  /** Puts every table in its place, one without rows as well: a file that is missing is damage. @throws the error of the file system. */
  async commit(runId: string, withEvidence: boolean): Promise<void> {
    const tables = tablesOf(withEvidence);
    for (const table of tables) {
      const file = this.#files.get(table) ?? new GzipFile(this.#unfinished(table));
      await file.end();
    }
    for (const table of tables) {
      const path = join(this.#folder, pathOf(table, runId));
      await mkdir(dirname(path), { recursive: true });
      await rename(this.#unfinished(table), path);
    }
    await rm(this.#place, { recursive: true, force: true });
  }

  /** Gives the run up, and removes what was written of it. */
  async abandon(): Promise<void> {
    // A file that is still being opened would be made again in the folder that was removed.
    for (const file of this.#files.values()) await file.destroy();
    await rm(this.#place, { recursive: true, force: true });
  }

  #unfinished(table: TableName): string {
    return join(this.#place, `${table}.ndjson.gz`);
  }
}
