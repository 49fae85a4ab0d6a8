import type { Waiver } from '../../dashboard/data/shape.ts';
import type { SettingsRow } from '../results/tables.ts';
import type { Settings } from '../settings/settings.ts';

const DAY = 86_400_000;

/** The waivers of the settings that a run was judged with, those that end first first. @param decided findings by waiver id. */
export function waiversOf(
  { settings }: SettingsRow,
  at: string,
  decided: ReadonlyMap<string, number>,
): Waiver[] {
  const { waivers = [] } = JSON.parse(settings) as Partial<Pick<Settings, 'waivers'>>;
  return waivers
    .map(({ subject, ...waiver }): Waiver => {
      // A waiver holds through the day on which it expires.
      const end = Date.parse(`${waiver.expires}T00:00:00Z`) + DAY;
      const hasBegun = at.slice(0, 10) >= waiver.created;
      const isOver = Date.parse(at) >= end;
      return {
        ...waiver,
        subject: Object.values(subject)[0] ?? '',
        standing: isOver ? 'expired' : hasBegun ? 'in force' : 'not begun',
        daysLeft: Math.floor((end - Date.parse(at)) / DAY),
        findings: decided.get(waiver.id) ?? 0,
      };
    })
    .toSorted((one, other) => one.daysLeft - other.daysLeft || (one.id < other.id ? -1 : 1));
}
