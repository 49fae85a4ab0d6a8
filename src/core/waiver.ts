import type { Identity } from './subject.ts';

/** The longest a waiver may run, in days. */
export const MAXIMUM_WAIVER_DAYS = 365;

/** A finding that somebody accepts for a while: who asked, who approved, why and until when. */
export interface Waiver {
  readonly id: string;
  /** Id of the rule whose findings are waived. */
  readonly rule: string;
  /** One bucket by its ARN, or every subject of one account. */
  readonly subject: { readonly arn: string } | { readonly account: string };
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  readonly ticket?: string;
  /** ISO dates; the waiver holds from the day (UTC) of `created` through that of `expires`. */
  readonly created: string;
  readonly expires: string;
}

/**
 * The waiver for this rule and subject: one in force before an expired one, a narrower subject before a wider. One that has
 * not begun is none yet: a date ahead would otherwise stretch the longest time a waiver may run.
 */
export function waiverFor(
  waivers: readonly Waiver[],
  rule: string,
  subject: Identity,
  now: string,
): Waiver | undefined {
  const matching = waivers.filter(
    (waiver) => waiver.rule === rule && covers(waiver, subject) && hasBegun(waiver, now),
  );
  const inForce = matching.filter((waiver) => !isExpired(waiver, now));
  const candidates = inForce.length > 0 ? inForce : matching;
  return candidates.find(({ subject: scope }) => 'arn' in scope) ?? candidates[0];
}

function hasBegun(waiver: Waiver, now: string): boolean {
  return now.slice(0, 10) >= waiver.created;
}

export function isExpired(waiver: Waiver, now: string): boolean {
  return now.slice(0, 10) > waiver.expires;
}

function covers({ subject: scope }: Waiver, subject: Identity): boolean {
  return 'arn' in scope ? scope.arn === subject.arn : scope.account === subject.account;
}
