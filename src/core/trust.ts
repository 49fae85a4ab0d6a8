import type { Trust } from '../policy/trust.ts';
import { listFrom } from './parameters.ts';

/** For whom access is approved, as a rule is told. */
export const trustedSources = {
  trustedAccounts: listFrom('trust.accounts', 'Accounts that may be granted access.'),
  trustedOrganizations: listFrom(
    'trust.organizations',
    'Organizations that may be granted access.',
  ),
  trustedOrganizationPaths: listFrom('trust.organizationPaths', 'Organization paths likewise.'),
} as const;

/** Actions that change who may get in, or what is kept. */
export const DECIDING_ACTIONS = [
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutObjectAcl',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:BypassGovernanceRetention',
] as const;

/** The trust that a policy is judged by, in the words of src/policy. */
export function trustOf(
  params: { readonly [K in keyof typeof trustedSources]: readonly string[] },
  more: Omit<Trust, 'accounts' | 'organizations' | 'organizationPaths'>,
): Trust {
  return {
    accounts: params.trustedAccounts,
    organizations: params.trustedOrganizations,
    organizationPaths: params.trustedOrganizationPaths,
    ...more,
  };
}
