import type { Trust } from '../../src/policy/requests/trust.ts';

/** The trust that the cases share: one account, one organization, one service, and guards asked for. */
export const trust: Trust = {
  accounts: ['111122223333'],
  organizations: ['o-exampleorg'],
  organizationPaths: [],
  services: ['cloudtrail.amazonaws.com'],
  canonicalUsers: [],
  requireSourceGuard: true,
};
