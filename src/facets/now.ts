import type { ClockFacet } from './facet.ts';

/** A rule that reads it is judged once a day, since its verdict may change with time alone. */
export const now: ClockFacet<string> = { from: 'clock', read: (time) => ({ value: time }) };
