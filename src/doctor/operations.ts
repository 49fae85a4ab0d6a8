import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type * as Config from '@aws-sdk/client-config-service';
import type * as Lambda from '@aws-sdk/client-lambda';
import type * as Organizations from '@aws-sdk/client-organizations';
import type * as S3 from '@aws-sdk/client-s3';
import type * as SecurityHub from '@aws-sdk/client-securityhub';
import type * as Sts from '@aws-sdk/client-sts';
import { type Operation, pages } from '../services/operations.ts';

/** Input and output of what the doctor asks beyond what facets ask, as the SDK types them. */
export interface Contracts {
  AssumeRole: [Sts.AssumeRoleRequest, Sts.AssumeRoleResponse];
  DescribeConformancePacks: [
    Config.DescribeConformancePacksRequest,
    Config.DescribeConformancePacksResponse,
  ];
  DescribeHub: [SecurityHub.DescribeHubRequest, SecurityHub.DescribeHubResponse];
  DescribeOrganization: [Record<string, never>, Organizations.DescribeOrganizationResponse];
  DescribeOrganizationalUnit: [
    Organizations.DescribeOrganizationalUnitRequest,
    Organizations.DescribeOrganizationalUnitResponse,
  ];
  DescribeStacks: [CloudFormation.DescribeStacksInput, CloudFormation.DescribeStacksOutput];
  GetAccountSettings: [Record<string, never>, Lambda.GetAccountSettingsResponse];
  GetCallerIdentity: [Record<string, never>, Sts.GetCallerIdentityResponse];
  HeadBucket: [S3.HeadBucketRequest, S3.HeadBucketOutput];
  ListAWSServiceAccessForOrganization: [
    Organizations.ListAWSServiceAccessForOrganizationRequest,
    Organizations.ListAWSServiceAccessForOrganizationResponse,
  ];
  ListAccountsForParent: [
    Organizations.ListAccountsForParentRequest,
    Organizations.ListAccountsForParentResponse,
  ];
  ListDelegatedAdministrators: [
    Organizations.ListDelegatedAdministratorsRequest,
    Organizations.ListDelegatedAdministratorsResponse,
  ];
  ListOrganizationalUnitsForParent: [
    Organizations.ListOrganizationalUnitsForParentRequest,
    Organizations.ListOrganizationalUnitsForParentResponse,
  ];
  ListRoots: [Organizations.ListRootsRequest, Organizations.ListRootsResponse];
}

export type DoctorService =
  | 'cloudformation'
  | 'config'
  | 'lambda'
  | 'organizations'
  | 's3'
  | 'securityhub'
  | 'sts';

const organizations = (name: string, list?: string): Operation<DoctorService> => ({
  service: 'organizations',
  action: `organizations:${name}`,
  ...(list === undefined ? {} : { paging: pages('NextToken', 'NextToken', list) }),
});

/** All of them read. Actions as the Service Authorization Reference names them. */
export const operations: { readonly [O in keyof Contracts]: Operation<DoctorService> } = {
  AssumeRole: { service: 'sts', action: 'sts:AssumeRole' },
  DescribeConformancePacks: {
    service: 'config',
    action: 'config:DescribeConformancePacks',
    paging: pages('NextToken', 'NextToken', 'ConformancePackDetails'),
  },
  DescribeHub: { service: 'securityhub', action: 'securityhub:DescribeHub' },
  DescribeOrganization: organizations('DescribeOrganization'),
  DescribeOrganizationalUnit: organizations('DescribeOrganizationalUnit'),
  DescribeStacks: { service: 'cloudformation', action: 'cloudformation:DescribeStacks' },
  GetAccountSettings: { service: 'lambda', action: 'lambda:GetAccountSettings' },
  GetCallerIdentity: { service: 'sts', action: 'sts:GetCallerIdentity' },
  HeadBucket: { service: 's3', action: 's3:ListBucket' },
  ListAWSServiceAccessForOrganization: organizations(
    'ListAWSServiceAccessForOrganization',
    'EnabledServicePrincipals',
  ),
  ListAccountsForParent: organizations('ListAccountsForParent', 'Accounts'),
  ListDelegatedAdministrators: organizations(
    'ListDelegatedAdministrators',
    'DelegatedAdministrators',
  ),
  ListOrganizationalUnitsForParent: organizations(
    'ListOrganizationalUnitsForParent',
    'OrganizationalUnits',
  ),
  ListRoots: organizations('ListRoots', 'Roots'),
};
