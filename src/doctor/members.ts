import { isKnown } from '../records/reading.ts';
import type { Account, OrganizationFacts, Plan, UnitFacts } from './facts.ts';

/** Which accounts the doctor examines, and whether the management account would have been one of them. */
export interface Members {
  /** Ids of the active accounts in or below the units, without the management account: stack sets do not reach it. */
  readonly ids: readonly string[];
  readonly includeManagementAccount: boolean;
}

/** A unit whose accounts could not be listed adds none; its own diagnosis is UNKNOWN then. */
export function membersOf({ units }: OrganizationFacts, { deployment }: Plan): Members {
  const { managementAccount } = deployment.organization;
  const active = accountsOf(units).filter(isActive);
  const ids = active.map(({ id }) => id).filter((id) => id !== managementAccount);
  return { ids, includeManagementAccount: active.length > ids.length };
}

export const isActive = ({ state }: Account): boolean => state === 'ACTIVE';

/** Each account once, though units stand inside each other. */
export function accountsOf(units: readonly UnitFacts[]): readonly Account[] {
  const all = units.flatMap(({ accounts }) => (isKnown(accounts) ? accounts.value : []));
  return [...new Map(all.map((account) => [account.id, account])).values()];
}
