import type { Pack } from '../../facts/pack.ts';
import type { PackFacet } from '../facet.ts';

/** The rules as they were built together: what there should be, whatever there is. */
export const pack: PackFacet<Pack> = { from: 'pack', read: (value) => ({ value }) };
