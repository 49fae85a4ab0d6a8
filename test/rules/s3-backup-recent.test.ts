import rule from '../../rules/s3-backup-recent.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';

const backup = (day: string, isContinuous = false) => ({
  newestBackup: { vault: 'daily', at: `${day}T05:00:00.000Z`, isContinuous },
});
const tags = (entries: Record<string, string>) => ({ tags: new Map(Object.entries(entries)) });
const assets = 'cdk-hnb659fds-assets-123456789012-eu-central-1';

describeRule(rule, {
  given: { now: '2026-06-30T05:00:00.000Z', ...tags({}), ...backup('2026-06-29') },
  cases: [
    { when: 'yesterday', says: 'backedUp' },
    { when: 'eight days ago', facts: backup('2026-06-22'), says: 'backedUp' },
    { when: 'a day more', facts: backup('2026-06-21'), says: 'tooOld' },
    { when: 'no backup', facts: { newestBackup: null }, says: 'noBackup' },
    { when: 'continuous for a year', facts: backup('2025-06-30', true), says: 'continuous' },
    { when: 'a month, where that is allowed', facts: backup('2026-06-01'), params: { maximumBackupAgeDays: 31 }, says: 'backedUp' },
    { when: 'two days, where one is allowed', facts: backup('2026-06-28'), params: { maximumBackupAgeDays: 1 }, says: 'tooOld' },
    { when: 'a backup of next year', facts: backup('2027-06-30'), says: UNKNOWN },
    { when: 'a continuous one of next year', facts: backup('2027-06-30', true), says: UNKNOWN },
    { when: 'left out by name', facts: { newestBackup: null }, params: { exceptFor: ['example-*'] }, says: 'exempt' },
    {
      when: 'not among those that are named by a tag',
      facts: tags({ Data: 'scratch' }),
      params: { appliesTo: ['Data=patient'] },
      says: 'exempt',
    },
    {
      when: 'named by a tag',
      facts: { ...tags({ Data: 'patient' }), newestBackup: null },
      params: { appliesTo: ['Data=patient'] },
      says: 'noBackup',
    },
    {
      when: 'assets of the CDK',
      facts: { ...tags({ 'aws:cloudformation:logical-id': 'StagingBucket' }), newestBackup: null },
      subject: { name: assets, id: assets, arn: `arn:aws:s3:::${assets}` },
      says: 'assets',
    },
  ],
});
