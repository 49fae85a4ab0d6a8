import {
  accessAnalyzer,
  backup,
  cloudTrail,
  cloudWatch,
  config,
  eventBridge,
  guardDuty,
  iam,
  kms,
  logs,
  organizations,
  s3,
  s3Control,
  sns,
} from './clients.ts';
import { type InputOf as Input, listing, type OutputOf as Output, operation } from './operation.ts';

/** Every operation that facets may ask. All of them read, and none reads an object. */
export const operations = {
  DescribeAlarms: listing(
    operation(cloudWatch, 'cloudwatch:DescribeAlarms', (sdk) => sdk.DescribeAlarmsCommand),
    { lists: ['MetricAlarms', 'CompositeAlarms'], token: 'NextToken' },
  ),
  DescribeBackupVault: operation(backup, 'backup:DescribeBackupVault', (sdk) => sdk.DescribeBackupVaultCommand),
  DescribeConfigRuleEvaluationStatus: listing(
    operation(config, 'config:DescribeConfigRuleEvaluationStatus', (sdk) => sdk.DescribeConfigRuleEvaluationStatusCommand),
    { lists: ['ConfigRulesEvaluationStatus'], token: 'NextToken' },
  ),
  DescribeConfigRules: listing(
    operation(config, 'config:DescribeConfigRules', (sdk) => sdk.DescribeConfigRulesCommand),
    { lists: ['ConfigRules'], token: 'NextToken' },
  ),
  DescribeConfigurationRecorders: listing(
    operation(config, 'config:DescribeConfigurationRecorders', (sdk) => sdk.DescribeConfigurationRecordersCommand),
    { lists: ['ConfigurationRecorders'] },
  ),
  DescribeConfigurationRecorderStatus: listing(
    operation(config, 'config:DescribeConfigurationRecorderStatus', (sdk) => sdk.DescribeConfigurationRecorderStatusCommand),
    { lists: ['ConfigurationRecordersStatus'] },
  ),
  DescribeDeliveryChannels: listing(
    operation(config, 'config:DescribeDeliveryChannels', (sdk) => sdk.DescribeDeliveryChannelsCommand),
    { lists: ['DeliveryChannels'] },
  ),
  DescribeDeliveryChannelStatus: listing(
    operation(config, 'config:DescribeDeliveryChannelStatus', (sdk) => sdk.DescribeDeliveryChannelStatusCommand),
    { lists: ['DeliveryChannelsStatus'] },
  ),
  DescribeKey: operation(kms, 'kms:DescribeKey', (sdk) => sdk.DescribeKeyCommand),
  DescribeMetricFilters: listing(
    operation(logs, 'logs:DescribeMetricFilters', (sdk) => sdk.DescribeMetricFiltersCommand),
    { lists: ['metricFilters'], token: 'nextToken' },
  ),
  DescribeTrails: listing(
    operation(cloudTrail, 'cloudtrail:DescribeTrails', (sdk) => sdk.DescribeTrailsCommand),
    { lists: ['trailList'] },
  ),
  GenerateCredentialReport: operation(iam, 'iam:GenerateCredentialReport', (sdk) => sdk.GenerateCredentialReportCommand),
  GetAccessPointPolicy: operation(s3Control, 's3:GetAccessPointPolicy', (sdk) => sdk.GetAccessPointPolicyCommand),
  GetAccountAuthorizationDetails: listing(
    operation(iam, 'iam:GetAccountAuthorizationDetails', (sdk) => sdk.GetAccountAuthorizationDetailsCommand),
    { lists: ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'], token: 'Marker' },
  ),
  GetAccountSummary: operation(iam, 'iam:GetAccountSummary', (sdk) => sdk.GetAccountSummaryCommand),
  GetBucketEncryption: operation(s3, 's3:GetEncryptionConfiguration', (sdk) => sdk.GetBucketEncryptionCommand),
  GetBucketOwnershipControls: operation(s3, 's3:GetBucketOwnershipControls', (sdk) => sdk.GetBucketOwnershipControlsCommand),
  GetCredentialReport: operation(iam, 'iam:GetCredentialReport', (sdk) => sdk.GetCredentialReportCommand),
  GetDetector: operation(guardDuty, 'guardduty:GetDetector', (sdk) => sdk.GetDetectorCommand),
  GetEventDataStore: operation(cloudTrail, 'cloudtrail:GetEventDataStore', (sdk) => sdk.GetEventDataStoreCommand),
  GetEventSelectors: operation(cloudTrail, 'cloudtrail:GetEventSelectors', (sdk) => sdk.GetEventSelectorsCommand),
  GetKeyPolicy: operation(kms, 'kms:GetKeyPolicy', (sdk) => sdk.GetKeyPolicyCommand),
  GetKeyRotationStatus: operation(kms, 'kms:GetKeyRotationStatus', (sdk) => sdk.GetKeyRotationStatusCommand),
  GetMultiRegionAccessPointPolicy: operation(
    s3Control,
    's3:GetMultiRegionAccessPointPolicy',
    (sdk) => sdk.GetMultiRegionAccessPointPolicyCommand,
  ),
  GetPublicAccessBlock: operation(s3Control, 's3:GetAccountPublicAccessBlock', (sdk) => sdk.GetPublicAccessBlockCommand),
  GetTopicAttributes: operation(sns, 'sns:GetTopicAttributes', (sdk) => sdk.GetTopicAttributesCommand),
  GetTrailStatus: operation(cloudTrail, 'cloudtrail:GetTrailStatus', (sdk) => sdk.GetTrailStatusCommand),
  ListAccounts: listing(
    operation(organizations, 'organizations:ListAccounts', (sdk) => sdk.ListAccountsCommand),
    { lists: ['Accounts'], token: 'NextToken' },
  ),
  ListAnalyzers: listing(
    operation(accessAnalyzer, 'access-analyzer:ListAnalyzers', (sdk) => sdk.ListAnalyzersCommand),
    { lists: ['analyzers'], token: 'nextToken' },
  ),
  ListBucketMetricsConfigurations: listing(
    operation(s3, 's3:GetMetricsConfiguration', (sdk) => sdk.ListBucketMetricsConfigurationsCommand),
    {
      lists: ['MetricsConfigurationList'],
      token: { answered: 'NextContinuationToken', sent: 'ContinuationToken' },
    },
  ),
  ListBuckets: listing(
    operation(s3, 's3:ListAllMyBuckets', (sdk) => sdk.ListBucketsCommand),
    {
      lists: ['Buckets'],
      token: 'ContinuationToken',
    },
  ),
  ListDetectors: listing(
    operation(guardDuty, 'guardduty:ListDetectors', (sdk) => sdk.ListDetectorsCommand),
    { lists: ['DetectorIds'], token: 'NextToken' },
  ),
  ListEventDataStores: listing(
    operation(cloudTrail, 'cloudtrail:ListEventDataStores', (sdk) => sdk.ListEventDataStoresCommand),
    { lists: ['EventDataStores'], token: 'NextToken' },
  ),
  ListFindingsV2: listing(
    operation(accessAnalyzer, 'access-analyzer:ListFindings', (sdk) => sdk.ListFindingsV2Command),
    { lists: ['findings'], token: 'nextToken' },
  ),
  ListKeys: listing(
    operation(kms, 'kms:ListKeys', (sdk) => sdk.ListKeysCommand),
    { lists: ['Keys'], token: { answered: 'NextMarker', sent: 'Marker' } },
  ),
  ListRules: listing(
    operation(eventBridge, 'events:ListRules', (sdk) => sdk.ListRulesCommand),
    {
      lists: ['Rules'],
      token: 'NextToken',
    },
  ),
  ListRecoveryPointsByResource: listing(
    operation(backup, 'backup:ListRecoveryPointsByResource', (sdk) => sdk.ListRecoveryPointsByResourceCommand),
    { lists: ['RecoveryPoints'], token: 'NextToken' },
  ),
  ListSubscriptionsByTopic: listing(
    operation(sns, 'sns:ListSubscriptionsByTopic', (sdk) => sdk.ListSubscriptionsByTopicCommand),
    { lists: ['Subscriptions'], token: 'NextToken' },
  ),
  ListTargetsByRule: listing(
    operation(eventBridge, 'events:ListTargetsByRule', (sdk) => sdk.ListTargetsByRuleCommand),
    { lists: ['Targets'], token: 'NextToken' },
  ),
};

export type OperationName = keyof typeof operations;
export type InputOf<O extends OperationName> = Input<(typeof operations)[O]>;
export type OutputOf<O extends OperationName> = Output<(typeof operations)[O]>;
