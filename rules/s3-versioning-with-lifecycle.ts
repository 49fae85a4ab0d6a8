import { defineRule, fail, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeVersions, versionBounds } from '../src/knowledge/buckets/versions.ts';

const FIX = `Enable versioning, and add a lifecycle rule without a filter that expires noncurrent versions, removes expired delete markers and aborts incomplete multipart uploads.`;

export default defineRule({
  id: 's3-versioning-with-lifecycle',
  areas: ['recovery'],
  severity: 'medium',
  title: 'S3 buckets keep earlier versions of every object, for a bounded time',
  rationale: `Without versions a deleted or overwritten object is gone; without a lifecycle they pile up and keep data that should be erased.`,
  limits: [
    `Buckets with MFA delete are left to other rules, since S3 allows them no lifecycle. Rules with a filter never count for the whole bucket, even if together they should name every prefix in use.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': primary(`An overwritten or deleted object keeps its integrity and availability.`),
    'gdpr 32(1)(c)': supporting(`Earlier versions let the controller restore data after an incident.`),
    'gdpr 5(1)(e)': supporting('Earlier versions are erased after a time that was set.'),
    'hipaa 164.312(c)(1)': primary(`An improper change or deletion never destroys the last version.`),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Earlier versions are retrievable exact copies.'),
  },
  reads: ['versioning', 'lifecycle'],
  parameters: versionBounds,
  messages: {
    bounded: pass('Versioning is enabled and noncurrent versions go after {days} days.'),
    mfaDelete: skip('MFA delete is on, with which S3 allows no lifecycle.'),
    notEnabled: fail('Versioning is {status}: overwritten and deleted objects cannot be restored.', { fix: FIX }),
    unbounded: fail('Noncurrent versions are not bounded in the whole bucket: {reason}.', { fix: FIX }),
    tooLate: fail('Rule {rule} keeps noncurrent versions {days} days, longer than {maximum}.', { fix: FIX }),
    tooEarly: fail('Rule {rule} removes noncurrent versions after {days} days, sooner than {minimum}.', { fix: FIX }),
    deleteMarkers: fail('No enabled lifecycle rule removes expired delete markers in the whole bucket.', { fix: FIX }),
    uploads: fail('Incomplete uploads are not aborted within {uploadDays} days in the whole bucket.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeVersions(bucket, params),
});
