import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeLogRetention, logRetention } from '../src/knowledge/buckets/retention.ts';

const FIX = `Enable versioning, deny s3:DeleteObjectVersion to everyone in the bucket policy (or use MFA delete or Object Lock), and add a lifecycle rule without a filter whose expiration and noncurrent days add up to the retention you need.`;

export default defineRule({
  id: 's3-log-retention',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'S3 buckets that receive logs keep them long enough, not too long, and resist deletion',
  rationale: `Logs that expire early, or that an intruder can delete, are missing when a breach is investigated; logs kept for ever hold personal data without need.`,
  limits: [
    `Finds a log bucket by the buckets, trails and delivery channels that name it, the services its policy lets write, and its ACL. A bucket filled by other means, and the prefix that logs use in it, are not known here.`,
  ],
  requirements: {
    'gdpr 5(2)': supporting(`The record that demonstrates compliance is still there when asked for.`),
    'gdpr 5(1)(e)': supporting('Personal data in logs is erased after a time that was set.'),
    'gdpr 32(1)(d)': supporting('The logs that a regular review needs are kept.'),
    'gdpr 33(5)': supporting('The facts of a breach can still be documented from the logs.'),
    'hipaa 164.312(b)': supporting('Recorded activity stays available for examination.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('The audit logs to be reviewed are kept.'),
    'hipaa 164.316(b)(2)(i)': supporting(`Logs designated as required documentation can be kept 6 years.`),
  },
  reads: ['roles', 'versioning', 'lifecycle', 'objectLock', 'policy', 'encryption'],
  parameters: logRetention,
  messages: {
    retained: pass('Logs ({because}) stay recoverable for {days} days and resist deletion.'),
    retainedForever: pass('Logs ({because}) are kept without end, as allowed, and resist deletion.'),
    noLogs: skip('No access logs, trail or Config delivery are recorded to arrive here.'),
    undeliverable: fail('S3 delivers no access logs to a bucket with {obstacle}.', { fix: FIX }),
    notVersioned: fail('Logs arrive ({because}) but versioning is {status}: deleted logs are lost.', { fix: FIX }),
    tooShort: fail('Logs ({because}) are gone after {days} days by rule {rule}, before {minimum}.', { fix: FIX }),
    tooLong: fail('Logs ({because}) are kept for {days} days in effect, longer than {maximum}.', { fix: FIX }),
    unlimited: fail('Logs ({because}) are kept without end: no rule expires all of them for good.', { fix: FIX }),
    deletable: fail('Logs ({because}) can be deleted for good within {minimum} days.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeLogRetention(bucket, params),
});
