import { flag, listFrom, ownList, type ParamsOf, recordsFrom } from '../../engine/parameters.ts';
import type { Policy } from '../../policy/language/document.ts';
import type { Trust } from '../../policy/requests/trust.ts';
import { actionEntry } from '../../settings/settings.ts';

/** For whom access is approved, as a rule is told. */
export const trustedSources = {
  trustedAccounts: listFrom('trust.accounts', 'Accounts that may be granted access.'),
  trustedOrganizations: listFrom(
    'trust.organizations',
    'Organizations that may be granted access.',
  ),
  trustedOrganizationPaths: listFrom(
    'trust.organizationPaths',
    'Organization paths that may be granted access.',
  ),
} as const;

export const trustedGrantees = {
  ...trustedSources,
  trustedServices: listFrom('trust.services', 'AWS services that may be granted access.'),
  trustedCanonicalUsers: listFrom(
    'trust.canonicalUsers',
    'Canonical users that may be granted access.',
  ),
  requireSourceGuard: flag(true, 'Whether a service must be bound to an approved source.'),
} as const;

/** Actions that change who may get in, or what is kept. */
const DECIDING_ACTIONS = [
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutObjectAcl',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:BypassGovernanceRetention',
] as const;

/** What the trusted may be granted at most. */
export const grantLimits = {
  grants: recordsFrom('trust.grants', 'What some grantees may do at most.'),
  forbiddenActions: ownList(
    actionEntry,
    'Actions that no other account may be granted.',
    DECIDING_ACTIONS,
  ),
  allowDelegation: flag(
    false,
    'Whether the bucket may delegate access control to access points of approved accounts.',
  ),
} as const;

/** The trust that a policy is judged by, in the words of src/policy. */
export function trustOf(
  grantees: ParamsOf<typeof trustedGrantees>,
  limits: Partial<ParamsOf<typeof grantLimits>> = {},
): Trust {
  return {
    accounts: grantees.trustedAccounts,
    organizations: grantees.trustedOrganizations,
    organizationPaths: grantees.trustedOrganizationPaths,
    services: grantees.trustedServices,
    canonicalUsers: grantees.trustedCanonicalUsers,
    requireSourceGuard: grantees.requireSourceGuard,
    grants: limits.grants,
    forbiddenActions: limits.forbiddenActions,
    allowDelegation: limits.allowDelegation,
  };
}

/** Does a statement name a canonical user? Its id does not show the account that it stands for. */
export const namesCanonicalUsers = ({ statements }: Policy): boolean =>
  statements.some(({ principals }) =>
    principals.entries.some(({ kind }) => kind === 'canonicalUser'),
  );
