import type { Statement } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';
import { strangerOf } from '../requests/audiences.ts';
import type { Caller, Callers } from '../requests/callers.ts';
import { findWorld } from '../requests/search.ts';
import { isTrustedUser, type Trust } from '../requests/trust.ts';
import type { Worlds } from '../requests/worlds.ts';

/** A caller to try, and the principal by which the statement lets it in. */
export interface Candidate {
  readonly caller: Caller;
  readonly principal: Principal;
}

function callersBehind(principal: Principal, callers: Callers): readonly Caller[] {
  switch (principal.kind) {
    case 'account':
      return callers.account(principal.account);
    case 'entity':
      return callers.account(principal.account, principal.text);
    case 'service':
      return callers.service(principal.service);
    case 'federated':
      return callers.accounts
        .filter((id) => principal.account === null || principal.account === id)
        .flatMap((id) => callers.account(id));
    case 'canonicalUser':
    case 'originAccessIdentity':
      return callers.user(principal.text);
    default:
      return [];
  }
}

// The most open caller comes first, so that the witness shows the worst that a statement allows.
export function* candidates({ principals }: Statement, callers: Callers): Generator<Candidate> {
  const { entries, not } = principals;
  // NotPrincipal with Allow lets in anyone who is not listed, and only a few are listed.
  const open = not
    ? entries[0]
    : (entries.find(({ kind }) => kind === 'everyone') ??
      entries.find(({ kind }) => kind === 'everyAccount') ??
      entries.find(({ kind }) => kind === 'unresolved'));
  const named = (principal: Principal) => (caller: Caller) => ({ caller, principal });
  if (open === undefined) {
    for (const principal of entries) {
      yield* callersBehind(principal, callers).map(named(principal));
    }
    return;
  }
  yield* callers.anonymous.map(named(open));
  for (const id of callers.accounts) yield* callers.account(id).map(named(open));
  for (const id of callers.services) yield* callers.service(id).map(named(open));
  // A service that stands next to "*" is let in by its own name, which a Deny of "*" for AWS may not reach.
  for (const principal of not || open.kind === 'everyone' ? [] : entries) {
    if (principal.kind === 'service')
      yield* callersBehind(principal, callers).map(named(principal));
  }
}

// Whether `{"AWS":"*"}` includes services is unknown, but one answer holds for the whole policy: where
// it is what grants, it also denies.
export function meansServices({ principals }: Statement, { principal }: Candidate): boolean {
  return !principals.not && principal.kind === 'everyAccount';
}

/** A principal whose text does not show its account. */
export const isUser = ({ kind }: Principal): boolean =>
  kind === 'canonicalUser' || kind === 'originAccessIdentity';

// A user that is approved by its own id keeps to the limits of an account or organization only where conditions place it there.
export function isApprovedItself(
  { conditions }: Statement,
  principal: Principal,
  worlds: Worlds,
  trust: Trust,
): boolean {
  if (!isUser(principal) || !isTrustedUser(principal.text, trust)) return false;
  return findWorld(worlds, strangerOf(worlds.vocabulary), conditions, [], false) !== null;
}
