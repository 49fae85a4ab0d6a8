import rule from '../../rules/s3-access-logging.ts';
import { bucket, describeRule } from '../describe-rule.ts';
import { dataEventCases } from './tried/data-events.ts';
import { scopeCases } from './tried/scope.ts';

const ADMITTING = {
  encryption: null,
  objectLock: null,
  requesterPays: false,
  policy: { value: null },
  aclAdmitsS3: { value: true },
};
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
  given: { ...to('logs'), ...target(), roles: [], tags: new Map(), now: '2026-01-01T00:00:00.000Z' },
  cases: [
    ...scopeCases('logged'),
    ...dataEventCases,
    { when: 'to itself, left out', facts: to(bucket.name), params: { exceptFor: ['*'] }, says: 'exempt' },
    { when: 'to a bucket of the account', says: 'logged' },
    {
      when: 'to one of the approved',
      facts: to('more-logs'),
      params: { approvedTargets: ['logs', 'more-*'] },
      says: 'logged',
      peers: 's3-bucket-logging-enabled takes one target for all: every account and Region needs its own.',
    },
    {
      when: 'from a bucket that takes trails',
      facts: { roles: [{ role: 'trail-target', because: 'trail main writes to it' }] },
      says: 'logged',
    },
    { when: 'off', facts: { logging: null }, says: 'off' },
    { when: 'to itself', facts: to(bucket.name), says: 'itself', peers: 'Prowler, Steampipe and Checkov ask for no more than a target.' },
    { when: 'to itself, therefore a target', facts: { ...to(bucket.name), ...takesLogs }, says: 'itself' },
    { when: 'to another bucket than approved', facts: to('stray-logs'), params: approved, says: 'notApproved' },
    { when: 'to another Region', facts: target({ region: 'us-east-1' }), says: 'elsewhere' },
    { when: 'to the account that claimed the name', facts: target({ account: '999988887777' }), says: 'elsewhere' },
    { when: 'to a bucket that is gone', facts: target({ settings: null }), params: approved, says: 'undeliverable' },
    { when: 'to a bucket with KMS', facts: target({ settings: { ...ADMITTING, encryption: KMS } }), says: 'undeliverable' },
    {
      when: 'to a bucket that lets no one write',
      facts: target({ settings: { ...ADMITTING, aclAdmitsS3: { value: false } } }),
      says: 'undeliverable',
    },
    {
      when: 'off, where only the policy of the bucket lets S3 write logs',
      facts: { logging: null, roles: [{ ...takesLogs.roles[0], isOnlyGranted: true }] },
      says: 'off',
    },
    {
      when: 'off, in a bucket that the settings list as a target',
      facts: { logging: null },
      params: { approvedTargets: [`${bucket.name.slice(0, 4)}*`] },
      says: 'isTarget',
    },
    {
      when: 'off, in a listed bucket where a trail writes',
      facts: { logging: null, roles: [{ role: 'trail-target', because: 'trail main writes to it' }] },
      params: { approvedTargets: [bucket.name] },
      says: 'off',
    },
    {
      when: 'a target of access logs',
      facts: { logging: null, ...takesLogs },
      says: 'isTarget',
      peers: 'Prowler, Checkov and Security Hub S3.9 ask the log bucket for logs of its own.',
    },
  ],
});
