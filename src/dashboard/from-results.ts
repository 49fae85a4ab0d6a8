import type { DataSet, Run } from '../results/index.ts';
import type { RunData } from './run-data.ts';

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
    settings: await one('settings', run.rows('settings')),
    catalog: await one('catalog', run.rows('catalog')),
    findings: () => run.rows('findings'),
    evidence: () => (run.hasEvidence ? run.rows('evidence') : []),
  };
}
