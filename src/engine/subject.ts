import type { FacetName } from '../facts/index.ts';
import type { Identity, Reading } from '../records/reading.ts';
import { reasonOf } from '../records/reading.ts';

/** An identity with its facets. Reading a facet that is not available throws {@link EvidenceUnavailable}. */
export type Subject = Identity & { readonly [F in FacetName]?: unknown };

/** A rule asked for a facet that could not be read. It must never end as a verdict of the rule. */
export class EvidenceUnavailable extends Error {
  override readonly name = 'EvidenceUnavailable';
  readonly facet: string;
  readonly reason: string;

  constructor(facet: string, reason: string) {
    super(`${facet}: ${reason}`);
    this.facet = facet;
    this.reason = reason;
  }
}

/** Builds a subject whose facets are read when a rule first asks for them, and once. */
export function subjectOf(
  identity: Identity,
  facets: readonly FacetName[],
  read: (facet: FacetName) => Reading<unknown>,
): Subject {
  const readings = new Map<FacetName, Reading<unknown>>();
  const subject = { ...identity };
  for (const facet of facets) {
    Object.defineProperty(subject, facet, {
      enumerable: true,
      get() {
        const reading = readings.get(facet) ?? read(facet);
        readings.set(facet, reading);
        if ('value' in reading) return reading.value;
        throw new EvidenceUnavailable(facet, reasonOf(reading));
      },
    });
  }
  return Object.freeze(subject);
}
