import type { Interval, Period } from './intervals.ts';

/** A stretch of time in which something failed, and how it ended. */
export interface Failure {
  readonly from: string;
  readonly to: string;
  /** When the failing began before the period, `from` is not its beginning. Null where nothing was known at first: it may have. */
  readonly beganBefore: boolean | null;
  /** Whether `from` is when it began: it is not where nothing was known just before. */
  readonly isBeginKnown: boolean;
  /** `fixed` only where the rule passed right after; a waiver, a relaxed parameter or a deletion fixes nothing. */
  readonly ended:
    | 'fixed'
    | 'waived'
    | 'deleted'
    | 'parameter'
    | 'rule'
    | 'notApplicable'
    | 'unknown'
    | 'open';
}

/**
 * The failures within a period, from the intervals of one finding. Failing with another message, or after a new release, goes on.
 * @param failedSince since when it failed at the beginning of the period, where that is known.
 */
export function failuresIn(
  intervals: readonly Interval[],
  period: Period,
  failedSince: string | null,
): readonly Failure[] {
  const failures: Failure[] = [];
  let index = 0;
  while (index < intervals.length) {
    const first = intervals[index] as Interval;
    if (first.standing !== 'FAIL') {
      index++;
      continue;
    }
    const known = beginOf(intervals.slice(0, index), first);
    let last = first;
    while (intervals[index + 1]?.standing === 'FAIL') last = intervals[++index] as Interval;
    const isFromBefore =
      first.from === period.from && failedSince !== null && failedSince < period.from;
    failures.push({
      from: first.from,
      to: last.to,
      beganBefore: known === 'never seen otherwise' ? null : isFromBefore,
      isBeginKnown: known === 'seen' && !isFromBefore,
      ended: endedBy(intervals[++index]),
    });
  }
  return failures;
}

/** What is known of the beginning of a failure. A record tells when it changed, whatever was unknown before. */
function beginOf(
  before: readonly Interval[],
  { cause }: Interval,
): 'seen' | 'seen otherwise once' | 'never seen otherwise' {
  if (before.at(-1)?.standing !== 'UNKNOWN' || cause === 'resource') return 'seen';
  return before.some(({ standing }) => standing !== 'UNKNOWN')
    ? 'seen otherwise once'
    : 'never seen otherwise';
}

function endedBy(next: Interval | undefined): Failure['ended'] {
  switch (next?.standing) {
    case undefined:
    case 'FAIL':
      return 'open';
    case 'PASS':
      return next.cause === 'parameter' || next.cause === 'rule'
        ? next.cause
        : next.cause === 'waiver'
          ? 'waived'
          : 'fixed';
    case 'WAIVED':
      return 'waived';
    case 'GONE':
      return 'deleted';
    case 'NOT_APPLICABLE':
      return 'notApplicable';
    case 'UNKNOWN':
      return 'unknown';
  }
}
