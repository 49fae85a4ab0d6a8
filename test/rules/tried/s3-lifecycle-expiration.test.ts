import rule from '../../../rules/s3-lifecycle-expiration.ts';
import { type Case, describeConfigurations } from '../../describe-rule.ts';
import { lifecycleRule } from '../../facet-values.ts';

const status = (name: 'Enabled' | 'Suspended' | 'Off') => ({
  versioning: { status: name, mfaDelete: false },
});
const keep = (expirationDays: number | null, noncurrentDays: number | null = null, more = {}) =>
  lifecycleRule({ expirationDays, noncurrentDays, ...more });
const lock = (days: number, mode = 'COMPLIANCE') => ({
  objectLock: { defaultRetention: { mode, days } },
});
const onDate = (expirationDate: string, noncurrentDays: number | null) => lifecycleRule({ expirationDate, noncurrentDays });
const scope = { appliesTo: ['Retention=month*'], minimumDays: 30, maximumDays: 90 };

/** Object Lock, dates and prefixes, in cases next to those of the rule. */
const cases: readonly Case[] = [
  // Object Lock is a lower bound too.
  {
    when: 'the lock outlives the lifecycle',
    facts: { ...lock(60), lifecycle: [keep(1, 1)] },
    params: scope,
    says: 'erased',
  },
  {
    when: 'the lock outlives the lifecycle, in governance mode',
    facts: { ...lock(30, 'GOVERNANCE'), lifecycle: [keep(1, 1)] },
    params: scope,
    says: 'erased',
  },
  {
    when: 'the lock is too short',
    facts: { ...lock(29), lifecycle: [keep(1, 1)] },
    params: scope,
    says: 'tooShort',
  },
  {
    when: 'an unknown mode',
    facts: { ...lock(60, 'ADVISORY'), lifecycle: [keep(1, 1)] },
    params: scope,
    says: 'tooShort',
  },
  {
    when: 'an unknown mode may hold too long',
    facts: lock(91, 'ADVISORY'),
    params: scope,
    says: 'locked',
  },
  {
    when: 'a lock, and nothing that erases',
    facts: { ...lock(60), lifecycle: [] },
    params: scope,
    says: 'endless',
  },
  {
    when: 'a lock outlives a short rule for a part',
    facts: { ...lock(30), lifecycle: [keep(60, 30), keep(1, 1, { prefix: 'tmp/' })] },
    params: scope,
    says: 'erased',
  },
  // From its date on, a rule expires objects whatever their age.
  {
    when: 'since a date, unversioned',
    facts: { ...status('Off'), lifecycle: [onDate('2020-01-01', null)] },
    params: scope,
    says: 'tooShort',
  },
  {
    when: 'since a date, kept as versions',
    facts: { lifecycle: [onDate('2020-01-01', 30)] },
    params: scope,
    says: 'erased',
  },
  {
    when: 'since this moment',
    facts: { lifecycle: [onDate('2026-01-01T00:00:00.000Z', 30)] },
    params: scope,
    says: 'erased',
  },
  {
    when: 'since a date, kept too briefly',
    facts: { lifecycle: [onDate('2020-01-01', 29)] },
    params: scope,
    says: 'tooShort',
  },
  {
    when: 'since a date, kept too long',
    facts: { lifecycle: [onDate('2020-01-01', 91)] },
    params: scope,
    says: 'tooLong',
  },
  {
    when: 'since a date, versions stay',
    facts: { lifecycle: [onDate('2020-01-01', null)] },
    params: scope,
    says: 'endless',
  },
  {
    when: 'not before a date',
    facts: { lifecycle: [onDate('2030-01-01', 30)] },
    params: scope,
    says: 'endless',
  },
  {
    when: 'a date that is not readable',
    facts: { lifecycle: [onDate('1 Jan 2020', 30)] },
    params: scope,
    says: 'endless',
  },
  {
    when: 'an expiry under one prefix and versions under another',
    facts: {
      lifecycle: [keep(60, 30), keep(2, null, { prefix: 'a/' }), keep(null, 29, { prefix: 'b/' })],
    },
    params: scope,
    says: 'erased',
  },
  {
    when: 'an expiry under one prefix and versions below it',
    facts: {
      lifecycle: [keep(60, 30), keep(2, null, { prefix: 'a/' }), keep(null, 1, { prefix: 'a/b' })],
    },
    params: scope,
    says: 'tooShort',
  },
  {
    when: 'the rules of two prefixes are no bound of a third',
    facts: { lifecycle: [keep(60, 30, { prefix: 'a/' }), keep(60, 30, { prefix: 'b/' })] },
    params: scope,
    says: 'endless',
  },
];

describeConfigurations(rule, {
  given: {
    tags: new Map([['Retention', 'months']]),
    versioning: { status: 'Enabled', mfaDelete: false },
    lifecycle: [lifecycleRule({ expirationDays: 60, noncurrentDays: 30 })],
    objectLock: null,
    now: '2026-01-01T00:00:00.000Z',
  },
  cases,
});
