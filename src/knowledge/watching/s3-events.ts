import type { EntryShape } from '../../settings/entry.ts';
import { ABSENT, type Fact, type Facts } from './event-facts.ts';

/** Any request to S3 that was refused, whatever it was for; every other entry is the name of an event. */
export const ACCESS_DENIED = 'AccessDenied';

/**
 * The nine of the CIS AWS Foundations Benchmark (4.8), then the other changes that expose data, switch off its protection or
 * its logs. Names as in the Amazon S3 User Guide, "Amazon S3 CloudTrail events"; those of ownership controls, Object Lock
 * and access points are not in that list and follow the names of the API.
 */
export const securityEvents: readonly string[] = [
  'PutBucketAcl',
  'PutBucketPolicy',
  'PutBucketCors',
  'PutBucketLifecycle',
  'PutBucketReplication',
  'DeleteBucketPolicy',
  'DeleteBucketCors',
  'DeleteBucketLifecycle',
  'DeleteBucketReplication',
  'PutBucketPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'PutAccountPublicAccessBlock',
  'DeleteAccountPublicAccessBlock',
  'PutBucketEncryption',
  'DeleteBucketEncryption',
  'PutBucketVersioning',
  'PutBucketOwnershipControls',
  'PutBucketLogging',
  'PutObjectLockConfiguration',
  'PutAccessPointPolicy',
  ACCESS_DENIED,
];

export const eventEntry: EntryShape = {
  pattern: '^[A-Za-z]{1,100}$',
  expected: 'the name of an event of S3 in CloudTrail, or AccessDenied for any refused request',
};

const READS = /^(Get|List|Describe|Head)/;

/** Is it an event that changes nothing? A refused request may be either. */
export const mayRead = (event: string) => event === ACCESS_DENIED || READS.test(event);
export const mayWrite = (event: string) => !READS.test(event);

/**
 * What every such event has in common in the log of CloudTrail, whoever causes it (CloudTrail User Guide, "CloudTrail record
 * contents"): a change that succeeded, or a request that was refused. Requests that the delivery of logs makes, and HeadBucket,
 * which the benchmark's own filter leaves out, need not be seen among the refused.
 */
export function logFacts(event: string, account: string): Facts {
  const facts = new Map<string, Fact>([
    ['eventSource', 's3.amazonaws.com'],
    ['eventType', 'AwsApiCall'],
    ['eventCategory', 'Management'],
    ['managementEvent', true],
    ['recipientAccountId', account],
  ]);
  if (event === ACCESS_DENIED) {
    facts.set('errorCode', ACCESS_DENIED);
    facts.set('eventName', { otherThan: ['HeadBucket'] });
    facts.set('sourceIPAddress', { otherThan: ['delivery.logs.amazonaws.com'] });
    return facts;
  }
  facts.set('eventName', event);
  facts.set('readOnly', READS.test(event));
  facts.set('errorCode', ABSENT);
  facts.set('errorMessage', ABSENT);
  return facts;
}

/** The same event on the default bus of EventBridge (EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"). */
export function busFacts(event: string, account: string, region: string): Facts {
  const detail = [...logFacts(event, account)].map(
    ([path, fact]) => [`detail.${path}`, fact] as const,
  );
  return new Map<string, Fact>([
    ['source', 'aws.s3'],
    ['detail-type', 'AWS API Call via CloudTrail'],
    ['account', account],
    ['region', region],
    ...detail,
    ['detail.awsRegion', region],
  ]);
}
