import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from './arbitraries.ts';
import { add, examine } from './differential.ts';

const fixed = 20_260_826;
// New cases on every run; a red run prints its seed and the smallest policy that shows the fault.
const fresh = Math.floor(Math.random() * 2 ** 31);

describe('against the evaluator of single requests', () => {
  it.each([
    ['fixed', fixed, 600],
    ['fresh', fresh, 300],
  ] as const)(
    '%s seed %i',
    (_, seed, numRuns) => {
      const counts: Record<string, number> = {};
      fc.assert(
        fc.property(cases, (one) => {
          const outcome = examine(one);
          expect(outcome.unsound).toEqual([]);
          add(counts, outcome.counts);
        }),
        { seed, numRuns },
      );
      // Both answers must occur, or nothing was tested. Denials of HTTP are rare, so a few hundred new cases may have none.
      expect(counts['grants called scoped']).toBeGreaterThan(numRuns / 20);
      expect(counts['witnesses replayed']).toBeGreaterThan(numRuns / 5);
      if (seed === fixed) expect(counts['HTTP called denied']).toBeGreaterThan(0);
      // Time is for the benchmark: a busy machine is no reason to fail.
    },
    60_000,
  );
});
