import rule from '../../../rules/s3-deletion-protection.ts';
import { type Case, describeConfigurations } from '../../describe-rule.ts';
import { lifecycleRule, policyOf } from '../../facet-values.ts';

const versioning = (status: 'Enabled' | 'Suspended' | 'Off', mfaDelete = false) => ({
  versioning: { status, mfaDelete },
});
const lock = (mode: string, days: number) => ({ objectLock: { defaultRetention: { mode, days } } });
const vault = () => ({
  lockedBackups: [
    {
      name: 'vault',
      lockedAt: '2025-01-01T00:00:00.000Z',
      minimumDays: 30,
      backedUpAt: '2025-12-31T00:00:00.000Z',
    },
  ],
});
const denial = {
  Sid: 'KeepVersions',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteObjectVersion',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const denying = (change: object = {}) => ({ policy: policyOf({ ...denial, ...change }) });
const erasing = (noncurrentDays: number | null, more = {}) => ({
  lifecycle: [lifecycleRule({ noncurrentDays, ...more })],
});

/** What ends the life of a deleted object, in cases next to those of the rule. */
const cases: readonly Case[] = [
  // A plain deletion makes a version noncurrent, and the lifecycle then erases it.
  {
    when: 'deleted objects stay for the set time',
    facts: { ...denying(), ...erasing(30) },
    says: 'recoverable',
  },
  {
    when: 'deleted objects stay, MFA delete',
    facts: { ...versioning('Enabled', true), ...erasing(90) },
    says: 'recoverable',
  },
  {
    when: 'deleted objects go in a day',
    facts: { ...denying(), ...erasing(1) },
    says: 'unprotected',
  },
  {
    when: 'deleted objects go a day too early',
    facts: { ...denying(), ...erasing(29) },
    says: 'unprotected',
  },
  {
    when: 'deleted objects of one prefix go',
    facts: { ...denying(), ...erasing(1, { prefix: 'data/' }) },
    says: 'unprotected',
  },
  {
    when: 'deleted objects with a tag go',
    facts: { ...denying(), ...erasing(1, { filter: 'a tag' }) },
    says: 'unprotected',
  },
  {
    when: 'deleted objects go, but for some newer versions, which a thief may write',
    facts: { ...denying(), ...erasing(1, { newerNoncurrentVersions: 5 }) },
    says: 'unprotected',
  },
  {
    when: 'both deletions are denied, but what is overwritten goes in a day',
    facts: { ...denying({ Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }), ...erasing(1) },
    says: 'unprotected',
  },
  {
    when: 'MFA delete, and deleted objects go',
    facts: { ...versioning('Enabled', true), ...erasing(1) },
    says: 'unprotected',
  },
  {
    when: 'a disabled rule',
    facts: { ...denying(), ...erasing(1, { enabled: false }) },
    says: 'denied',
  },
  {
    when: 'a rule that only makes versions noncurrent',
    facts: { ...denying(), ...erasing(null, { expirationDays: 1 }) },
    says: 'denied',
  },
  {
    when: 'Object Lock outlives the lifecycle',
    facts: { ...lock('COMPLIANCE', 30), ...erasing(1) },
    says: 'compliance',
  },
  {
    when: 'a backup, where the lifecycle erases',
    facts: { ...vault(), ...denying(), ...erasing(1) },
    says: 'lockedBackup',
  },
  {
    when: 'deleted objects stay, but not for the longer time that is set',
    facts: { ...denying(), ...erasing(30) },
    params: { minimumLockDays: 31 },
    says: 'unprotected',
  },
];

describeConfigurations(rule, {
  given: {
    tags: new Map(),
    versioning: { status: 'Enabled', mfaDelete: false },
    ...{ objectLock: null, policy: null, lifecycle: [], lockedBackups: [], now: '2026-01-01T00:00:00.000Z' },
  },
  cases,
});
