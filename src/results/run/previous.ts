import { DamagedDataSet, type DataSet, type Run } from '../files/data-set.ts';
import { subjectKey } from '../identity.ts';
import { seenPlaces } from '../population/seen-places.ts';
import type { FindingRow, RegionRow } from '../rows.ts';
import type { RunRow } from '../tables.ts';

/** A subject of the run before, with its findings. */
export interface PreviousSubject {
  readonly key: string;
  readonly created: string | null;
  readonly findings: readonly FindingRow[];
}

/** The run that another is compared with. */
export interface PreviousRun {
  readonly row: RunRow;
  /** As {@link seenPlaces} gives them. */
  readonly places: ReadonlySet<string>;
  /** In the order of {@link subjectKey}. @throws DamagedDataSet */
  subjects(): AsyncIterable<PreviousSubject>;
}

/** The last run before a time; null when there is none. @param now ISO, UTC. @throws DamagedDataSet */
export async function previousRunIn({ runs }: DataSet, now: string): Promise<PreviousRun | null> {
  const run = runs.findLast(({ row }) => row.evaluatedAt < now);
  if (run === undefined) return null;
  const regions: RegionRow[] = [];
  for await (const region of run.rows('regions')) regions.push(region);
  return { row: run.row, places: seenPlaces(regions), subjects: () => subjectsOf(run) };
}

async function* subjectsOf(run: Run): AsyncGenerator<PreviousSubject> {
  const findings = run.rows('findings')[Symbol.asyncIterator]();
  let next = await findings.next();
  for await (const { subject, created } of run.rows('subjects')) {
    const key = subjectKey(subject);
    const own: FindingRow[] = [];
    while (next.done !== true && subjectKey(next.value.subject) === key) {
      own.push(next.value);
      next = await findings.next();
    }
    yield { key, created, findings: own };
  }
  if (next.done !== true) {
    const { runId, id } = next.value;
    throw new DamagedDataSet(
      `The run ${runId} has the finding ${id} on no subject, or in another order.`,
    );
  }
}
