import { describe, expect, it } from 'vitest';
import { Malformed, optionalTime, time } from '../../src/values/json.ts';

describe('a time', () => {
  it.each([
    [new Date('2026-03-02T06:00:00.500Z'), '2026-03-02T06:00:00.500Z'],
    ['2026-03-02T06:00:00.123456+00:00', '2026-03-02T06:00:00.123Z'],
    ['2026-07-17T00:34:38.208000+07:00', '2026-07-16T17:34:38.208Z'],
    [1_450_317_838.412, '2015-12-17T02:03:58.412Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('%j, as SDK or AWS CLI write it, is %s', (value, iso) => {
    expect(time(value, 'at')).toBe(iso);
  });

  it.each([
    new Date(Number.NaN),
    new Date(8.64e15),
    -1,
    1e300,
    Number.NaN,
    '',
    'yesterday',
    '1',
    '2026-13-45T00:00:00Z',
    '+012026-01-01T00:00:00Z',
    null,
    {},
  ])('%j is none', (value) => {
    expect(() => time(value, 'at')).toThrow(Malformed);
  });

  it('may be left out', () => {
    expect(optionalTime(undefined, 'at')).toBeNull();
    expect(optionalTime(null, 'at')).toBeNull();
    expect(() => optionalTime('soon', 'at')).toThrow(/^at is "soon", expected a time$/);
  });
});
