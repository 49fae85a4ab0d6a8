import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { ofThisAccount, onlyOverTls, policy, retain, type Statement } from '../policy.ts';
import { acknowledge } from '../validations.ts';

const NONCURRENT_DAYS = 30;
/** With the noncurrent days at least the default minimumDays of s3-log-retention, which our own buckets have to meet. */
const ACCESS_LOG_DAYS = 365;
const HOUR_IN_MILLISECONDS = 3_600_000;

/** A bucket for access logs of others. @param id its logical id. */
export function addLogBucket(stack: Stack, id: string): CfnBucket {
  const bucket = addBucket(stack, id, {
    ...encryptedWith({ sseAlgorithm: 'AES256' }),
    ...lifecycle({ '': ACCESS_LOG_DAYS }),
  });
  const reasons = {
    'AwsSolutions-S1': 'Access logs arrive here; logging them too would never end.',
    'HIPAA.Security-S3BucketLoggingEnabled':
      'Access logs arrive here; logging them too would never end.',
    'HIPAA.Security-S3DefaultEncryptionKMS':
      'S3 delivers access logs only to buckets with SSE-S3 (Amazon S3 User Guide, "Enabling server access logging").',
  };
  for (const [id, reason] of Object.entries(reasons)) {
    acknowledge(bucket, { [id]: reason });
  }
  return bucket;
}

export function addBucket(
  stack: Stack,
  id: string,
  props: ConstructorParameters<typeof CfnBucket>[2],
): CfnBucket {
  const bucket = new CfnBucket(stack, id, {
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
    tags: [{ key: 'data-classification', value: 'internal' }],
    ...props,
  });
  retain(bucket);
  acknowledge(bucket, {
    'HIPAA.Security-S3BucketReplicationEnabled':
      'AWS Config keeps the same results in each account and Region; a copy elsewhere is for the organization to decide.',
  });
  return bucket;
}

export const encryptedWith = (
  serverSideEncryptionByDefault: CfnBucket.ServerSideEncryptionByDefaultProperty,
  bucketKeyEnabled = false,
) => ({
  bucketEncryption: {
    serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault, bucketKeyEnabled }],
  },
});

/** When objects end, and their noncurrent versions. @param prefixes to days; the empty one is the whole bucket. */
export const lifecycle = (prefixes: Readonly<Record<string, number>>) => ({
  lifecycleConfiguration: {
    rules: Object.entries(prefixes).map(([prefix, expirationInDays]) => ({
      id: prefix === '' ? 'expire' : `expire-${prefix.replaceAll('/', '-')}`,
      status: 'Enabled',
      ...(prefix === '' ? {} : { prefix }),
      expirationInDays,
      noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    })),
  },
});

export const loggedIn = (logs: CfnBucket, logFilePrefix: string) => ({
  loggingConfiguration: { destinationBucketName: logs.ref, logFilePrefix },
});

export const objectsOf = (bucket: CfnBucket) => Fn.join('', [bucket.attrArn, '/*']);

export function addPolicy(
  stack: Stack,
  id: string,
  bucket: CfnBucket,
  ...statements: readonly Statement[]
): void {
  const everywhere = [bucket.attrArn, objectsOf(bucket)];
  const held = new CfnBucketPolicy(stack, `${id}Policy`, {
    bucket: bucket.ref,
    policyDocument: policy(
      onlyOverTls('s3:*', everywhere),
      denial('OnlyOverRecentTls', 's3:*', everywhere, {
        NumericLessThan: { 's3:TlsVersion': '1.2' },
      }),
      denial('SignedUrlsEndSoon', 's3:*', objectsOf(bucket), {
        NumericGreaterThan: { 's3:signatureAge': String(HOUR_IN_MILLISECONDS) },
      }),
      denial('NoKeysOfCallers', 's3:PutObject', objectsOf(bucket), {
        Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
      }),
      ...statements,
    ),
  });
  retain(held);
}

/** No version goes before its time by hand; the lifecycle is not held back by a policy. */
export const versionsStay = (bucket: CfnBucket) =>
  denial('VersionsStay', 's3:DeleteObjectVersion', objectsOf(bucket));

export const onlyUnder = (keyArn: string, bucket: CfnBucket): readonly Statement[] => [
  denial('NoOtherEncryption', 's3:PutObject', objectsOf(bucket), {
    StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' },
  }),
  denial('NoOtherKey', 's3:PutObject', objectsOf(bucket), {
    Null: { 's3:x-amz-server-side-encryption': 'false' },
    StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
  }),
];

const denial = (Sid: string, Action: string, Resource: unknown, Condition?: object): Statement => ({
  ...{ Sid, Effect: 'Deny', Principal: '*', Action, Resource },
  ...(Condition ? { Condition } : {}),
});

/** Lets S3 write the access logs of these buckets. */
export function addLogPolicy(
  stack: Stack,
  id: string,
  logs: CfnBucket,
  logged: readonly CfnBucket[],
): void {
  addPolicy(stack, id, logs, versionsStay(logs), {
    Sid: 'AccessLogs',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: objectsOf(logs),
    Condition: {
      StringEquals: ofThisAccount,
      ArnEquals: { 'aws:SourceArn': logged.map(({ attrArn }) => attrArn) },
    },
  });
}
