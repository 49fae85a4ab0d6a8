import type { Identity } from '../../records/reading.ts';
import type { Settings } from '../../settings/settings.ts';
import { isExpired, waiverFor } from '../../settings/waiver.ts';
import { type Lapse, VALID_HOURS } from './intervals.ts';

const DAY = 86_400_000;

/** What becomes of a waived result after a run, by time and by nothing else: its waiver ends, and another one may hold. */
export type LapsesOf = (rule: string, subject: Identity, at: string) => readonly Lapse[];

/** @param settings of the run. */
export const lapsesIn =
  ({ waivers, organization: { accounts } }: Pick<Settings, 'waivers' | 'organization'>): LapsesOf =>
  (rule, subject, from) => {
    const lapses: Lapse[] = [];
    // After that nothing is known anyway.
    const end = Date.parse(from) + (VALID_HOURS / 24 + 1) * DAY;
    for (let at = from; Date.parse(at) <= end; ) {
      const waiver = waiverFor(waivers, rule, subject, at, accounts);
      const holds = waiver !== undefined && !isExpired(waiver, at);
      const standing = holds ? 'WAIVED' : 'FAIL';
      if (at !== from || !holds) {
        const messageId = holds ? null : 'waiverExpired';
        lapses.push({ at, standing, messageId, waiver: waiver?.id ?? null });
      }
      if (!holds) break;
      // The last day of a waiver belongs to it.
      at = new Date(Date.parse(waiver.expires) + DAY).toISOString();
    }
    return lapses;
  };
