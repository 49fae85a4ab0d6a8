import type { InputOf, OperationName, OutputOf } from './contracts.ts';
import { operations, type ServiceName } from './operations.ts';
import { asker, type Packages } from './sdk.ts';
import type { Services } from './services.ts';

/** Loaded when they are needed: a function that asks S3 alone does not pay for the others, nor does the command line. */
const packages: Packages<ServiceName> = {
  'access-analyzer': ['AccessAnalyzer', () => import('@aws-sdk/client-accessanalyzer')],
  backup: ['Backup', () => import('@aws-sdk/client-backup')],
  cloudtrail: ['CloudTrail', () => import('@aws-sdk/client-cloudtrail')],
  cloudwatch: ['CloudWatch', () => import('@aws-sdk/client-cloudwatch')],
  'cloudwatch-logs': ['CloudWatchLogs', () => import('@aws-sdk/client-cloudwatch-logs')],
  config: ['ConfigService', () => import('@aws-sdk/client-config-service')],
  eventbridge: ['EventBridge', () => import('@aws-sdk/client-eventbridge')],
  iam: ['IAM', () => import('@aws-sdk/client-iam')],
  kms: ['KMS', () => import('@aws-sdk/client-kms')],
  s3: ['S3', () => import('@aws-sdk/client-s3')],
  's3-control': ['S3Control', () => import('@aws-sdk/client-s3-control')],
  sns: ['SNS', () => import('@aws-sdk/client-sns')],
};

/**
 * The services through the AWS SDK, one client for each service and Region, which also tries again what was throttled.
 * @param settings of every client, such as `maxAttempts`; `settings(service)` where they differ.
 */
export function awsServices(
  settings: (service: ServiceName, region: string) => object = () => ({}),
): Services {
  const ask = asker(packages, operations, settings);
  return {
    async ask<O extends OperationName>(name: O, input: InputOf<O>, region: string) {
      return (await ask(name, input, region)) as OutputOf<O>;
    },
  };
}
