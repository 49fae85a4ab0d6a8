/** In the order in which a person wants to see them; `Counts` stand in the same order. */
export const STATES = ['FAIL', 'UNKNOWN', 'WAIVED', 'PASS', 'NOT_APPLICABLE'] as const;
export type State = (typeof STATES)[number];
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Strength = 'primary' | 'supporting';
export type Assessed = 'yes' | 'partly' | 'no';
/** How many judgements are in each of `STATES`. */
export type Counts = readonly [number, number, number, number, number];
