import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, hoursBetween } from '../../src/values/time.ts';

describe('the time between two times', () => {
  it.each([
    ['2026-02-28', '2026-03-01', 1],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-06-15', '2026-06-15T23:59:59.999Z', 0],
    ['2026-06-15', '2026-06-16T00:00:00Z', 1],
    ['2026-06-16', '2026-06-15', -1],
    ['2025-11-24', '2026-11-24', 365],
  ])('from %s to %s is %i whole days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });

  it('is what the calendar of the platform says', () => {
    const from = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2399-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(from, from, (one, other) => {
        const [a, b] = [one, other].map((each) => Math.floor(each.getTime() / 1000) / 3600) as [
          number,
          number,
        ];
        expect(hoursBetween(one.toISOString(), other.toISOString())).toBeCloseTo(b - a, 3);
      }),
    );
  });

  it.each([
    '',
    'yesterday',
    '2026-11',
    '2026-11-24T10:00',
    '2026-11-24T10:00:00+01:00',
  ])('is not guessed from %j', (time) => {
    expect(() => hoursBetween(time, '2026-11-24')).toThrow(RangeError);
    expect(() => hoursBetween('2026-11-24', time)).toThrow(RangeError);
  });
});
