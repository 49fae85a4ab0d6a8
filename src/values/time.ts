/** Arithmetic on times as AWS and settings write them, without a clock. */

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?Z)?$/;

/** A time of a day with its zone: without one, it would mean another moment on another machine. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/;

/** A moment that is written in ISO 8601 with its zone, in UTC; null for anything else, and for a day that no calendar has. */
export function instantIn(text: string): string | null {
  const [, day = ''] = INSTANT.exec(text) ?? [];
  if (!isDay(day)) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Whether the text is a day of the calendar (2026-02-28): not the 31st of November. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** Hours from one time to a later one (ISO, UTC; a date without a time is its first moment). @throws RangeError if either is not a time. */
export const hoursBetween = (from: string, to: string): number => hours(to) - hours(from);

/**
 * Is a time (ISO, UTC) later than the time of the evaluation? Something cannot have happened then, so that it proves nothing.
 * An hour is for clocks that differ. @throws RangeError if either is not a time.
 */
export const isAhead = (time: string, now: string): boolean => hoursBetween(now, time) > 1;

/** Whole days that have passed from one time to a later one. @throws RangeError if either is not a time. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor(hoursBetween(from, to) / 24);

function hours(time: string): number {
  const parts = ISO.exec(time);
  if (parts === null) throw new RangeError(`${JSON.stringify(time)} is not a valid time in UTC.`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return daysSinceMarch(year, month, day) * 24 + hour + minute / 60 + second / 3600;
}

/** Days since 1 March of the year 0: years that begin in March end with the leap day. */
function daysSinceMarch(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((153 * months + 2) / 5) + day;
}
