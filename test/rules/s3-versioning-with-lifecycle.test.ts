import rule from '../../rules/s3-versioning-with-lifecycle.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule } from '../facet-values.ts';
import { noncurrentCases } from './tried/retention.ts';
import { scopeCases } from './tried/scope.ts';

const enabled = { status: 'Enabled', mfaDelete: false } as const;
const complete = lifecycleRule({
  noncurrentDays: 90,
  removesExpiredDeleteMarkers: true,
  abortIncompleteUploadDays: 7,
});
const deleteMarkers = lifecycleRule({ id: 'markers', removesExpiredDeleteMarkers: true });
const uploads = lifecycleRule({ id: 'uploads', abortIncompleteUploadDays: 1 });

describeRule(rule, {
  given: { tags: new Map(), versioning: enabled, lifecycle: [complete], objectLock: null },
  cases: [
    { when: 'one rule does everything', says: 'bounded' },
    { when: 'locked for ten years', facts: { objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 3650 } } }, says: 'locked' },
    {
      when: 'three rules share the work',
      facts: { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), deleteMarkers, uploads] },
      says: 'bounded',
    },
    {
      when: 'an expiry in days removes delete markers by itself',
      facts: { lifecycle: [lifecycleRule({ noncurrentDays: 90, expirationDays: 400 }), uploads] },
      says: 'bounded',
    },
    {
      when: 'a filtered rule inside the band',
      facts: { lifecycle: [complete, lifecycleRule({ prefix: 'a/', noncurrentDays: 40 })] },
      says: 'bounded',
    },
    { when: 'exactly at both ends of the band', facts: { lifecycle: [complete] }, params: band(90, 90), says: 'bounded' },
    {
      when: 'uploads and markers not asked for',
      facts: { lifecycle: [lifecycleRule({ noncurrentDays: 90 })] },
      params: { requireDeleteMarkerCleanup: false, abortIncompleteUploadDays: 0 },
      says: 'bounded',
    },
    { when: 'never enabled', facts: { versioning: { status: 'Off', mfaDelete: false } }, says: 'notEnabled' },
    { when: 'suspended', facts: { versioning: { status: 'Suspended', mfaDelete: true } }, says: 'notEnabled' },
    { when: 'no lifecycle', facts: { lifecycle: [] }, says: 'unbounded' },
    { when: 'the rule is disabled', facts: { lifecycle: [{ ...complete, enabled: false }] }, says: 'unbounded' },
    { when: 'the rule is for a prefix', facts: { lifecycle: [{ ...complete, prefix: 'docs/' }] }, says: 'unbounded' },
    {
      when: 'a number of newer versions is kept for ever',
      facts: { lifecycle: [{ ...complete, newerNoncurrentVersions: 3 }] },
      says: 'unbounded',
    },
    {
      when: 'only current versions expire',
      facts: { lifecycle: [lifecycleRule({ expirationDays: 30 })] },
      says: 'unbounded',
      peers: 'The managed rule s3-version-lifecycle-policy-check and Steampipe pass any lifecycle rule.',
    },
    { when: 'kept too long', facts: { lifecycle: [{ ...complete, noncurrentDays: 366 }] }, says: 'tooLate' },
    ...scopeCases('bounded'),
    ...noncurrentCases((noncurrentDays) => ({ lifecycle: [{ ...complete, noncurrentDays }] })),
    { when: 'removed too early', facts: { lifecycle: [{ ...complete, noncurrentDays: 29 }] }, says: 'tooEarly' },
    { when: 'delete markers stay', facts: { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), uploads] }, says: 'deleteMarkers' },
    { when: 'uploads stay', facts: { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), deleteMarkers] }, says: 'uploads' },
    { when: 'uploads stay too long', facts: { lifecycle: [{ ...complete, abortIncompleteUploadDays: 8 }] }, says: 'uploads' },
    {
      when: 'MFA delete',
      facts: { versioning: { status: 'Enabled', mfaDelete: true } },
      says: 'mfaDelete',
      peers: 'Every peer asks for MFA delete and for a lifecycle, which S3 never allows together.',
    },
  ],
});

function band(noncurrentMinimumDays: number, noncurrentMaximumDays: number) {
  return { noncurrentMinimumDays, noncurrentMaximumDays };
}
