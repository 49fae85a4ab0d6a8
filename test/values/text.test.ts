import { describe, expect, it } from 'vitest';
import { cut, list, listWithin, printable } from '../../src/values/text.ts';

describe('cut', () => {
  it.each([
    ['at the limit', 'x'.repeat(256), 'x'.repeat(256)],
    ['one over', 'x'.repeat(257), `${'x'.repeat(255)}…`],
    ['before a pair that would be split', `${'x'.repeat(254)}😀😀`, `${'x'.repeat(254)}…`],
    ['after a pair that fits', `${'x'.repeat(253)}😀😀`, `${'x'.repeat(253)}😀…`],
  ])('%s', (_name, text, expected) => {
    expect(cut(text, 256)).toBe(expected);
    expect(cut(text, 256).length).toBeLessThanOrEqual(256);
    expect(cut(text, 256)).not.toMatch(/\p{Cs}/u);
  });
});

describe('printable', () => {
  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\nb\r\tc', 'a\\u{a}b\\u{d}\\u{9}c'],
    ['\u009b', '\\u{9b}'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['\u{e0041}tag', '\\u{e0041}tag'],
    ['lone \ud800', 'lone \\u{d800}'],
    ['line\u2028paragraph\u2029', 'line\\u{2028}paragraph\\u{2029}'],
  ])('shows %j as an escape', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves what people write alone', () => {
    const text = 'Zürich, 東京, عربى, 😀 "quoted" <b>';
    expect(printable(text)).toBe(text);
  });
});

it('lists words as a sentence does', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

it.each<[readonly string[], number, string]>([
  [[], 5, ''],
  [['one'], 2, 'one'],
  [['one', 'two'], 11, 'one and two'],
  [['one', 'two'], 10, 'one and 1 more'],
  [['one', 'two', 'three'], 18, 'one, two and three'],
  [['one', 'two', 'three', 'four'], 20, 'one, two and 2 more'],
  [['one', 'two', 'three', 'four'], 19, 'one, two and 2 more'],
  [['one', 'two', 'three', 'four'], 18, 'one and 3 more'],
])('%j within %i is %j', (words, limit, expected) => {
  expect(listWithin(words, limit)).toBe(expected);
});
