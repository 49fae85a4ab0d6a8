import type { ClockFacet } from './facet.ts';

/** A rule that reads it is judged once a day, because its verdict may change only through time. */
export const now: ClockFacet<string> = { from: 'clock', read: (time) => ({ value: time }) };
