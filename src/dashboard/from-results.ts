import { DamagedDataSet, type DataSet, type Run } from '../results/index.ts';
import type { PastRun, RunData } from './run-data.ts';

/** How many runs a timeline goes back. */
const RUNS = 90;

/** Ends where a run is missing, or has no changes that can be read: what was before is not known. */
async function* past(runs: readonly Run[]): AsyncGenerator<PastRun> {
  for (const [at, run] of [...runs.entries()].toReversed()) {
    try {
      const changes = [];
      for await (const row of run.rows('changes')) changes.push(row);
      yield { at: run.row.evaluatedAt, changes };
    } catch (error) {
      if (error instanceof DamagedDataSet) return;
      throw error;
    }
    if (run.row.previousRun !== (runs[at - 1]?.row.runId ?? null)) return;
  }
}

/**
 * One run of a data set with the runs before it. The tables that grow with the resources, but not with the rules, are read here.
 * @throws DamagedDataSet when one of them cannot be read.
 */
export async function runDataOf({ runs }: DataSet, run: Run): Promise<RunData> {
  const all = async <T>(rows: AsyncIterable<T>) => {
    const list: T[] = [];
    for await (const row of rows) list.push(row);
    return list;
  };
  const one = async <T>(name: string, rows: AsyncIterable<T>): Promise<T> => {
    const [row] = await all(rows);
    if (row === undefined) throw new Error(`Run ${run.row.runId} has no row in its table ${name}.`);
    return row;
  };
  const place = runs.indexOf(run);
  return {
    run: run.row,
    earlier: runs.slice(0, Math.max(place, 0)).map(({ row }) => row),
    accounts: await all(run.rows('accounts')),
    regions: await all(run.rows('regions')),
    subjects: await all(run.rows('subjects')),
    changes: await all(run.rows('changes')),
    differences: await all(run.rows('differences')),
    settings: await one('settings', run.rows('settings')),
    catalog: await one('catalog', run.rows('catalog')),
    hasEvidence: run.hasEvidence,
    past: () => past(runs.slice(0, place + 1).slice(-RUNS)),
    findings: () => run.rows('findings'),
    evidence: () => (run.hasEvidence ? run.rows('evidence') : []),
  };
}
