import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  literalPrefix,
  matches,
  mayIntersect,
  rests,
} from '../../src/policy/language/glob.ts';

// Short texts over few letters meet each other often.
const glob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });

function byExpression(pattern: string, value: string): boolean {
  const source = [...pattern].map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c)).join('');
  return new RegExp(`^${source}$`, 's').test(value);
}

describe('matches', () => {
  it.each([
    ['*', '', true],
    ['?', '', false],
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['*a*b*', 'xaxbx', true],
    ['ab*ba', 'aba', false],
    ['a?c', 'a*c', true],
    ['A', 'a', false],
    ['', '', true],
  ])('%s against %s is %s', (pattern, value, expected) => {
    expect(matches(pattern, value)).toBe(expected);
  });

  it('agrees with a regular expression', () => {
    fc.assert(
      fc.property(glob, text, (g, t) => matches(g, t) === byExpression(g, t)),
      {
        numRuns: 2000,
      },
    );
  });

  // One that backtracks would not end: .ci/run stops it, and npm run bench measures.
  it('does not backtrack', () => {
    expect(matches(`${'*a'.repeat(5000)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(covers(`*${'a'.repeat(5000)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(rests('*?'.repeat(3000), 'x'.repeat(80)).length).toBeGreaterThan(0);
  });
});

describe('covers', () => {
  it.each([
    ['*', 'a*', true],
    ['a*', '*', false],
    ['a*', 'ab*', true],
    ['a?', 'a*', false],
    ['a*', 'a?', true],
    ['?', '?', true],
    ['*b', 'a*b', true],
    ['*.txt', '*', false],
  ])('%s covers %s: %s', (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });

  it('is never wrong about a text', () => {
    fc.assert(
      fc.property(glob, glob, text, (outer, inner, t) => {
        fc.pre(matches(inner, t));
        return !covers(outer, inner) || matches(outer, t);
      }),
      { numRuns: 500, maxSkipsPerRun: 10_000 },
    );
  });
});

describe('mayIntersect', () => {
  it('says no only when no text matches both', () => {
    fc.assert(
      fc.property(glob, glob, text, (a, b, t) => {
        fc.pre(matches(a, t) && matches(b, t));
        return mayIntersect(a, b);
      }),
      { numRuns: 300, maxSkipsPerRun: 10_000 },
    );
    expect(mayIntersect('public/*', 'private/*')).toBe(false);
    expect(mayIntersect('*.jpg', '*.txt')).toBe(false);
  });
});

describe('rests', () => {
  it.each([
    ['bucket/*', ['*']],
    ['*', ['*']],
    ['bucket*', ['*']],
    ['buck?t/a', ['a']],
    ['other/*', []],
    ['*/a', ['*/a', 'a']],
    ['bucket', []],
  ])('of %s after bucket/', (pattern, expected) => {
    expect([...rests(pattern, 'bucket/')].sort()).toEqual([...expected].sort());
  });

  it('match exactly what follows the prefix', () => {
    const prefix = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 3 });
    fc.assert(
      fc.property(glob, prefix, text, (g, p, t) => {
        const whole = matches(g, p + t);
        return rests(g, p).some((rest) => matches(rest, t)) === whole;
      }),
      { numRuns: 2000 },
    );
  });
});

it('literalPrefix ends at the first wildcard', () => {
  expect(['a*b', 'a?', 'ab', '*'].map(literalPrefix)).toEqual(['a', 'a', 'ab', '']);
});
