import type { State } from '../../engine/finding.ts';
import type { Cause } from '../../results/index.ts';

/** How a finding stands over a while. `GONE`: the resource was not there. */
export type Standing = State | 'GONE';

/** A finding as one run saw it. */
export interface Seen {
  /** When it was judged (ISO, UTC). */
  readonly at: string;
  /** When the configuration was observed; null where that is not known, and then it holds for no time. */
  readonly observedAt: string | null;
  /** When the resource last changed before that; null where the record does not say. */
  readonly capturedAt: string | null;
  readonly standing: Standing;
  readonly messageId: string | null;
  /** Why it differs from the run before; null where it does not. */
  readonly cause: Cause | null;
  readonly waiver: string | null;
  readonly rulesHash: string;
  readonly parametersHash: string | null;
  /** What becomes of it only by time, in order. */
  readonly lapses?: readonly Lapse[];
}

/** From a moment on (ISO, UTC) the finding stands otherwise, although nobody looked. A message of null is that of before. */
export interface Lapse extends Pick<Seen, 'standing' | 'messageId' | 'waiver'> {
  readonly at: string;
}

/** One standing from a moment to before another (ISO, UTC). */
export interface Interval
  extends Pick<
    Seen,
    'standing' | 'messageId' | 'cause' | 'waiver' | 'rulesHash' | 'parametersHash'
  > {
  readonly from: string;
  readonly to: string;
}

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** How long it is from one time to before another, in hours. */
export const hoursOf = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / HOUR;

/**
 * How long an observation speaks for what comes after it, in hours: AWS Config delivers a snapshot a day, and one may be late.
 * After that the standing is unknown, until something is observed again. It is never interpolated.
 */
export const VALID_HOURS = 48;

const HOUR = 3_600_000;

/**
 * The standings of one finding within a period, without a gap and in order. Before the first observation nothing is known.
 * @param seen by every run of the period and the last one before it, in the order of `at`.
 */
export function intervalsOf(seen: readonly Seen[], period: Period): readonly Interval[] {
  const intervals: Interval[] = [];
  const start = Date.parse(period.from);
  const end = Date.parse(period.to);
  let covered = start;
  const put = (from: number, to: number, what: Omit<Interval, 'from' | 'to'>) => {
    const [first, last] = [Math.max(from, covered, start), Math.min(to, end)];
    if (first >= last) return;
    const before = intervals.at(-1);
    covered = last;
    if (before && isSame(before, what))
      intervals[intervals.length - 1] = { ...before, to: iso(last) };
    else intervals.push({ ...what, from: iso(first), to: iso(last) });
  };
  seen.forEach((each, index) => {
    const before = seen[index - 1];
    const from = beginOf(each, before);
    const next = seen[index + 1];
    const until = next ? beginOf(next, each) : Number.POSITIVE_INFINITY;
    put(covered, from, silenceOf(before ?? each));
    const validUntil =
      each.observedAt === null ? from : Date.parse(each.observedAt) + VALID_HOURS * HOUR;
    const stop = Math.min(until, Math.max(validUntil, from));
    let begin = from;
    let what: Omit<Interval, 'from' | 'to'> = standingOf(each);
    for (const { at, messageId, ...lapse } of each.lapses ?? []) {
      const end = Math.min(Date.parse(at), stop);
      put(begin, end, what);
      begin = Math.max(begin, end);
      what = { ...what, ...lapse, messageId: messageId ?? what.messageId, cause: 'waiver' };
    }
    put(begin, stop, what);
    put(Math.max(validUntil, from), until, silenceOf(each));
  });
  const last = seen.at(-1);
  if (last === undefined) put(start, end, { ...NOTHING, rulesHash: '', parametersHash: null });
  return intervals;
}

const NOTHING = { standing: 'UNKNOWN', messageId: null, cause: null, waiver: null } as const;

const standingOf = ({ standing, messageId, cause, waiver, rulesHash, parametersHash }: Seen) => ({
  ...{ standing, messageId, cause, waiver, rulesHash, parametersHash },
});

/** Nothing was observed for too long, or nothing yet. */
const silenceOf = ({ rulesHash, parametersHash }: Seen) => ({
  ...NOTHING,
  cause: 'evidence' as const,
  ...{ rulesHash, parametersHash },
});

/** A change of the resource began when AWS Config recorded it, and not only when it was next judged; every other one when it was judged. */
function beginOf(each: Seen, before: Seen | undefined): number {
  const at = Date.parse(each.at);
  if (before === undefined || each.cause !== 'resource' || each.capturedAt === null) return at;
  const captured = Date.parse(each.capturedAt);
  // A record that was there before explains no change since then.
  return captured > Date.parse(before.at) ? Math.min(at, captured) : at;
}

const isSame = (one: Interval, other: Omit<Interval, 'from' | 'to'>) =>
  one.standing === other.standing &&
  one.messageId === other.messageId &&
  one.waiver === other.waiver &&
  one.rulesHash === other.rulesHash &&
  one.parametersHash === other.parametersHash;

const iso = (time: number) => new Date(time).toISOString();
