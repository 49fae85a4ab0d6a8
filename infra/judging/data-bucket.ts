import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
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
import type { Code } from '../code.ts';
import type { Statement } from '../policy.ts';
import { addSite, DISTRIBUTIONS } from '../site/site.ts';

/** A page that somebody has open still finds its files for so long, after a newer run was put in its place. */
const PAGE_DAYS = 30;

export interface DataBucket {
  readonly bucket: CfnBucket;
  readonly key: CfnKey;
}

/**
 * CloudFront decrypts for the distributions of this account. It cannot be the one distribution only: that names the bucket, which
 * names the key. What it may read is said by the policy of the bucket, for that one.
 */
const throughCloudFront: Statement = {
  Sid: 'ThroughCloudFront',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: { ArnLike: { 'aws:SourceArn': Fn.sub(`${DISTRIBUTIONS}/*`) } },
};

/**
 * The bucket of the data set and the dashboard that the central account makes, held to what our own rules ask of buckets. Nobody reads it
 * who has no permission of this account, or no sign-in where the deployment has a site; it is open to no one by itself.
 */
export function addDataBucket(
  stack: Stack,
  { consumers, dashboard, functions }: Deployment,
  code: Code,
): DataBucket {
  const site = dashboard?.site;
  const key = addKey(stack, 'DataKey', {
    name: 'data',
    description: 'Encrypts results and dashboard of s3-config-rules.',
    keep: true,
    use: site === undefined ? [throughS3] : [throughS3, throughCloudFront],
  });
  const logs = addLogBucket(stack, 'DataLogBucket');
  const bucket = addBucket(stack, 'DataBucket', {
    ...encryptedWith({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn }, true),
    ...lifecycle({
      'results/': consumers.results.retentionDays,
      'dashboard/data/runs/': PAGE_DAYS,
    }),
    ...loggedIn(logs, 'data/'),
  });
  addPolicy(
    stack,
    'DataBucket',
    bucket,
    ...onlyUnder(key.attrArn, bucket),
    versionsStay(bucket),
    ...(site === undefined
      ? []
      : addSite(stack, bucket, site, { code, logRetentionDays: functions.logRetentionDays })),
  );
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
