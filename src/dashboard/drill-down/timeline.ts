import type { Standing } from '../../../dashboard/data/tables.ts';
import type { ChangeRow } from '../../results/rows.ts';
import type { RunData } from '../run-data.ts';

/** More changes of one finding than a person reads; the newest are kept. */
const STANDINGS = 20;

export const sideOf = (side: ChangeRow['from']) => (side ? `${side.state} ${side.messageId}` : '');

/** How findings stood over time, by their ids: a finding that never changed has none. Newest first. */
export async function timelinesOf(
  data: RunData,
): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const timelines = new Map<string, Standing[]>();
  const before = new Map<string, string>();
  for await (const { at, changes } of data.past()) {
    for (const { id, from, to, cause } of changes) {
      const own = timelines.get(id) ?? [];
      if (own.length === STANDINGS) continue;
      own.push([at, sideOf(to), cause]);
      timelines.set(id, own);
      before.set(id, sideOf(from));
    }
  }
  // How it stood first is known from what the oldest change was a change of.
  for (const [id, own] of timelines) own.push(['', before.get(id) ?? '', '']);
  return timelines;
}
