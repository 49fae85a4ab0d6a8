import { resistsDeletion } from '../src/core/deletion.ts';
import { effectiveRetention } from '../src/core/lifecycle.ts';
import { deliveryObstacle } from '../src/core/log-delivery.ts';
import { days, defineRule, flag, listFrom, supporting } from '../src/core/rule.ts';

export default defineRule({
  id: 's3-log-retention',
  title: 'S3 buckets that receive logs keep them long enough, not too long, and resist deletion',
  rationale: `Logs that expire early, or that an intruder can delete, are missing when a breach is investigated; logs kept for ever hold personal data without need.`,
  remediation: `Enable versioning, deny s3:DeleteObjectVersion to everyone in the bucket policy (or use MFA delete or Object Lock), and add a lifecycle rule without a filter whose expiration and noncurrent days add up to the retention you need.`,
  limits: `Finds a log bucket by the buckets, trails and delivery channels that name it, the services its policy lets write, and its ACL. A bucket filled by other means, and the prefix that logs use in it, are not known here.`,
  severity: 'medium',
  satisfies: {
    'gdpr 5(2)': supporting(`The record that demonstrates compliance is still there when asked for.`),
    'gdpr 5(1)(e)': supporting('Personal data in logs is erased after a time that was set.'),
    'gdpr 32(1)(d)': supporting('The logs that a regular review needs are kept.'),
    'gdpr 33(5)': supporting('The facts of a breach can still be documented from the logs.'),
    'hipaa 164.312(b)': supporting('Recorded activity stays available for examination.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('The audit logs to be reviewed are kept.'),
    'hipaa 164.316(b)(2)(i)': supporting(`Logs designated as required documentation can be kept 6 years.`),
  },
  reads: ['roles', 'versioning', 'lifecycle', 'objectLock', 'policy', 'encryption'],
  parameters: {
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that count as receiving logs in any case.'),
    minimumDays: days(365, 'Days that logs stay recoverable at least.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Days after which logs are gone for good.'),
    allowUnlimited: flag(false, 'Whether logs may be kept without end.'),
    requireVersioning: flag(true, 'Whether versioning must be enabled.'),
    requireDeletionProtection: flag(true, 'Whether versions must be protected from deletion.'),
  },
  messages: {
    retained: 'Logs ({because}) stay recoverable for {days} days and resist deletion.',
    retainedForever: 'Logs ({because}) are kept without end, as allowed, and resist deletion.',
    noLogs: 'No access logs, trail or Config delivery are recorded to arrive here.',
    undeliverable: 'S3 delivers no access logs to a bucket with {obstacle}.',
    notVersioned: 'Logs arrive ({because}) but versioning is {status}: deleted logs are lost.',
    tooShort: 'Logs ({because}) are gone after {days} days by rule {rule}, before {minimum}.',
    tooLong: 'Logs ({because}) are kept for {days} days in effect, longer than {maximum}.',
    unlimited: 'Logs ({because}) are kept without end: no rule expires all of them for good.',
    deletable: 'Logs ({because}) can be deleted for good within {minimum} days.',
  },
  evaluate({ bucket, params, pass, fail, skip }) {
    const isListed = params.logBuckets.includes(bucket.name);
    const because = bucket.roles[0]?.because ?? (isListed ? 'it is an approved target' : null);
    if (because === null) return skip('noLogs');

    const takesAccessLogs = bucket.roles.some(({ role }) => role === 'access-log-target');
    const obstacle = takesAccessLogs ? deliveryObstacle(bucket) : null;
    if (obstacle !== null) return fail('undeliverable', { obstacle });
    const { status } = bucket.versioning;
    const isVersioned = status === 'Enabled' || !params.requireVersioning;
    if (!isVersioned) return fail('notVersioned', { because, status });

    const { shortest, longest } = effectiveRetention(bucket.lifecycle, bucket.versioning);
    const { minimumDays: minimum, maximumDays: maximum } = params;
    if (shortest && shortest.days < minimum) {
      return fail('tooShort', { because, ...shortest, minimum });
    }
    if (longest === null && !params.allowUnlimited) return fail('unlimited', { because });
    if (longest && longest.days > maximum) return fail('tooLong', { because, ...longest, maximum });
    if (params.requireDeletionProtection && !resistsDeletion(bucket, minimum)) {
      return fail('deletable', { because, minimum });
    }
    return longest ? pass('retained', { because, ...longest }) : pass('retainedForever', { because });
  },
});
