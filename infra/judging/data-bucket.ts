import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import {
  addBucket,
  addLogBucket,
  addLogPolicy,
  addPolicy,
  encryptedWith,
  lifecycle,
  loggedIn,
  onlyUnder,
  versionsStay,
} from '../central/bucket.ts';
import { addKey, throughS3 } from '../central/keys.ts';

/** A page that somebody has open still finds its files for so long, after a newer run was put in its place. */
const PAGE_DAYS = 30;

export interface DataBucket {
  readonly bucket: CfnBucket;
  readonly key: CfnKey;
}

/**
 * The bucket of the data set and the dashboard that the central account makes, held to what our own rules ask of buckets. Nobody reads it
 * who has no permission of this account; it is open to no one by itself.
 */
export function addDataBucket(stack: Stack, retentionDays: number): DataBucket {
  const key = addKey(stack, 'DataKey', {
    name: 'data',
    description: 'Encrypts results and dashboard of s3-config-rules.',
    keep: true,
    use: [throughS3],
  });
  const logs = addLogBucket(stack, 'DataLogBucket');
  const bucket = addBucket(stack, 'DataBucket', {
    ...encryptedWith({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn }, true),
    ...lifecycle({ 'results/': retentionDays, 'dashboard/data/runs/': PAGE_DAYS }),
    ...loggedIn(logs, 'data/'),
  });
  addPolicy(stack, 'DataBucket', bucket, ...onlyUnder(key.attrArn, bucket), versionsStay(bucket));
  addLogPolicy(stack, 'DataLogBucket', logs, [bucket]);
  new CfnOutput(stack, 'DataBucketName', {
    description: 'Results below results/, dashboard below dashboard/.',
    value: bucket.ref,
  });
  new CfnOutput(stack, 'DataKeyArn', {
    description: 'For kms.approvedKeys in the settings.',
    value: key.attrArn,
  });
  return { bucket, key };
}
