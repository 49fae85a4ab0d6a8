import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as Backup from '@aws-sdk/client-backup';
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import type * as Config from '@aws-sdk/client-config-service';
import type * as EventBridge from '@aws-sdk/client-eventbridge';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Kms from '@aws-sdk/client-kms';
import type * as S3 from '@aws-sdk/client-s3';
import type * as S3Control from '@aws-sdk/client-s3-control';
import type * as Sns from '@aws-sdk/client-sns';

/** Input and output of every read operation that facets may ask, as the SDK types them. */
export interface Contracts {
  DescribeAlarms: [CloudWatch.DescribeAlarmsInput, CloudWatch.DescribeAlarmsOutput];
  DescribeBackupVault: [Backup.DescribeBackupVaultInput, Backup.DescribeBackupVaultOutput];
  DescribeConfigRuleEvaluationStatus: [
    Config.DescribeConfigRuleEvaluationStatusRequest,
    Config.DescribeConfigRuleEvaluationStatusResponse,
  ];
  DescribeConfigRules: [Config.DescribeConfigRulesRequest, Config.DescribeConfigRulesResponse];
  DescribeConfigurationRecorders: [
    Config.DescribeConfigurationRecordersRequest,
    Config.DescribeConfigurationRecordersResponse,
  ];
  DescribeConfigurationRecorderStatus: [
    Config.DescribeConfigurationRecorderStatusRequest,
    Config.DescribeConfigurationRecorderStatusResponse,
  ];
  DescribeDeliveryChannels: [
    Config.DescribeDeliveryChannelsRequest,
    Config.DescribeDeliveryChannelsResponse,
  ];
  DescribeDeliveryChannelStatus: [
    Config.DescribeDeliveryChannelStatusRequest,
    Config.DescribeDeliveryChannelStatusResponse,
  ];
  DescribeKey: [Kms.DescribeKeyRequest, Kms.DescribeKeyResponse];
  DescribeMetricFilters: [Logs.DescribeMetricFiltersRequest, Logs.DescribeMetricFiltersResponse];
  DescribeTrails: [CloudTrail.DescribeTrailsRequest, CloudTrail.DescribeTrailsResponse];
  GenerateCredentialReport: [Record<string, never>, Iam.GenerateCredentialReportResponse];
  GetAccessPointPolicy: [
    S3Control.GetAccessPointPolicyRequest,
    S3Control.GetAccessPointPolicyResult,
  ];
  GetAccountAuthorizationDetails: [
    Iam.GetAccountAuthorizationDetailsRequest,
    Iam.GetAccountAuthorizationDetailsResponse,
  ];
  GetBucketEncryption: [S3.GetBucketEncryptionRequest, S3.GetBucketEncryptionOutput];
  GetBucketOwnershipControls: [
    S3.GetBucketOwnershipControlsRequest,
    S3.GetBucketOwnershipControlsOutput,
  ];
  GetCredentialReport: [Record<string, never>, Iam.GetCredentialReportResponse];
  GetEventDataStore: [CloudTrail.GetEventDataStoreRequest, CloudTrail.GetEventDataStoreResponse];
  GetEventSelectors: [CloudTrail.GetEventSelectorsRequest, CloudTrail.GetEventSelectorsResponse];
  GetKeyPolicy: [Kms.GetKeyPolicyRequest, Kms.GetKeyPolicyResponse];
  GetKeyRotationStatus: [Kms.GetKeyRotationStatusRequest, Kms.GetKeyRotationStatusResponse];
  GetMultiRegionAccessPointPolicy: [
    S3Control.GetMultiRegionAccessPointPolicyRequest,
    S3Control.GetMultiRegionAccessPointPolicyResult,
  ];
  GetPublicAccessBlock: [
    S3Control.GetPublicAccessBlockRequest,
    S3Control.GetPublicAccessBlockOutput,
  ];
  GetTrailStatus: [CloudTrail.GetTrailStatusRequest, CloudTrail.GetTrailStatusResponse];
  ListAnalyzers: [AccessAnalyzer.ListAnalyzersRequest, AccessAnalyzer.ListAnalyzersResponse];
  ListBucketMetricsConfigurations: [
    S3.ListBucketMetricsConfigurationsRequest,
    S3.ListBucketMetricsConfigurationsOutput,
  ];
  ListBuckets: [S3.ListBucketsRequest, S3.ListBucketsOutput];
  ListEventDataStores: [
    CloudTrail.ListEventDataStoresRequest,
    CloudTrail.ListEventDataStoresResponse,
  ];
  ListFindingsV2: [AccessAnalyzer.ListFindingsV2Request, AccessAnalyzer.ListFindingsV2Response];
  ListRecoveryPointsByResource: [
    Backup.ListRecoveryPointsByResourceInput,
    Backup.ListRecoveryPointsByResourceOutput,
  ];
  ListRules: [EventBridge.ListRulesRequest, EventBridge.ListRulesResponse];
  ListSubscriptionsByTopic: [
    Sns.ListSubscriptionsByTopicInput,
    Sns.ListSubscriptionsByTopicResponse,
  ];
  ListTargetsByRule: [EventBridge.ListTargetsByRuleRequest, EventBridge.ListTargetsByRuleResponse];
}

export type OperationName = keyof Contracts;
export type InputOf<O extends OperationName> = Contracts[O][0];
export type OutputOf<O extends OperationName> = Contracts[O][1];
