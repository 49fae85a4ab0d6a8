import { expect, it } from 'vitest';
import { firstEvaluation, rightResults, unknownIn } from './first-evaluation.ts';

/** `npx tsx bench/first-evaluation.ts` shows it for the largest account that the product is meant for. */
const BUCKETS = 6;

it('ends with every verdict recorded, and none older than the change that it judges', async () => {
  const { refused, lostChanges, lostRuns, afterChanges, results, older } = await firstEvaluation(
    BUCKETS,
    1,
  );
  // The throttling is felt: some changes are lost, which says itself as missing evidence until the daily runs.
  expect(refused).toBeGreaterThan(0);
  expect(lostChanges).toBeGreaterThan(0);
  expect(unknownIn(afterChanges)).toBeGreaterThan(0);
  expect(lostRuns).toBe(0);
  expect(results).toEqual(await rightResults(BUCKETS));
  expect(older).toBe(0);
});
