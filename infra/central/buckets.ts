import type { Stack } from 'aws-cdk-lib';
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
} from './bucket.ts';

const QUERY_RESULT_DAYS = 7;

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
  const logs = addLogBucket(stack, 'LogBucket');
  const encryption = encryptedWith({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn }, true);
  const history = addBucket(stack, 'HistoryBucket', {
    ...encryption,
    ...lifecycle({ '': retentionDays }),
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
    ...lifecycle({ '': QUERY_RESULT_DAYS }),
    ...loggedIn(logs, 'results/'),
  });
  for (const [id, bucket] of Object.entries({ HistoryBucket: history, ResultBucket: results })) {
    addPolicy(stack, id, bucket, ...onlyUnder(keyArn, bucket), versionsStay(bucket));
  }
  addLogPolicy(stack, 'LogBucket', logs, [history, results]);
  return { history, results };
}
