import type { OperationName } from './contracts.ts';

export type ServiceName =
  | 'access-analyzer'
  | 'backup'
  | 'cloudtrail'
  | 'cloudwatch'
  | 'cloudwatch-logs'
  | 'config'
  | 'eventbridge'
  | 'iam'
  | 'kms'
  | 's3'
  | 's3-control'
  | 'sns';

/** How an answer that comes in pages is put together: where the token is found and sent, and the lists that grow. */
export interface Paging {
  readonly answered: string;
  readonly sent: string;
  readonly lists: readonly string[];
}

export interface Operation<S extends string = ServiceName> {
  readonly service: S;
  /** The IAM action that permits it (Service Authorization Reference). */
  readonly action: string;
  readonly paging?: Paging;
}

export const pages = (answered: string, sent: string, ...lists: readonly string[]): Paging => ({
  answered,
  sent,
  lists,
});

/** Every operation that facets may ask. All of them read, and none reads an object. */
export const operations: { readonly [O in OperationName]: Operation } = {
  DescribeAlarms: {
    service: 'cloudwatch',
    action: 'cloudwatch:DescribeAlarms',
    paging: pages('NextToken', 'NextToken', 'MetricAlarms', 'CompositeAlarms'),
  },
  DescribeBackupVault: { service: 'backup', action: 'backup:DescribeBackupVault' },
  DescribeConfigRuleEvaluationStatus: {
    service: 'config',
    action: 'config:DescribeConfigRuleEvaluationStatus',
    paging: pages('NextToken', 'NextToken', 'ConfigRulesEvaluationStatus'),
  },
  DescribeConfigRules: {
    service: 'config',
    action: 'config:DescribeConfigRules',
    paging: pages('NextToken', 'NextToken', 'ConfigRules'),
  },
  DescribeConfigurationRecorders: {
    service: 'config',
    action: 'config:DescribeConfigurationRecorders',
  },
  DescribeConfigurationRecorderStatus: {
    service: 'config',
    action: 'config:DescribeConfigurationRecorderStatus',
  },
  DescribeDeliveryChannels: { service: 'config', action: 'config:DescribeDeliveryChannels' },
  DescribeDeliveryChannelStatus: {
    service: 'config',
    action: 'config:DescribeDeliveryChannelStatus',
  },
  DescribeKey: { service: 'kms', action: 'kms:DescribeKey' },
  DescribeMetricFilters: {
    service: 'cloudwatch-logs',
    action: 'logs:DescribeMetricFilters',
    paging: pages('nextToken', 'nextToken', 'metricFilters'),
  },
  DescribeTrails: { service: 'cloudtrail', action: 'cloudtrail:DescribeTrails' },
  GenerateCredentialReport: { service: 'iam', action: 'iam:GenerateCredentialReport' },
  GetAccessPointPolicy: { service: 's3-control', action: 's3:GetAccessPointPolicy' },
  GetAccountAuthorizationDetails: {
    service: 'iam',
    action: 'iam:GetAccountAuthorizationDetails',
    paging: pages(
      'Marker',
      'Marker',
      'UserDetailList',
      'GroupDetailList',
      'RoleDetailList',
      'Policies',
    ),
  },
  GetBucketEncryption: { service: 's3', action: 's3:GetEncryptionConfiguration' },
  GetBucketOwnershipControls: { service: 's3', action: 's3:GetBucketOwnershipControls' },
  GetCredentialReport: { service: 'iam', action: 'iam:GetCredentialReport' },
  GetEventDataStore: { service: 'cloudtrail', action: 'cloudtrail:GetEventDataStore' },
  GetEventSelectors: { service: 'cloudtrail', action: 'cloudtrail:GetEventSelectors' },
  GetKeyPolicy: { service: 'kms', action: 'kms:GetKeyPolicy' },
  GetKeyRotationStatus: { service: 'kms', action: 'kms:GetKeyRotationStatus' },
  GetMultiRegionAccessPointPolicy: {
    service: 's3-control',
    action: 's3:GetMultiRegionAccessPointPolicy',
  },
  GetPublicAccessBlock: { service: 's3-control', action: 's3:GetAccountPublicAccessBlock' },
  GetTrailStatus: { service: 'cloudtrail', action: 'cloudtrail:GetTrailStatus' },
  ListAnalyzers: {
    service: 'access-analyzer',
    action: 'access-analyzer:ListAnalyzers',
    paging: pages('nextToken', 'nextToken', 'analyzers'),
  },
  ListBucketMetricsConfigurations: {
    service: 's3',
    action: 's3:GetMetricsConfiguration',
    paging: pages('NextContinuationToken', 'ContinuationToken', 'MetricsConfigurationList'),
  },
  ListBuckets: {
    service: 's3',
    action: 's3:ListAllMyBuckets',
    paging: pages('ContinuationToken', 'ContinuationToken', 'Buckets'),
  },
  ListEventDataStores: {
    service: 'cloudtrail',
    action: 'cloudtrail:ListEventDataStores',
    paging: pages('NextToken', 'NextToken', 'EventDataStores'),
  },
  ListFindingsV2: {
    service: 'access-analyzer',
    action: 'access-analyzer:ListFindings',
    paging: pages('nextToken', 'nextToken', 'findings'),
  },
  ListRules: {
    service: 'eventbridge',
    action: 'events:ListRules',
    paging: pages('NextToken', 'NextToken', 'Rules'),
  },
  ListRecoveryPointsByResource: {
    service: 'backup',
    action: 'backup:ListRecoveryPointsByResource',
    paging: pages('NextToken', 'NextToken', 'RecoveryPoints'),
  },
  ListSubscriptionsByTopic: {
    service: 'sns',
    action: 'sns:ListSubscriptionsByTopic',
    paging: pages('NextToken', 'NextToken', 'Subscriptions'),
  },
  ListTargetsByRule: {
    service: 'eventbridge',
    action: 'events:ListTargetsByRule',
    paging: pages('NextToken', 'NextToken', 'Targets'),
  },
};
