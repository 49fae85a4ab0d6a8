import { cloudTrail, iam, kms, s3, s3Control } from './clients.ts';
import { listing, operation, service } from './operation.ts';
import { loaded } from './own-account.ts';
import { organizations, whoseAccount } from './whose-account.ts';

const account = service(
  'account',
  () => loaded('@aws-sdk/client-account', () => import('@aws-sdk/client-account')),
  (sdk) => sdk.AccountClient,
);

/** What a collection asks, beyond what facets ask, to write the records of a live account. All of them read, and none reads an object. */
export const collecting = {
  ...whoseAccount,
  ListAccounts: listing(
    operation(organizations, 'organizations:ListAccounts', (sdk) => sdk.ListAccountsCommand),
    { lists: ['Accounts'], token: 'NextToken' },
  ),
  ListRegions: listing(
    operation(account, 'account:ListRegions', (sdk) => sdk.ListRegionsCommand),
    { lists: ['Regions'], token: 'NextToken' },
  ),

  ListBuckets: listing(
    operation(s3, 's3:ListAllMyBuckets', (sdk) => sdk.ListBucketsCommand),
    { lists: ['Buckets'], token: 'ContinuationToken' },
  ),
  GetBucketLocation: operation(s3, 's3:GetBucketLocation', (sdk) => sdk.GetBucketLocationCommand),
  GetBucketAcl: operation(s3, 's3:GetBucketAcl', (sdk) => sdk.GetBucketAclCommand),
  GetBucketEncryption: operation(
    s3,
    's3:GetEncryptionConfiguration',
    (sdk) => sdk.GetBucketEncryptionCommand,
  ),
  GetBucketLifecycleConfiguration: operation(
    s3,
    's3:GetLifecycleConfiguration',
    (sdk) => sdk.GetBucketLifecycleConfigurationCommand,
  ),
  GetBucketLogging: operation(s3, 's3:GetBucketLogging', (sdk) => sdk.GetBucketLoggingCommand),
  GetBucketPolicy: operation(s3, 's3:GetBucketPolicy', (sdk) => sdk.GetBucketPolicyCommand),
  GetBucketPublicAccessBlock: operation(
    s3,
    's3:GetBucketPublicAccessBlock',
    (sdk) => sdk.GetPublicAccessBlockCommand,
  ),
  GetBucketReplication: operation(
    s3,
    's3:GetReplicationConfiguration',
    (sdk) => sdk.GetBucketReplicationCommand,
  ),
  GetBucketRequestPayment: operation(
    s3,
    's3:GetBucketRequestPayment',
    (sdk) => sdk.GetBucketRequestPaymentCommand,
  ),
  GetBucketTagging: operation(s3, 's3:GetBucketTagging', (sdk) => sdk.GetBucketTaggingCommand),
  GetBucketVersioning: operation(
    s3,
    's3:GetBucketVersioning',
    (sdk) => sdk.GetBucketVersioningCommand,
  ),
  GetObjectLockConfiguration: operation(
    s3,
    's3:GetBucketObjectLockConfiguration',
    (sdk) => sdk.GetObjectLockConfigurationCommand,
  ),

  GetAccountPublicAccessBlock: operation(
    s3Control,
    's3:GetAccountPublicAccessBlock',
    (sdk) => sdk.GetPublicAccessBlockCommand,
  ),
  GetAccessPoint: operation(s3Control, 's3:GetAccessPoint', (sdk) => sdk.GetAccessPointCommand),
  ListAccessPoints: listing(
    operation(s3Control, 's3:ListAccessPoints', (sdk) => sdk.ListAccessPointsCommand),
    { lists: ['AccessPointList'], token: 'NextToken' },
  ),
  ListMultiRegionAccessPoints: listing(
    operation(
      s3Control,
      's3:ListMultiRegionAccessPoints',
      (sdk) => sdk.ListMultiRegionAccessPointsCommand,
    ),
    { lists: ['AccessPoints'], token: 'NextToken' },
  ),
  DescribeTrails: listing(
    operation(cloudTrail, 'cloudtrail:DescribeTrails', (sdk) => sdk.DescribeTrailsCommand),
    { lists: ['trailList'] },
  ),
  ListAliases: listing(
    operation(kms, 'kms:ListAliases', (sdk) => sdk.ListAliasesCommand),
    { lists: ['Aliases'], token: { answered: 'NextMarker', sent: 'Marker' } },
  ),
  GetAccountAuthorizationDetails: listing(
    operation(
      iam,
      'iam:GetAccountAuthorizationDetails',
      (sdk) => sdk.GetAccountAuthorizationDetailsCommand,
    ),
    { lists: ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'], token: 'Marker' },
  ),
};

export type Collecting = typeof collecting;
