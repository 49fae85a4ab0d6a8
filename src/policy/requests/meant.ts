import type { Statement } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';
import type { Tri } from '../language/tri.ts';
import type { Caller } from './callers.ts';
import type { Value } from './values.ts';

/** Is `{"AWS":"*"}` in a Deny taken to include AWS services? */
export type ServicesInEveryAccount = boolean;

type Principals = Statement['principals'];

/**
 * Is the caller certainly among those a Deny is for?
 * @param entity which user or role of its account it is; null while that is not decided.
 */
export function meant(
  principals: Principals,
  caller: Caller,
  entity: Value | null,
  servicesIncluded: ServicesInEveryAccount,
): Tri {
  if (principals.not) return isSpared(principals.entries, caller) ? -1 : 1;
  let found: Tri = -1;
  for (const principal of principals.entries) {
    const one = isOne(principal, caller, entity, servicesIncluded);
    if (one === 1) return 1;
    if (one === 0) found = 0;
  }
  return found;
}

function isOne(
  principal: Principal,
  caller: Caller,
  entity: Value | null,
  servicesIncluded: ServicesInEveryAccount,
): Tri {
  switch (principal.kind) {
    case 'everyone':
      return 1;
    case 'everyAccount':
      return caller.kind !== 'service' || servicesIncluded ? 1 : -1;
    case 'account':
      return caller.kind === 'account' && caller.id === principal.account ? 1 : -1;
    case 'service':
      return caller.kind === 'service' && caller.id === principal.service ? 1 : -1;
    case 'entity':
      if (caller.kind !== 'account' || caller.id !== principal.account) return -1;
      if (entity === null) return 0;
      return entity.kind === 'text' && entity.text === principal.text ? 1 : -1;
    default:
      return -1;
  }
}

// NotPrincipal exempts the listed principals, and possibly the members of a listed account.
function isSpared(principals: Principals['entries'], caller: Caller): boolean {
  return principals.some((principal) => {
    switch (principal.kind) {
      case 'service':
        return caller.kind === 'service' && caller.id === principal.service;
      case 'account':
      case 'entity':
        return caller.kind === 'account' && caller.id === principal.account;
      case 'everyone':
      case 'everyAccount':
      case 'unresolved':
        return true;
      default:
        return caller.kind === 'account';
    }
  });
}
