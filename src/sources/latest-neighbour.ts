import { isDeepStrictEqual } from 'node:util';
import { CONTESTED } from '../facets/bucket/context/neighbours.ts';
import type { Neighbour } from '../facets/inventory.ts';

/** What is known of a bucket by two of its records: what the later one says, or what both say. */
export function latestOf(known: Neighbour, met: Neighbour): Neighbour {
  const [one, other] = [known.captureTime, met.captureTime];
  if (one !== null && other !== null && one !== other) return one > other ? known : met;
  const captureTime = one ?? other;
  const said = { ...known, captureTime };
  return isDeepStrictEqual(said, { ...met, captureTime }) ? said : { ...said, ...CONTESTED };
}
