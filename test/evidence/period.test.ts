import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hoursOf,
  type Interval,
  intervalsOf,
  type Seen,
} from '../../src/evidence/period/intervals.ts';
import { failuresIn } from '../../src/evidence/period/totals.ts';

const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-11T00:00:00.000Z' };
const day = (number: number, time = '06:00') =>
  `2026-${number > 0 ? '10' : '09'}-${String(number > 0 ? number : 30 + number).padStart(2, '0')}T${time}:00.000Z`;

const seen = (at: string, standing: Seen['standing'], rest: Partial<Seen> = {}): Seen => ({
  ...{
    at,
    observedAt: at,
    capturedAt: null,
    standing,
    messageId: standing,
    cause: null,
    waiver: null,
  },
  ...{ rulesHash: 'r', parametersHash: 'p' },
  ...rest,
});

const short = (intervals: readonly Interval[]) =>
  intervals.map(({ from, to, standing }) => `${from.slice(8, 13)}–${to.slice(8, 13)} ${standing}`);

describe('the intervals of a finding', () => {
  it.each<readonly [string, readonly Seen[], readonly string[]]>([
    ['nothing was ever observed', [], ['01T00–11T00 UNKNOWN']],
    [
      'it passes every day, and began before the period',
      Array.from({ length: 11 }, (_, index) => seen(day(index), 'PASS')),
      ['01T00–11T00 PASS'],
    ],
    [
      'before the first observation nothing is known',
      Array.from({ length: 9 }, (_, index) => seen(day(index + 2), 'PASS')),
      ['01T00–02T06 UNKNOWN', '02T06–11T00 PASS'],
    ],
    [
      'the recorder is off for three days: it is unknown from the end of the second day on',
      [
        ...[0, 1, 2, 3].map((each) => seen(day(each), 'PASS')),
        ...[4, 5, 6].map((each) => seen(day(each), 'PASS', { observedAt: day(3) })),
        ...[7, 8, 9, 10].map((each) => seen(day(each), 'PASS')),
      ],
      ['01T00–05T06 PASS', '05T06–07T06 UNKNOWN', '07T06–11T00 PASS'],
    ],
    [
      'no run for four days',
      [
        seen(day(0), 'FAIL'),
        seen(day(1), 'FAIL'),
        seen(day(5), 'FAIL'),
        ...[6, 7, 8, 9, 10].map((each) => seen(day(each), 'FAIL')),
      ],
      ['01T00–03T06 FAIL', '03T06–05T06 UNKNOWN', '05T06–11T00 FAIL'],
    ],
    [
      'a change counts from when AWS Config recorded it',
      [
        ...[0, 1, 2, 3].map((each) => seen(day(each), 'FAIL')),
        seen(day(4), 'PASS', { cause: 'resource', capturedAt: day(3, '20:00') }),
        ...[5, 6, 7, 8, 9, 10].map((each) =>
          seen(day(each), 'PASS', { capturedAt: day(3, '20:00') }),
        ),
      ],
      ['01T00–03T20 FAIL', '03T20–11T00 PASS'],
    ],
    [
      'a clock ahead moves nothing behind the run that saw it',
      [
        seen(day(0), 'FAIL'),
        ...[1, 2].map((each) => seen(day(each), 'FAIL')),
        seen(day(3), 'PASS', { cause: 'resource', capturedAt: day(9) }),
        ...[4, 5, 6, 7, 8, 9, 10].map((each) => seen(day(each), 'PASS')),
      ],
      ['01T00–03T06 FAIL', '03T06–11T00 PASS'],
    ],
    [
      'a waiver is granted and ends within the period',
      [
        ...[0, 1, 2].map((each) => seen(day(each), 'FAIL')),
        ...[3, 4, 5].map((each) =>
          seen(day(each), 'WAIVED', { cause: each === 3 ? 'waiver' : null, waiver: 'w' }),
        ),
        ...[6, 7, 8, 9, 10].map((each) =>
          seen(day(each), 'FAIL', { cause: each === 6 ? 'waiver' : null }),
        ),
      ],
      ['01T00–03T06 FAIL', '03T06–06T06 WAIVED', '06T06–11T00 FAIL'],
    ],
    [
      'a bucket is deleted and made again',
      [
        ...[0, 1, 2].map((each) => seen(day(each), 'FAIL')),
        ...[3, 4, 5].map((each) =>
          seen(day(each), 'GONE', { cause: each === 3 ? 'resource' : null }),
        ),
        ...[6, 7, 8, 9, 10].map((each) =>
          seen(day(each), 'PASS', { cause: each === 6 ? 'resource' : null }),
        ),
      ],
      ['01T00–03T06 FAIL', '03T06–06T06 GONE', '06T06–11T00 PASS'],
    ],
    [
      'it was never observed although it was judged',
      [seen(day(0), 'PASS', { observedAt: null })],
      ['01T00–11T00 UNKNOWN'],
    ],
  ])('%s', (_, given, expected) => {
    expect(short(intervalsOf(given, period))).toEqual(expected);
  });

  it('cover the period without a gap, whatever was seen when', () => {
    const standing = fc.constantFrom<Seen['standing']>(
      'PASS',
      'FAIL',
      'WAIVED',
      'UNKNOWN',
      'NOT_APPLICABLE',
      'GONE',
    );
    const time = fc
      .integer({ min: -72, max: 300 })
      .map((hours) => new Date(Date.parse(period.from) + hours * 3_600_000).toISOString());
    const one = fc.record({
      at: time,
      observedAt: fc.option(time),
      capturedAt: fc.option(time),
      standing,
      cause: fc.constantFrom<Seen['cause']>('resource', 'waiver', null),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (given) => {
        const sorted = [...given]
          .sort((a, b) => (a.at < b.at ? -1 : 1))
          .map(({ at, standing: how, ...rest }) => seen(at, how, rest));
        const intervals = intervalsOf(sorted, period);
        expect(intervals[0]?.from).toBe(period.from);
        expect(intervals.at(-1)?.to).toBe(period.to);
        intervals.slice(1).forEach(({ from }, index) => {
          expect(from).toBe(intervals[index]?.to);
        });
        expect(intervals.reduce((sum, each) => sum + hoursOf(each), 0)).toBeCloseTo(240);
      }),
    );
  });
});

