import rule from '../../rules/s3-versioning-with-lifecycle.ts';
import { describeRule } from '../describe-rule.ts';
import { lifecycleRule } from '../facet-values.ts';

const enabled = { status: 'Enabled', mfaDelete: false } as const;
const complete = lifecycleRule({
  noncurrentDays: 90,
  removesExpiredDeleteMarkers: true,
  abortIncompleteUploadDays: 7,
});
const deleteMarkers = lifecycleRule({ id: 'markers', removesExpiredDeleteMarkers: true });
const uploads = lifecycleRule({ id: 'uploads', abortIncompleteUploadDays: 1 });

describeRule(rule, {
  given: { versioning: enabled, lifecycle: [complete] },
  compliant: [
    ['one rule does everything', {}, 'bounded'],
    ['three rules share the work', { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), deleteMarkers, uploads] }, 'bounded'],
    [
      'an expiry in days removes delete markers by itself',
      { lifecycle: [lifecycleRule({ noncurrentDays: 90, expirationDays: 400 }), uploads] },
      'bounded',
    ],
    [
      'a filtered rule inside the band',
      { lifecycle: [complete, lifecycleRule({ narrowedTo: 'prefix a/', noncurrentDays: 40 })] },
      'bounded',
    ],
    ['exactly at both ends of the band', { lifecycle: [complete] }, 'bounded', band(90, 90)],
    [
      'uploads and markers not asked for',
      { lifecycle: [lifecycleRule({ noncurrentDays: 90 })] },
      'bounded',
      { requireDeleteMarkerCleanup: false, abortIncompleteUploadDays: 0 },
    ],
  ],
  nonCompliant: [
    ['never enabled', { versioning: { status: 'Off', mfaDelete: false } }, 'notEnabled'],
    ['suspended', { versioning: { status: 'Suspended', mfaDelete: true } }, 'notEnabled'],
    ['no lifecycle', { lifecycle: [] }, 'unbounded'],
    ['the rule is disabled', { lifecycle: [{ ...complete, enabled: false }] }, 'unbounded'],
    ['the rule is for a prefix', { lifecycle: [{ ...complete, narrowedTo: 'prefix docs/' }] }, 'unbounded'],
    ['a number of newer versions is kept for ever', { lifecycle: [{ ...complete, newerNoncurrentVersions: 3 }] }, 'unbounded'],
    // The managed rule s3-version-lifecycle-policy-check and Steampipe pass any lifecycle rule.
    ['only current versions expire', { lifecycle: [lifecycleRule({ expirationDays: 30 })] }, 'unbounded'],
    ['kept too long', { lifecycle: [{ ...complete, noncurrentDays: 366 }] }, 'tooLate'],
    ['removed too early', { lifecycle: [{ ...complete, noncurrentDays: 29 }] }, 'tooEarly'],
    [
      'removed too early under one prefix',
      { lifecycle: [complete, lifecycleRule({ narrowedTo: 'prefix a/', noncurrentDays: 1 })] },
      'tooEarly',
    ],
    ['delete markers stay', { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), uploads] }, 'deleteMarkers'],
    ['uploads stay', { lifecycle: [lifecycleRule({ noncurrentDays: 90 }), deleteMarkers] }, 'uploads'],
    ['uploads stay too long', { lifecycle: [{ ...complete, abortIncompleteUploadDays: 8 }] }, 'uploads'],
  ],
  notApplicable: [
    // Every peer asks for MFA delete and for a lifecycle, which S3 never allows together.
    ['MFA delete', { versioning: { status: 'Enabled', mfaDelete: true } }, 'mfaDelete'],
  ],
});

function band(noncurrentMinimumDays: number, noncurrentMaximumDays: number) {
  return { noncurrentMinimumDays, noncurrentMaximumDays };
}
