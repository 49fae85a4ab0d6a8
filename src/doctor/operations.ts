import { type InputOf, listing, type OutputOf, operation, service } from '../services/operation.ts';
import { loaded } from '../services/own-account.ts';
import { organizations, whoseAccount } from '../services/whose-account.ts';

/** Packages that a machine without a checkout may lack are named when they are missing. */
const sdk = <T>(name: string, load: () => Promise<T>) => loaded(`@aws-sdk/client-${name}`, load);

const cloudFormation = service(
  'cloudformation',
  () => sdk('cloudformation', () => import('@aws-sdk/client-cloudformation')),
  (sdk) => sdk.CloudFormationClient,
);
const kms = service(
  'kms',
  () => sdk('kms', () => import('@aws-sdk/client-kms')),
  (sdk) => sdk.KMSClient,
);
const lambda = service(
  'lambda',
  () => sdk('lambda', () => import('@aws-sdk/client-lambda')),
  (sdk) => sdk.LambdaClient,
);
const securityHub = service(
  'securityhub',
  () => sdk('securityhub', () => import('@aws-sdk/client-securityhub')),
  (sdk) => sdk.SecurityHubClient,
);
const config = service(
  'config',
  () => sdk('config-service', () => import('@aws-sdk/client-config-service')),
  (sdk) => sdk.ConfigServiceClient,
);
const s3 = service(
  's3',
  () => sdk('s3', () => import('@aws-sdk/client-s3')),
  (sdk) => sdk.S3Client,
);

/** What the doctor asks beyond what facets ask. All of them read. */
export const operations = {
  ...whoseAccount,
  DescribeConformancePacks: listing(
    operation(
      config,
      'config:DescribeConformancePacks',
      (sdk) => sdk.DescribeConformancePacksCommand,
    ),
    { lists: ['ConformancePackDetails'], token: 'NextToken' },
  ),
  DescribeHub: operation(securityHub, 'securityhub:DescribeHub', (sdk) => sdk.DescribeHubCommand),
  DescribeOrganization: operation(
    organizations,
    'organizations:DescribeOrganization',
    (sdk) => sdk.DescribeOrganizationCommand,
  ),
  DescribeOrganizationalUnit: operation(
    organizations,
    'organizations:DescribeOrganizationalUnit',
    (sdk) => sdk.DescribeOrganizationalUnitCommand,
  ),
  ListAWSServiceAccessForOrganization: listing(
    operation(
      organizations,
      'organizations:ListAWSServiceAccessForOrganization',
      (sdk) => sdk.ListAWSServiceAccessForOrganizationCommand,
    ),
    { lists: ['EnabledServicePrincipals'], token: 'NextToken' },
  ),
  ListDelegatedAdministrators: listing(
    operation(
      organizations,
      'organizations:ListDelegatedAdministrators',
      (sdk) => sdk.ListDelegatedAdministratorsCommand,
    ),
    { lists: ['DelegatedAdministrators'], token: 'NextToken' },
  ),
  ListRoots: listing(
    operation(organizations, 'organizations:ListRoots', (sdk) => sdk.ListRootsCommand),
    {
      lists: ['Roots'],
      token: 'NextToken',
    },
  ),
  ListStackInstances: listing(
    operation(
      cloudFormation,
      'cloudformation:ListStackInstances',
      (sdk) => sdk.ListStackInstancesCommand,
    ),
    { lists: ['Summaries'], token: 'NextToken' },
  ),
  ListStackSetOperations: operation(
    cloudFormation,
    'cloudformation:ListStackSetOperations',
    (sdk) => sdk.ListStackSetOperationsCommand,
  ),
  DescribeStacks: operation(
    cloudFormation,
    'cloudformation:DescribeStacks',
    (sdk) => sdk.DescribeStacksCommand,
  ),
  GetPublicKey: operation(kms, 'kms:GetPublicKey', (sdk) => sdk.GetPublicKeyCommand),
  GetFunctionConfiguration: operation(
    lambda,
    'lambda:GetFunctionConfiguration',
    (sdk) => sdk.GetFunctionConfigurationCommand,
  ),
  GetAccountSettings: operation(
    lambda,
    'lambda:GetAccountSettings',
    (sdk) => sdk.GetAccountSettingsCommand,
  ),
  HeadBucket: operation(s3, 's3:ListBucket', (sdk) => sdk.HeadBucketCommand),
};

export type OperationName = keyof typeof operations;
export type Question<O extends OperationName> = InputOf<(typeof operations)[O]>;
export type Answer<O extends OperationName> = OutputOf<(typeof operations)[O]>;
