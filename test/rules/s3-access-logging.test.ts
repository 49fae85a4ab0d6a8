import rule from '../../rules/s3-access-logging.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const ADMITTING = { encryption: null, objectLock: null, admitsS3: { value: true } };
const { account, region } = bucket;
const to = (name: string) => ({ logging: { bucket: name, prefix: 'example/' } });
const target = (change: object = {}) => ({
  logTarget: { account, region, settings: ADMITTING, ...change },
});
const KMS = { algorithm: 'aws:kms', key: null, bucketKey: false };
const takesLogs = {
  roles: [{ role: 'access-log-target', because: 'bucket data logs to it' }],
} as const;
const approved = { approvedTargets: ['logs', 'more-logs'] };

describeRule(rule, {
  given: { ...to('logs'), ...target(), roles: [] },
  compliant: [
    ['to a bucket of the account', {}, 'logged'],
    // s3-bucket-logging-enabled takes one target for all: every account and Region needs its own.
    ['to one of the approved', to('more-logs'), 'logged', approved],
    ['from a bucket that takes trails', { roles: [{ role: 'trail-target', because: 'trail main writes to it' }] }, 'logged'],
  ],
  nonCompliant: [
    ['off', { logging: null }, 'off'],
    // Prowler, Steampipe and Checkov ask for no more than a target.
    ['to itself', to(bucket.name), 'itself'],
    ['to itself, therefore a target', { ...to(bucket.name), ...takesLogs }, 'itself'],
    ['to another bucket than approved', to('stray-logs'), 'notApproved', approved],
    ['to another Region', target({ region: 'us-east-1' }), 'elsewhere'],
    ['to the account that claimed the name', target({ account: '999988887777' }), 'elsewhere'],
    ['to a bucket that is gone', target({ settings: null }), 'undeliverable', approved],
    ['to a bucket with KMS', target({ settings: { ...ADMITTING, encryption: KMS } }), 'undeliverable'],
  ],
  notApplicable: [
    // Prowler, Checkov and Security Hub S3.9 ask the log bucket for logs of its own.
    ['a target of access logs', { logging: null, ...takesLogs }, 'isTarget'],
  ],
});
