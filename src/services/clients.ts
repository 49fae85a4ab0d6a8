import { service } from './operation.ts';

/** The services that facets ask. */
export const accessAnalyzer = service(
  'access-analyzer',
  () => import('@aws-sdk/client-accessanalyzer'),
  (sdk) => sdk.AccessAnalyzerClient,
);
export const backup = service(
  'backup',
  () => import('@aws-sdk/client-backup'),
  (sdk) => sdk.BackupClient,
);
export const cloudTrail = service(
  'cloudtrail',
  () => import('@aws-sdk/client-cloudtrail'),
  (sdk) => sdk.CloudTrailClient,
);
export const cloudWatch = service(
  'cloudwatch',
  () => import('@aws-sdk/client-cloudwatch'),
  (sdk) => sdk.CloudWatchClient,
);
export const logs = service(
  'cloudwatch-logs',
  () => import('@aws-sdk/client-cloudwatch-logs'),
  (sdk) => sdk.CloudWatchLogsClient,
);
export const config = service(
  'config',
  () => import('@aws-sdk/client-config-service'),
  (sdk) => sdk.ConfigServiceClient,
);
export const eventBridge = service(
  'eventbridge',
  () => import('@aws-sdk/client-eventbridge'),
  (sdk) => sdk.EventBridgeClient,
);
export const guardDuty = service(
  'guardduty',
  () => import('@aws-sdk/client-guardduty'),
  (sdk) => sdk.GuardDutyClient,
);
export const iam = service(
  'iam',
  () => import('@aws-sdk/client-iam'),
  (sdk) => sdk.IAMClient,
);
export const kms = service(
  'kms',
  () => import('@aws-sdk/client-kms'),
  (sdk) => sdk.KMSClient,
);
export const organizations = service(
  'organizations',
  () => import('@aws-sdk/client-organizations'),
  (sdk) => sdk.OrganizationsClient,
);
export const s3 = service(
  's3',
  () => import('@aws-sdk/client-s3'),
  (sdk) => sdk.S3Client,
);
export const s3Control = service(
  's3-control',
  () => import('@aws-sdk/client-s3-control'),
  (sdk) => sdk.S3ControlClient,
);
export const sns = service(
  'sns',
  () => import('@aws-sdk/client-sns'),
  (sdk) => sdk.SNSClient,
);
