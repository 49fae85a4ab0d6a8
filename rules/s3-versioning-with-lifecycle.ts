import {
  incompleteUploadsAtMost,
  noncurrentAtLeast,
  noncurrentAtMost,
  removesDeleteMarkers,
  whyUnbounded,
} from '../src/core/lifecycle.ts';
import { days, defineRule, flag, primary, supporting } from '../src/core/rule.ts';

export default defineRule({
  id: 's3-versioning-with-lifecycle',
  title: 'S3 buckets keep earlier versions of every object, for a bounded time',
  rationale: `Without versions a deleted or overwritten object is gone; without a lifecycle they pile up and keep data that should be erased.`,
  remediation: `Enable versioning, and add a lifecycle rule without a filter that expires noncurrent versions, removes expired delete markers and aborts incomplete multipart uploads.`,
  limits: `Buckets with MFA delete are left to other rules, since S3 allows them no lifecycle. Rules with a filter never count for the whole bucket, even if together they should name every prefix in use.`,
  severity: 'medium',
  satisfies: {
    'gdpr 32(1)(b)': primary(`An overwritten or deleted object keeps its integrity and availability.`),
    'gdpr 32(1)(c)': supporting(`Earlier versions let the controller restore data after an incident.`),
    'gdpr 5(1)(e)': supporting('Earlier versions are erased after a time that was set.'),
    'hipaa 164.312(c)(1)': primary(`An improper change or deletion never destroys the last version.`),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Earlier versions are retrievable exact copies.'),
  },
  reads: ['versioning', 'lifecycle'],
  parameters: {
    noncurrentMinimumDays: days(30, 'Days that every noncurrent version is kept at least.', {
      atMost: 'noncurrentMaximumDays',
    }),
    noncurrentMaximumDays: days(365, 'Days after which every noncurrent version is gone.'),
    requireDeleteMarkerCleanup: flag(true, 'Whether delete markers without versions must go.'),
    abortIncompleteUploadDays: days(7, 'Days after which incomplete uploads are aborted; 0: any.', {
      minimum: 0,
    }),
  },
  messages: {
    bounded: 'Versioning is enabled and noncurrent versions go after {days} days.',
    mfaDelete: 'MFA delete is on, with which S3 allows no lifecycle.',
    notEnabled: 'Versioning is {status}: overwritten and deleted objects cannot be restored.',
    unbounded: 'Noncurrent versions are not bounded in the whole bucket: {reason}.',
    tooLate: 'Rule {rule} keeps noncurrent versions {days} days, longer than {maximum}.',
    tooEarly: 'Rule {rule} removes noncurrent versions after {days} days, sooner than {minimum}.',
    deleteMarkers: 'No enabled lifecycle rule removes expired delete markers in the whole bucket.',
    uploads: 'Incomplete uploads are not aborted within {uploadDays} days in the whole bucket.',
  },
  evaluate({ bucket: { versioning, lifecycle }, params, pass, fail, skip }) {
    if (versioning.status !== 'Enabled') return fail('notEnabled', versioning);
    if (versioning.mfaDelete) return skip('mfaDelete');

    const longest = noncurrentAtMost(lifecycle);
    const shortest = noncurrentAtLeast(lifecycle);
    const uploads = incompleteUploadsAtMost(lifecycle);
    const { noncurrentMinimumDays: minimum, noncurrentMaximumDays: maximum } = params;
    const uploadDays = params.abortIncompleteUploadDays;
    if (longest === null) return fail('unbounded', { reason: whyUnbounded(lifecycle) });
    if (longest.days > maximum) return fail('tooLate', { ...longest, maximum });
    if (shortest && shortest.days < minimum) return fail('tooEarly', { ...shortest, minimum });
    if (params.requireDeleteMarkerCleanup && !removesDeleteMarkers(lifecycle)) {
      return fail('deleteMarkers');
    }
    if (uploadDays > 0 && (uploads === null || uploads.days > uploadDays)) {
      return fail('uploads', { uploadDays });
    }
    return pass('bounded', longest);
  },
});
