import { days, defineRule, fail, flag, listFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { resistsDeletion } from '../src/knowledge/buckets/deletion.ts';
import { effectiveRetention } from '../src/knowledge/buckets/lifecycle.ts';
import { deliveryObstacle } from '../src/knowledge/buckets/log-delivery.ts';
import { REPLACES_LIFECYCLE } from '../src/knowledge/cautions.ts';

const ERASES =
  'Erased logs cannot be restored: check open investigations and legal holds first. PutBucketLifecycleConfiguration replaces all rules.';

export default defineRule({
  id: 's3-log-retention',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'S3 buckets that receive logs keep them long enough, not too long, and resist deletion',
  rationale:
    'Logs that expire early, or that an intruder can delete, are missing when a breach is investigated; logs kept without end hold ' +
    'personal data without need.',
  limits: [
    'A log bucket is recognized by the buckets, trails and delivery channels that name it, by the services that its policy allows to ' +
      'write, and by its ACL.',
    'A bucket that receives logs in another way, and the prefix that logs use in it, are not known to the rule.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('The logs that demonstrate compliance are kept for a set time.'),
    'gdpr 5(1)(e)': supporting('Personal data in logs is erased after a set time.'),
    'gdpr 32(1)(d)': supporting('The logs that a regular review needs are kept.'),
    'gdpr 33(5)': supporting('The logs that document the facts of a breach are kept.'),
    'hipaa 164.312(b)': supporting('Recorded activity stays available for examination.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('The audit logs to be reviewed are kept.'),
    'hipaa 164.316(b)(2)(i)': supporting('Logs designated as required documentation can be kept 6 years.'),
  },
  reads: ['roles', 'versioning', 'lifecycle', 'objectLock', 'policy', 'encryption'],
  parameters: {
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that always count as receiving logs.'),
    minimumDays: days(365, 'Minimum number of days that logs stay recoverable.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Number of days after which logs are erased for good.'),
    allowUnlimited: flag(false, 'Whether logs may be kept without end.'),
    requireVersioning: flag(true, 'Whether versioning must be enabled.'),
    requireDeletionProtection: flag(true, 'Whether versions must be protected from deletion.'),
  },
  messages: {
    retained: pass('Logs ({because}) stay recoverable for {days} days and resist deletion.'),
    retainedForever: pass('Logs ({because}) are kept without end, as allowed, and resist deletion.'),
    noLogs: skip('No access logs, trail or AWS Config delivery are recorded to arrive in the bucket.'),
    undeliverable: fail('S3 does not deliver access logs to a bucket with {obstacle}.', {
      fix:
        'Set the default encryption of the bucket to SSE-S3 and remove the default Object Lock retention, or send the logs to another ' +
        'bucket.',
      caution: 'Logs that were not delivered are lost. Check afterwards that new logs arrive.',
    }),
    notVersioned: fail('Logs arrive ({because}) but versioning is {status}: deleted logs are lost.', {
      fix: 'Enable versioning (PutBucketVersioning, Status Enabled).',
      caution: 'Deleted logs are then stored as noncurrent versions until a lifecycle rule erases them.',
    }),
    tooShort: fail('Logs ({because}) are erased after {days} days by rule {rule}, before {minimum} days.', {
      fix: 'Raise Days or NoncurrentDays of the lifecycle rule, so that their sum is the retention that you need.',
      caution: REPLACES_LIFECYCLE,
    }),
    tooLong: fail('Logs ({because}) are kept for {days} days in effect, longer than {maximum} days.', {
      fix: 'Lower Days or NoncurrentDays of the lifecycle rule.',
      caution: ERASES,
    }),
    unlimited: fail('Logs ({because}) are kept without end: no lifecycle rule erases all of them for good.', {
      fix: 'Add a lifecycle rule without a filter whose expiration and noncurrent days add up to the retention that you need.',
      caution: ERASES,
    }),
    deletable: fail('Logs ({because}) can be deleted for good within {minimum} days.', {
      fix:
        'Deny s3:DeleteObjectVersion to everyone in the bucket policy, or use MFA delete; where no access logs arrive, Object Lock also ' +
        'counts.',
      caution:
        'S3 allows no lifecycle configuration with MFA delete. Create the lifecycle rules before you deny s3:PutLifecycleConfiguration.',
    }),
  },
  evaluate({ bucket, params }) {
    const isListed = params.logBuckets.includes(bucket.name);
    const because = bucket.roles[0]?.because ?? (isListed ? 'it is an approved target' : null);
    if (because === null) return say('noLogs');
    const takesAccessLogs = bucket.roles.some(({ role }) => role === 'access-log-target');
    const obstacle = takesAccessLogs ? deliveryObstacle(bucket) : null;
    if (obstacle !== null) return say('undeliverable', { obstacle });
    const { status } = bucket.versioning;
    if (status !== 'Enabled' && params.requireVersioning) return say('notVersioned', { because, status });
    const { shortest, longest } = effectiveRetention(bucket.lifecycle, bucket.versioning);
    const { minimumDays: minimum, maximumDays: maximum } = params;
    if (shortest && shortest.days < minimum) return say('tooShort', { because, ...shortest, minimum });
    if (longest === null && !params.allowUnlimited) return say('unlimited', { because });
    if (longest && longest.days > maximum) return say('tooLong', { because, ...longest, maximum });
    const isDeletable = params.requireDeletionProtection && !resistsDeletion(bucket, minimum);
    if (isDeletable) return say('deletable', { because, minimum });
    return longest ? say('retained', { because, ...longest }) : say('retainedForever', { because });
  },
});
