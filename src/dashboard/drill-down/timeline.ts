import type { Unseen } from '../../../dashboard/data/summary.ts';
import type { Standing } from '../../../dashboard/data/tables.ts';
import { CAUSES, sideOf, unseenIn } from '../kinds-of-change.ts';
import type { RunData } from '../run-data.ts';

/** More changes of one finding than a person reads; the newest are kept. */
const STANDINGS = 20;

export interface Past {
  /** How findings stood over time, by their ids: a finding that never changed has none. Newest first. */
  readonly timelines: ReadonlyMap<string, readonly Standing[]>;
  /** Failures that a run or the one before it could not see, by the time of the run. */
  readonly unseen: ReadonlyMap<string, Unseen>;
}

/** Reads the changes of this run and of those before it, once. */
export async function pastOf(data: RunData): Promise<Past> {
  const unseen = new Map<string, Unseen>();
  const timelines = new Map<string, Standing[]>();
  const before = new Map<string, string>();
  for await (const { at, changes } of data.past()) {
    unseen.set(at, unseenIn(changes));
    for (const { id, from, to, cause } of changes) {
      const own = timelines.get(id) ?? [];
      if (own.length === STANDINGS) continue;
      own.push([at, sideOf(to), CAUSES[cause]]);
      timelines.set(id, own);
      before.set(id, sideOf(from));
    }
  }
  // How it stood first is known from what the oldest change was a change of.
  for (const [id, own] of timelines) own.push(['', before.get(id) ?? '', '']);
  return { timelines, unseen };
}
