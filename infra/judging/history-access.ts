import { Fn } from 'aws-cdk-lib';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { EVENTS_PREFIX } from '../central/history.ts';
import { allow, type Statement } from '../policy.ts';

/** The bucket of the history, and the key that encrypts it. */
export interface Kept {
  readonly bucket: CfnBucket;
  readonly keyArn: string;
}

/** What is read of it: results of rules that the accounts judge, and where these rules run. */
const PREFIXES = [EVENTS_PREFIX, 'coverage/'];

export const readingHistory = ({ bucket, keyArn }: Kept): readonly Statement[] => [
  allow(['s3:ListBucket'], bucket.attrArn, {
    StringLike: { 's3:prefix': PREFIXES.map((prefix) => `${prefix}*`) },
  }),
  allow(
    ['s3:GetObject'],
    PREFIXES.map((prefix) => Fn.join('', [bucket.attrArn, `/${prefix}*`])),
  ),
  allow(['kms:Decrypt'], keyArn),
];

/** Why that is not narrower. */
export const historyReasons: Readonly<Record<string, string>> = Object.fromEntries(
  PREFIXES.map((prefix) => [
    `AwsSolutions-IAM5[Resource::<HistoryBucket.Arn>/${prefix}*]`,
    'Keys of the history name the day.',
  ]),
);
