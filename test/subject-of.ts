import { type ReadFacet, type Subject, subjectClass } from '../src/engine/subject.ts';
import type { FacetName } from '../src/facts/index.ts';
import type { Identity } from '../src/records/reading.ts';

/** A subject with just these facets, for tests that judge without a record. */
export const subjectOf = (
  identity: Identity,
  facets: readonly FacetName[],
  read: ReadFacet,
): Subject => new (subjectClass(facets))(identity, read);
