import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findingsIn, run } from './cli/run.ts';

const folder = fileURLToPath(new URL('../../shared/real-data/config-items/', import.meta.url));

/** Items recorded by AWS, each verdict judged by hand from the item. */
const judged: Record<string, Record<string, string>> = {
  // Versioning Off, no policy, ACL of the owner alone. Called "logs", but nothing says that logs arrive.
  'c7n-s3-from-rule.json': {
    's3-cross-account-scoped': 'COMPLIANT scoped',
    's3-log-retention': 'NOT_APPLICABLE noLogs',
    's3-sse-kms-approved-keys': 'NON_COMPLIANT notRecorded',
    's3-tls-only': 'NON_COMPLIANT noPolicy',
    's3-versioning-with-lifecycle': 'NON_COMPLIANT notEnabled',
  },
  // AllUsers may read by ACL; versioning Suspended; the only lifecycle rule is for docs/.
  'c7n-s3-lifecycle.json': {
    's3-cross-account-scoped': 'NON_COMPLIANT foreignAcl',
    's3-log-retention': 'NOT_APPLICABLE noLogs',
    's3-sse-kms-approved-keys': 'NON_COMPLIANT notRecorded',
    's3-tls-only': 'NON_COMPLIANT noPolicy',
    's3-versioning-with-lifecycle': 'NON_COMPLIANT notEnabled',
  },
  // Versioning Off, no policy, ACL of the owner alone.
  'c7n-s3.json': {
    's3-cross-account-scoped': 'COMPLIANT scoped',
    's3-log-retention': 'NOT_APPLICABLE noLogs',
    's3-sse-kms-approved-keys': 'NON_COMPLIANT notRecorded',
    's3-tls-only': 'NON_COMPLIANT noPolicy',
    's3-versioning-with-lifecycle': 'NON_COMPLIANT notEnabled',
  },
  // The policy denies HTTP on the bucket, not on objects in the bucket; versioning is on, without a lifecycle.
  'rdk-AWS_S3_Bucket.json': {
    's3-cross-account-scoped': 'COMPLIANT scoped',
    's3-log-retention': 'NOT_APPLICABLE noLogs',
    's3-sse-kms-approved-keys': 'NON_COMPLIANT notRecorded',
    's3-tls-only': 'NON_COMPLIANT gap',
    's3-versioning-with-lifecycle': 'NON_COMPLIANT unbounded',
  },
  // Not buckets: read without complaint, and nothing to judge.
  'rdk-AWS_CloudWatch_Alarm.json': {},
  'rdk-AWS_Cloudtrail_Trail.json': {},
  'rdk-AWS_KMS_Key.json': {},
  'rdk-AWS_S3_AccountPublicAccessBlock.json': {},
};

const isThere = existsSync(folder);
if (!isThere) it.skip('recorded items: skipped, ../shared/real-data is not there', () => {});

it.runIf(isThere).each(Object.entries(judged))('%s', async (file, expected) => {
  const { code, stdout, stderr } = await run(['evaluate', folder + file, '--format', 'json']);
  const findings = findingsIn(stdout);
  const verdicts = findings.map((each) => [each.rule, `${each.verdict} ${each.messageId}`]);
  expect(Object.fromEntries(verdicts)).toMatchObject(expected);
  expect(code).toBe(findings.length > 0 ? 1 : 4);
  expect(stderr).toMatch(/^\d subjects?, \d+ rules: /);
});

it.runIf(isThere)('has judged every recorded item there is', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(judged).sort());
});
