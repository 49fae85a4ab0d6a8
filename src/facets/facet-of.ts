import type { FacetName } from '../facts/index.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Facet } from './facet.ts';
import { facets } from './index.ts';

/** A facet of a kind of subject by its name. @throws Error if the kind has no facet of that name, which the compiler excludes for rules. */
export function facetOf(kind: SubjectKind, name: FacetName): Facet<unknown> {
  const known: Partial<Record<FacetName, Facet<unknown>>> = facets[kind];
  const facet = Object.hasOwn(known, name) ? known[name] : undefined;
  if (facet === undefined) {
    throw new Error(
      `A subject of the kind ${kind} has no facet ${name}: expected a file in src/facets that exports it, and its type in src/facts.`,
    );
  }
  return facet;
}