describe('failures', () => {
  const interval = (
    from: number,
    to: number,
    standing: Interval['standing'],
    cause: Interval['cause'] = null,
  ): Interval => ({
    ...{
      from: day(from, '00:00'),
      to: day(to, '00:00'),
      standing,
      messageId: standing,
      cause,
      waiver: null,
      rulesHash: 'r',
      parametersHash: 'p',
    },
  });

  it.each<readonly [string, readonly Interval[], string | null, readonly unknown[]]>([
    ['fixed', [interval(1, 3, 'FAIL'), interval(3, 11, 'PASS', 'resource')], null, ['01–03 fixed']],
    [
      'a waiver fixes nothing',
      [interval(1, 3, 'FAIL'), interval(3, 11, 'WAIVED', 'waiver')],
      null,
      ['01–03 waived'],
    ],
    [
      'a relaxed parameter fixes nothing',
      [interval(2, 3, 'FAIL'), interval(3, 11, 'PASS', 'parameter')],
      null,
      ['02–03 parameter'],
    ],
    [
      'a new release fixes nothing',
      [interval(2, 3, 'FAIL'), interval(3, 11, 'PASS', 'rule')],
      null,
      ['02–03 rule'],
    ],
    [
      'deleted while it failed',
      [interval(2, 3, 'FAIL'), interval(3, 11, 'GONE', 'resource')],
      null,
      ['02–03 deleted'],
    ],
    [
      'still open, under two messages',
      [interval(2, 3, 'FAIL'), interval(3, 11, 'FAIL', 'resource')],
      null,
      ['02–11 open'],
    ],
    [
      'not known to have begun',
      [interval(1, 2, 'UNKNOWN'), interval(2, 3, 'FAIL'), interval(3, 11, 'PASS')],
      null,
      ['02–03 fixed, began at some time'],
    ],
    [
      'after a silence',
      [interval(1, 2, 'PASS'), interval(2, 3, 'UNKNOWN'), interval(3, 11, 'FAIL')],
      null,
      ['03–11 open, began by then'],
    ],
    ['out of sight', [interval(2, 3, 'FAIL'), interval(3, 11, 'UNKNOWN')], null, ['02–03 unknown']],
    [
      'twice',
      [
        interval(1, 2, 'FAIL'),
        interval(2, 3, 'PASS'),
        interval(3, 4, 'FAIL'),
        interval(4, 11, 'PASS'),
      ],
      '2026-09-01T00:00:00.000Z',
      ['01–02 fixed, began before', '03–04 fixed'],
    ],
  ])('%s', (_, intervals, since, expected) => {
    const failures = failuresIn(intervals, period, since);
    expect(
      failures.map(
        ({ from, to, ended, beganBefore, isBeginKnown }) =>
          `${from.slice(8, 10)}–${to.slice(8, 10)} ${ended}${beganBefore === null ? ', began at some time' : beganBefore ? ', began before' : isBeginKnown ? '' : ', began by then'}`,
      ),
    ).toEqual(expected);
  });
});
