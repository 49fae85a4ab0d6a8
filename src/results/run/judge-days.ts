import { listFiles } from '../../sources/files/files.ts';
import { deliveryOf } from '../../sources/files/snapshot-files.ts';
import type { RunRow } from '../tables.ts';
import { type Judging, judgeInto } from './judge-into.ts';

/** A day (UTC) on which snapshots were taken, and the time of the last of them (ISO), at which it can be judged. */
export interface SnapshotDay {
  readonly date: string;
  readonly at: string;
}

/**
 * The days of which folders hold snapshots, in order. @param paths files and folders.
 * @throws UnreadableInput when a path cannot be found.
 */
export async function daysIn(paths: readonly string[]): Promise<readonly SnapshotDay[]> {
  const last = new Map<string, string>();
  const { current, passedOver } = await listFiles(paths);
  for (const { path } of [...current, ...passedOver]) {
    const delivery = deliveryOf(path);
    if (delivery?.kind !== 'snapshot') continue;
    const { at } = delivery;
    const date = at.slice(0, 10);
    if (at > (last.get(date) ?? '')) last.set(date, at);
  }
  return [...last].map(([date, at]) => ({ date, at })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** The days to judge, both included (`2026-11-02`). */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * Judges each day of a period of which there are snapshots as it was known at the end of its last snapshot, one run a day, in order.
 * Days without a snapshot have no run: what was then is not known.
 * @throws what {@link judgeInto} throws.
 */
export async function judgeDays(
  folder: string,
  sources: readonly string[],
  { from, to }: Period,
  judging: Omit<Judging, 'now' | 'until'>,
): Promise<readonly RunRow[]> {
  const runs: RunRow[] = [];
  for (const { date, at } of await daysIn(sources)) {
    if (date < from || date > to) continue;
    runs.push(await judgeInto(folder, sources, { ...judging, now: at, until: at }));
  }
  return runs;
}
