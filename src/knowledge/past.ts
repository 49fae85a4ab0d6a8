import { EvidenceUnavailable } from '../engine/subject.ts';
import type { FacetName } from '../facts/index.ts';
import { hoursBetween, isAhead } from '../values/time.ts';

/**
 * Refuses what is dated later than now: it cannot have happened, and would never get old.
 * @param what begins a sentence, such as "the latest delivery".
 * @throws EvidenceUnavailable
 */
export function assertPast(facet: FacetName, what: string, at: string, now: string): void {
  if (isAhead(at, now))
    throw new EvidenceUnavailable(facet, `${what} is dated ${at}, which is later than now`);
}

/** Hours since something happened (ISO, UTC). @throws EvidenceUnavailable if that is yet to come. */
export function hoursSince(facet: FacetName, at: string, now: string): number {
  assertPast(facet, 'what is reported', at, now);
  return hoursBetween(at, now);
}
