import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { ofThisAccount, onlyOverTls, policy, retain, type Statement } from '../policy.ts';
import { acknowledge } from '../validations.ts';

const NONCURRENT_DAYS = 30;
/** With the noncurrent days at least the default minimumDays of s3-log-retention, which our own buckets have to meet. */
const ACCESS_LOG_DAYS = 365;
const QUERY_RESULT_DAYS = 7;
const HOUR_IN_MILLISECONDS = 3_600_000;

export interface Buckets {
  readonly history: CfnBucket;
  readonly results: CfnBucket;
}

/**
 * The buckets of the history, held to what our own rules ask of buckets. They have no physical names: they stay when the stack
 * goes, and would be in the way of the next one.
 * @param key encrypts events and results; access logs cannot be, as S3 delivers none under a key of KMS.
 */
export function addBuckets(stack: Stack, keyArn: string, retentionDays: number): Buckets {
  const logs = addLogBucket(stack);
  const encryption = encryptedWith({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn }, true);
  const history = addBucket(stack, 'HistoryBucket', {
    ...encryption,
    ...lifecycle(retentionDays),
    ...loggedIn(logs, 'history/'),
    objectLockEnabled: true,
    // Governance would leave the history to whoever may lift it, in the very account that the history is about.
    objectLockConfiguration: {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: 'COMPLIANCE', days: retentionDays } },
    },
  });
  const results = addBucket(stack, 'ResultBucket', {
    ...encryption,
    ...lifecycle(QUERY_RESULT_DAYS),
    ...loggedIn(logs, 'results/'),
  });
  for (const [id, bucket] of Object.entries({ HistoryBucket: history, ResultBucket: results })) {
    addPolicy(stack, id, bucket, ...onlyUnder(keyArn, bucket), versionsStay(bucket));
  }
  addPolicy(stack, 'LogBucket', logs, versionsStay(logs), {
    Sid: 'AccessLogs',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: objectsOf(logs),
    Condition: {
      StringEquals: ofThisAccount,
      ArnEquals: { 'aws:SourceArn': [history.attrArn, results.attrArn] },
    },
  });
  return { history, results };
}

function addLogBucket(stack: Stack): CfnBucket {
  const bucket = addBucket(stack, 'LogBucket', {
    ...encryptedWith({ sseAlgorithm: 'AES256' }),
    ...lifecycle(ACCESS_LOG_DAYS),
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

function addBucket(
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

const encryptedWith = (
  serverSideEncryptionByDefault: CfnBucket.ServerSideEncryptionByDefaultProperty,
  bucketKeyEnabled = false,
) => ({
  bucketEncryption: {
    serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault, bucketKeyEnabled }],
  },
});

/** Objects here are smaller than the 128 KB from which a move to cheaper storage pays: they only expire. */
const lifecycle = (expirationInDays: number) => ({
  lifecycleConfiguration: {
    rules: [
      {
        id: 'expire',
        status: 'Enabled',
        expirationInDays,
        noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  },
});

const loggedIn = (logs: CfnBucket, logFilePrefix: string) => ({
  loggingConfiguration: { destinationBucketName: logs.ref, logFilePrefix },
});

const objectsOf = (bucket: CfnBucket) => Fn.join('', [bucket.attrArn, '/*']);

function addPolicy(
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
const versionsStay = (bucket: CfnBucket) =>
  denial('VersionsStay', 's3:DeleteObjectVersion', objectsOf(bucket));

const onlyUnder = (keyArn: string, bucket: CfnBucket): readonly Statement[] => [
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
