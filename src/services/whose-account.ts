import { listing, operation, service } from './operation.ts';
import { loaded } from './own-account.ts';

const sts = service(
  'sts',
  () => loaded('@aws-sdk/client-sts', () => import('@aws-sdk/client-sts')),
  (sdk) => sdk.STSClient,
);
export const organizations = service(
  'organizations',
  () => loaded('@aws-sdk/client-organizations', () => import('@aws-sdk/client-organizations')),
  (sdk) => sdk.OrganizationsClient,
);

/** Who asks, as whom in another account, and which accounts are in a unit: what a collection and the doctor both ask. */
export const whoseAccount = {
  AssumeRole: operation(sts, 'sts:AssumeRole', (sdk) => sdk.AssumeRoleCommand),
  GetCallerIdentity: operation(sts, 'sts:GetCallerIdentity', (sdk) => sdk.GetCallerIdentityCommand),
  ListAccountsForParent: listing(
    operation(
      organizations,
      'organizations:ListAccountsForParent',
      (sdk) => sdk.ListAccountsForParentCommand,
    ),
    { lists: ['Accounts'], token: 'NextToken' },
  ),
  ListOrganizationalUnitsForParent: listing(
    operation(
      organizations,
      'organizations:ListOrganizationalUnitsForParent',
      (sdk) => sdk.ListOrganizationalUnitsForParentCommand,
    ),
    { lists: ['OrganizationalUnits'], token: 'NextToken' },
  ),
};
