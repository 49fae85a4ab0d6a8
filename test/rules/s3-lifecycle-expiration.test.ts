import rule from '../../rules/s3-lifecycle-expiration.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule } from '../facet-values.ts';

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
  },
  compliant: [
    ['both together are the maximum', {}, 'erased', scope],
    ['no versions, one expiry', { ...status('Off'), lifecycle: [keep(90)] }, 'erased', { ...scope, appliesTo: ['example-bucket'] }],
    ['two rules share the work', { lifecycle: [keep(60), keep(null, 30)] }, 'erased', scope],
    [
      'an earlier rule for a part, within the band',
      { lifecycle: [keep(60, 30), keep(20, null, { narrowedTo: 'prefix tmp/' })] },
      'erased',
      scope,
    ],
    ['locked no longer than the maximum', lock(90), 'erased', scope],
  ],
  nonCompliant: [
    ['no lifecycle', { lifecycle: [] }, 'endless', scope],
    // Security Hub S3.13 and Prowler are content with any enabled rule.
    ['transitions alone', { lifecycle: [lifecycleRule()] }, 'endless', scope],
    ['versions pile up', { lifecycle: [keep(60)] }, 'endless', scope],
    ['newest versions stay', { lifecycle: [keep(60, 30, { newerNoncurrentVersions: 1 })] }, 'endless', scope],
    ['suspended, with versions of before', { ...status('Suspended'), lifecycle: [keep(60)] }, 'endless', scope],
    ['a prefix', { lifecycle: [keep(60, 30, { narrowedTo: 'prefix a/' })] }, 'endless', scope],
    ['disabled', { lifecycle: [keep(60, 30, { enabled: false })] }, 'endless', scope],
    [
      // s3-lifecycle-policy-check compares 90 with 90: in effect it is twice as long (KiroCrew#1528).
      'ninety days twice',
      { lifecycle: [keep(90, 90)] },
      'tooLong',
      scope,
    ],
    ['locked for a year', lock(365), 'locked', scope],
    ['gone too soon', { lifecycle: [keep(20, 9)] }, 'tooShort', scope],
    ['a part is gone too soon', { lifecycle: [keep(60, 30), keep(1, 1, { narrowedTo: 'a tag' })] }, 'tooShort', scope],
    [
      'a part is gone on a date',
      {
        ...status('Off'),
        lifecycle: [keep(60), keep(null, null, { expirationDate: '2030-01-01' })],
      },
      'tooShort',
      scope,
    ],
  ],
  notApplicable: [
    ['no bucket named', { lifecycle: [] }, 'notNamed'],
    ['another tag', { lifecycle: [] }, 'notNamed', { appliesTo: ['Retention=years'] }],
  ],
});
