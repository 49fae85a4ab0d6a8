import type { Identity } from '../records/reading.ts';

/** The longest a waiver may run, in days. */
export const MAXIMUM_WAIVER_DAYS = 365;

/** Where accounts are in the organization: account id to a path such as o-…/r-…/ou-…/ou-…/, from the root down. */
export type AccountPaths = Readonly<Record<string, string>>;

/** A finding that is accepted for a while: who asked, who approved, why and until when. */
export interface Waiver {
  readonly id: string;
  /** Id of the rule whose findings are waived. */
  readonly rule: string;
  /** One bucket by its ARN, every subject of one account, or of every account in or below an organizational unit. */
  readonly subject:
    | { readonly arn: string }
    | { readonly account: string }
    | { readonly ou: string };
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  readonly ticket?: string;
  /** ISO dates; the waiver holds from the day (UTC) of `created` through that of `expires`. */
  readonly created: string;
  readonly expires: string;
}

/**
 * The waiver for this rule and subject: one in force before an expired one, a narrower subject before a wider, and of two alike
 * the one that ends later, which renews the other. One that has not begun is none yet: a date ahead would otherwise stretch the
 * longest time a waiver may run. One by OU holds for no account that `accounts` does not place.
 *
 * Everything that needs to know which waiver holds asks here: the engine, the publisher of findings, and what is built on their findings.
 */
export function waiverFor(
  waivers: readonly Waiver[],
  rule: string,
  subject: Identity,
  now: string,
  accounts: AccountPaths,
): Waiver | undefined {
  const matching = waivers.filter(
    (waiver) =>
      waiver.rule === rule && widthOf(waiver, subject, accounts) !== null && hasBegun(waiver, now),
  );
  const inForce = matching.filter((waiver) => !isExpired(waiver, now));
  const width = (waiver: Waiver) => widthOf(waiver, subject, accounts) ?? Infinity;
  const [first] = (inForce.length > 0 ? inForce : matching).toSorted(
    (one, other) => width(one) - width(other) || other.expires.localeCompare(one.expires),
  );
  return first;
}

/** Waivers of the rule that may be meant for the account, and cannot apply because its place in the organization is not known. */
export function unplacedWaivers(
  waivers: readonly Waiver[],
  rule: string,
  account: string,
  accounts: AccountPaths,
): readonly Waiver[] {
  if (Object.hasOwn(accounts, account)) return [];
  return waivers.filter((waiver) => waiver.rule === rule && 'ou' in waiver.subject);
}

/** The organizational units that an account is in, the innermost first; empty if its place is not known. */
export function unitsOf(account: string, accounts: AccountPaths): readonly string[] {
  const path = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
  const units = path?.split('/').filter((unit) => unit.startsWith('ou-')) ?? [];
  return units.toReversed();
}

function hasBegun(waiver: Waiver, now: string): boolean {
  return now.slice(0, 10) >= waiver.created;
}

export function isExpired(waiver: Waiver, now: string): boolean {
  return now.slice(0, 10) > waiver.expires;
}

/** How much the waiver covers besides the subject; null when it does not cover it. */
function widthOf(
  { subject: scope }: Waiver,
  subject: Identity,
  accounts: AccountPaths,
): number | null {
  if ('arn' in scope) return scope.arn === subject.arn ? 0 : null;
  if ('account' in scope) return scope.account === subject.account ? 1 : null;
  const depth = unitsOf(subject.account, accounts).indexOf(scope.ou);
  return depth < 0 ? null : 2 + depth;
}
