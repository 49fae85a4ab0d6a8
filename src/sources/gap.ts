import { isObject, type Json } from '../values/json.ts';

/**
 * What a collection from a live account could not have and that no record stands for, such as the list of the access points of a
 * Region. It is kept among the records, so that whoever judges them knows that something is missing.
 */
export interface Gap {
  readonly account: string;
  readonly region: string;
  /** Fit to precede "could not be collected". */
  readonly couldNotCollect: string;
  readonly because: string;
  readonly action?: string;
}

export const isGap = (value: unknown): value is Json =>
  isObject(value) && typeof value['couldNotCollect'] === 'string';

/** A sentence, without its full stop. Its parts may come from anybody. */
export function sentenceOf({ account, region, couldNotCollect, because, action }: Json): string {
  const permission = typeof action === 'string' ? ` (needs ${action})` : '';
  return `Account ${account}, ${region}: ${couldNotCollect} could not be collected: ${because}${permission}`;
}

/**
 * A line of what the function of the central account keeps each day: where the rules run and where not
 * (src/doctor/reach/coverage.ts). It stands for no record, but says where results are missing.
 */
export const isCoverageRow = (value: unknown): value is Json =>
  isObject(value) &&
  ['account', 'region', 'coverage'].every((key) => typeof value[key] === 'string');

/** A sentence, without its full stop, or null where nothing is missing. */
export function missingIn({ account, region, coverage, reason }: Json): string | null {
  if (coverage === 'starting' || (coverage === 'current' && reason === null)) return null;
  return `Account ${account}, ${region}: the rules are ${coverage}: ${reason ?? 'no reason is given'}`;
}
