import { describe, expect, it } from 'vitest';
import { add, examine } from './differential.ts';
import { randomCase } from './random.ts';

const fixed = 20_260_826;
// New cases on every run; a red run prints its seed, and long-fuzz.ts repeats it.
const fresh = Math.floor(Math.random() * 2 ** 31);

describe('against the evaluator of single requests', () => {
  it.each([
    ['fixed', fixed, 2000],
    ['fresh', fresh, 1000],
  ] as const)(
    '%s seed %i',
    (_, start, cases) => {
      const counts: Record<string, number> = {};
      for (let seed = start; seed < start + cases; seed++) {
        const outcome = examine(randomCase(seed));
        if (outcome.unsound.length > 0) expect(outcome.unsound, `seed ${seed}`).toEqual([]);
        add(counts, outcome.counts);
      }
      // Both answers must occur, or nothing was tested.
      expect(counts['grants called scoped']).toBeGreaterThan(cases / 20);
      expect(counts['witnesses replayed']).toBeGreaterThan(cases / 5);
      expect(counts['HTTP called denied']).toBeGreaterThan(0);
      // Time is for the benchmark: a busy machine is no reason to fail.
    },
    60_000,
  );
});
