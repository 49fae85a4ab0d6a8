import rule from '../../rules/s3-lifecycle-expiration.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule } from '../facet-values.ts';
import { expirationCases } from './tried/retention.ts';

const status = (name: 'Enabled' | 'Suspended' | 'Off') => ({
  versioning: { status: name, mfaDelete: false },
});
const keep = (expirationDays: number | null, noncurrentDays: number | null = null, more = {}) =>
  lifecycleRule({ expirationDays, noncurrentDays, ...more });
const lock = (days: number) => ({ objectLock: { defaultRetention: { mode: 'COMPLIANCE', days } } });
const scope = { appliesTo: ['Retention=month*'], minimumDays: 30, maximumDays: 90 };

describeRule(rule, {
  given: {
    tags: new Map([['Retention', 'months']]),
    ...status('Enabled'),
    lifecycle: [keep(60, 30)],
    objectLock: null,
    now: '2026-01-01T00:00:00.000Z',
  },
  cases: [
    ...expirationCases,
    { when: 'both together are the maximum', params: scope, says: 'erased' },
    {
      when: 'no versions, one expiry',
      facts: { ...status('Off'), lifecycle: [keep(90)] },
      params: { ...scope, appliesTo: ['example-bucket'] },
      says: 'erased',
    },
    { when: 'two rules share the work', facts: { lifecycle: [keep(60), keep(null, 30)] }, params: scope, says: 'erased' },
    {
      when: 'an earlier rule for a part, within the band',
      facts: { lifecycle: [keep(60, 30), keep(20, null, { prefix: 'tmp/' })] },
      params: scope,
      says: 'erased',
    },
    { when: 'locked no longer than the maximum', facts: lock(90), params: scope, says: 'erased' },
    { when: 'no lifecycle', facts: { lifecycle: [] }, params: scope, says: 'endless' },
    {
      when: 'transitions alone',
      facts: { lifecycle: [lifecycleRule()] },
      params: scope,
      says: 'endless',
      peers: 'Security Hub S3.13 and Prowler are content with any enabled rule.',
    },
    { when: 'versions pile up', facts: { lifecycle: [keep(60)] }, params: scope, says: 'endless' },
    { when: 'newest versions stay', facts: { lifecycle: [keep(60, 30, { newerNoncurrentVersions: 1 })] }, params: scope, says: 'endless' },
    {
      when: 'suspended, with versions of before',
      facts: { ...status('Suspended'), lifecycle: [keep(60)] },
      params: scope,
      says: 'endless',
    },
    { when: 'a prefix', facts: { lifecycle: [keep(60, 30, { prefix: 'a/' })] }, params: scope, says: 'endless' },
    { when: 'disabled', facts: { lifecycle: [keep(60, 30, { enabled: false })] }, params: scope, says: 'endless' },
    { when: 'ninety days twice', facts: { lifecycle: [keep(90, 90)] }, params: scope, says: 'tooLong' },
    { when: 'locked for a year', facts: lock(365), params: scope, says: 'locked' },
    { when: 'gone too soon', facts: { lifecycle: [keep(20, 9)] }, params: scope, says: 'tooShort' },
    {
      when: 'a part is gone too soon',
      facts: { lifecycle: [keep(60, 30), keep(1, 1, { filter: 'a tag' })] },
      params: scope,
      says: 'tooShort',
    },
    {
      when: 'a part is gone on a date',
      facts: {
        ...status('Off'),
        lifecycle: [keep(60), keep(null, null, { expirationDate: '2030-01-01' })],
      },
      params: scope,
      says: 'tooShort',
    },
    { when: 'no bucket named', facts: { lifecycle: [] }, says: 'notNamed' },
    { when: 'another tag', facts: { lifecycle: [] }, params: { appliesTo: ['Retention=years'] }, says: 'notNamed' },
  ],
});
