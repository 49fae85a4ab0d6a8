import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import { allow, type Statement } from '../policy.ts';

export type Delivery = NonNullable<Deployment['delivery']>;

/** What stands before `AWSLogs/` in the keys, with "/" at its end, or nothing. */
export const prefixOf = ({ prefix = '' }: Delivery): string =>
  prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`;

const bucketArn = ({ bucket }: Delivery) => `arn:\${AWS::Partition}:s3:::${bucket}`;
const filesArn = (delivery: Delivery) =>
  `${bucketArn(delivery)}/${prefixOf(delivery)}AWSLogs/*/Config/*`;
const onlyLogs = (delivery: Delivery) => ({
  StringLike: { 's3:prefix': `${prefixOf(delivery)}AWSLogs/*` },
});

/** What reading the deliveries of AWS Config takes, and of other logs in the same bucket nothing but their names. */
export const readingOf = (delivery: Delivery): readonly Statement[] => [
  allow(['s3:ListBucket'], Fn.sub(bucketArn(delivery)), onlyLogs(delivery)),
  allow(['s3:GetObject'], Fn.sub(filesArn(delivery))),
  ...(delivery.key === undefined ? [] : [allow(['kms:Decrypt'], delivery.key)]),
];

/** Why these statements name no single object, for cdk-nag. */
export const readingReasons = (delivery: Delivery): Readonly<Record<string, string>> => ({
  [`AwsSolutions-IAM5[Resource::${filesArn(delivery).replace('${AWS::Partition}', '<AWS::Partition>')}]`]:
    'Keys of delivered files name account, Region and day.',
});

/** Prints what the owner of the bucket, and of its key, has to allow: a role alone reaches nothing in another account. */
export function addStatements(stack: Stack, delivery: Delivery, roleArn: string): void {
  const Principal = { AWS: roleArn };
  const statements = [
    {
      ...{ Sid: 'S3ConfigRulesList', Effect: 'Allow', Principal, Action: 's3:ListBucket' },
      ...{ Resource: Fn.sub(bucketArn(delivery)), Condition: onlyLogs(delivery) },
    },
    {
      ...{ Sid: 'S3ConfigRulesRead', Effect: 'Allow', Principal, Action: 's3:GetObject' },
      Resource: Fn.sub(filesArn(delivery)),
    },
  ];
  new CfnOutput(stack, 'DeliveryBucketStatements', {
    description: `To add to the policy of the bucket ${delivery.bucket}.`,
    value: stack.toJsonString(statements),
  });
  if (delivery.key === undefined) return;
  const key = { Sid: 'S3ConfigRulesRead', Effect: 'Allow', Principal, Action: 'kms:Decrypt' };
  new CfnOutput(stack, 'DeliveryKeyStatement', {
    description: `To add to the policy of the key ${delivery.key}.`,
    value: stack.toJsonString({ ...key, Resource: '*' }),
  });
}
