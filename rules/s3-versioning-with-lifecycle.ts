import { days, defineRule, fail, flag, pass, primary, recordsFrom, say, skip, supporting } from '../src/engine/rule.ts';
import { noncurrentLife } from '../src/knowledge/buckets/life.ts';
import { incompleteUploadsAtMost, removesDeleteMarkers, whyUnbounded } from '../src/knowledge/buckets/lifecycle.ts';
import { noncurrentKeptBy } from '../src/knowledge/buckets/schedule.ts';
import { exempt, leftOut, scope } from '../src/knowledge/buckets/scope.ts';
import { ENABLE_VERSIONING, ERASES, REPLACES_LIFECYCLE, SHORTEN_LOCK } from '../src/knowledge/cautions.ts';

/** What a message is about: that versions stay, or that they do not stay for ever. */
const KEPT = { except: ['gdpr 5(1)(e)'] } as const;
const ERASED = { only: ['gdpr 5(1)(e)'] } as const;

export default defineRule({
  id: 's3-versioning-with-lifecycle',
  areas: ['recovery'],
  severity: 'medium',
  tier: 'recommended',
  title: 'S3 buckets keep earlier versions of every object, for a bounded time',
  rationale:
    'Without versions, a deleted or overwritten object is gone; without a lifecycle, versions pile up and keep data that should be ' +
    'erased.',
  limits: [
    'Buckets with MFA delete are left to other rules, because S3 does not allow them a lifecycle configuration.',
    'Object Lock counts with its default retention: an upload can set another one, and holds on objects are not visible.',
    'A lifecycle rule with a filter never counts for the whole bucket, even if several such rules together cover every prefix in use.',
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('An overwritten or deleted object is kept as an earlier version for a set time.'),
    'gdpr 32(1)(c)': supporting('Earlier versions allow the controller to restore data after an incident.'),
    'gdpr 5(1)(e)': supporting('Earlier versions are erased after a set time.'),
    'hipaa 164.312(c)(1)': primary(
      'An object that is overwritten, or deleted without naming a version, stays as an earlier version for a set time.',
    ),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Earlier versions are retrievable exact copies.'),
  },
  reads: ['tags', 'versioning', 'lifecycle', 'objectLock'],
  parameters: {
    ...scope,
    noncurrentMinimumDays: days(30, 'Minimum number of days that every noncurrent version is kept.', { atMost: 'noncurrentMaximumDays' }),
    noncurrentMaximumDays: days(365, 'Maximum number of days that a noncurrent version is kept.'),
    schedule: recordsFrom('retention', 'Minimum and maximum by bucket name or tag, instead of those two numbers.'),
    requireDeleteMarkerCleanup: flag(true, 'Whether delete markers without versions must be removed.'),
    abortIncompleteUploadDays: days(7, 'Days after which incomplete multipart uploads are aborted; 0 if they need not be.', { minimum: 0 }),
  },
  messages: {
    bounded: pass('Versioning is enabled, and noncurrent versions are erased after at most {days} days.'),
    exempt,
    mfaDelete: skip('MFA delete is on, and S3 does not allow a lifecycle configuration with it.'),
    notEnabled: fail('Versioning is {status}: objects that are overwritten or deleted can be lost.', ENABLE_VERSIONING, KEPT),
    unbounded: fail('No lifecycle rule limits how long all noncurrent versions are kept: {reason}.', {
      fix: 'Add an enabled lifecycle rule for all objects (empty Filter) that has NoncurrentDays and no NewerNoncurrentVersions.',
      ...ERASED,
      caution: ERASES,
    }),
    tooLate: fail('Rule {rule} keeps noncurrent versions for {days} days, longer than {maximum} days.', {
      fix: 'Lower NoncurrentDays of the lifecycle rule.',
      ...ERASED,
      caution: ERASES,
    }),
    locked: fail('Object Lock keeps noncurrent versions for up to {days} days, longer than {maximum} days.', {
      fix: 'Shorten the default retention (PutObjectLockConfiguration), or raise noncurrentMaximumDays if records need it.',
      caution: SHORTEN_LOCK.caution,
      ...ERASED,
    }),
    tooEarly: fail('Rule {rule} removes noncurrent versions after {days} days, sooner than {minimum} days.', {
      fix: 'Raise NoncurrentDays of the lifecycle rule.',
      ...KEPT,
      caution: REPLACES_LIFECYCLE,
    }),
    deleteMarkers: fail('No enabled lifecycle rule removes all expired delete markers.', {
      fix: 'Set ExpiredObjectDeleteMarker in a lifecycle rule for all objects that has no Days and no Date for expiration.',
      ...ERASED,
      caution: REPLACES_LIFECYCLE,
    }),
    uploads: fail('Not all incomplete multipart uploads are aborted within {uploadDays} days.', {
      fix: 'Set AbortIncompleteMultipartUpload (DaysAfterInitiation) in a lifecycle rule for all objects. Slower uploads are then aborted.',
      ...ERASED,
      caution: REPLACES_LIFECYCLE,
    }),
  },
  evaluate({ bucket, params }) {
    const because = leftOut(bucket, params);
    if (because !== null) return say('exempt', { because });
    const { lifecycle } = bucket;
    const { status, mfaDelete } = bucket.versioning;
    if (status !== 'Enabled') return say('notEnabled', { status });
    if (mfaDelete) return say('mfaDelete');
    const { noncurrentMinimumDays, noncurrentMaximumDays, abortIncompleteUploadDays: uploadDays } = params;
    const usual = { minimum: noncurrentMinimumDays, maximum: noncurrentMaximumDays };
    const { minimum, maximum } = noncurrentKeptBy(bucket, params.schedule) ?? usual;
    const { shortest, longest } = noncurrentLife(bucket);
    if (longest === null) return say('unbounded', { reason: whyUnbounded(lifecycle) });
    if (longest.days > maximum) return say(longest.isLocked ? 'locked' : 'tooLate', { ...longest, maximum });
    if (shortest && shortest.days < minimum) return say('tooEarly', { ...shortest, minimum });
    if (params.requireDeleteMarkerCleanup && !removesDeleteMarkers(lifecycle)) return say('deleteMarkers');
    const uploads = incompleteUploadsAtMost(lifecycle);
    const areAborted = uploadDays === 0 || (uploads !== null && uploads.days <= uploadDays);
    return areAborted ? say('bounded', longest) : say('uploads', { uploadDays });
  },
});
