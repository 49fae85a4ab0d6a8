import { days, defineRule, fail, flag, listFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { delivererIn } from '../src/facts/log-deliverers.ts';
import { resistsDeletion } from '../src/knowledge/buckets/deletion.ts';
import { effectiveRetention } from '../src/knowledge/buckets/lifecycle.ts';
import { deliveryObstacle } from '../src/knowledge/buckets/log-delivery.ts';
import { isListed } from '../src/knowledge/buckets/log-target.ts';
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
    'A log bucket is recognized by the buckets, trails and delivery channels that name it, and by a policy or an ACL that lets a log ' +
      'service of AWS write: of S3, CloudTrail, AWS Config, load balancers, CloudWatch, CloudFront, Redshift or GuardDuty.',
    'A bucket that receives logs in another way, and the prefix that logs use in it, are not known to the rule.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('Logs that may help to demonstrate compliance are kept for a set time.'),
    'gdpr 5(1)(e)': supporting('Personal data in logs is erased after a set time.'),
    'gdpr 32(1)(d)': supporting('The logs that a regular review needs are kept.'),
    'gdpr 33(5)': supporting('Logs that may show the facts of a breach are kept.'),
    'hipaa 164.312(b)': supporting('Recorded activity stays available for examination.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('The audit logs to be reviewed are kept.'),
    'hipaa 164.316(b)(2)(i)': supporting('Logs designated as required documentation can be kept 6 years.'),
  },
  reads: ['roles', 'versioning', 'lifecycle', 'objectLock', 'policy', 'encryption', 'requesterPays'],
  parameters: {
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that always count as receiving logs.'),
    minimumDays: days(365, 'Minimum number of days that logs stay recoverable, and that Object Lock must last.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Maximum number of days that logs are kept.'),
    allowUnlimited: flag(false, 'Whether logs may be kept without end.'),
    requireVersioning: flag(true, 'Whether versioning must be enabled. Without it, requireDeletionProtection fails too.'),
    requireDeletionProtection: flag(true, 'Whether versions must be protected from deletion.'),
  },
  messages: {
    retained: pass('Logs ({because}) stay recoverable for {days} days and resist deletion.'),
    retainedForever: pass('Logs ({because}) are kept without end, as allowed, and resist deletion.'),
    noLogs: skip('No logs of an AWS service are known to arrive in the bucket.'),
    undeliverable: fail('{logs} ({because}) cannot be delivered to a bucket with {obstacle}.', {
      fix:
        'With KMS, set the default encryption of the bucket to SSE-S3 (PutBucketEncryption). With Object Lock, send the logs to ' +
        'another bucket. With Requester Pays, switch it off (PutBucketRequestPayment).',
      caution:
        'New objects are then not encrypted with your KMS key. PutBucketEncryption replaces the whole configuration. Missed logs are ' +
        'lost.',
    }),
    notVersioned: fail('Logs arrive ({because}) but versioning is {status}: deleted logs can be lost.', {
      fix: 'Enable versioning (PutBucketVersioning, Status Enabled).',
      caution: 'Deleted logs then stay until a lifecycle rule erases them. Versioning can later be suspended, but not turned off.',
    }),
    tooShort: fail('Logs ({because}) are erased after {days} days by rule {rule}, before {minimum} days.', {
      fix: 'Raise Days or NoncurrentDays of the lifecycle rule. If it expires logs on a Date, use Days instead.',
      caution: REPLACES_LIFECYCLE,
    }),
    tooLong: fail('Logs ({because}) are kept for up to {days} days, longer than {maximum} days.', {
      fix: 'Lower Days or NoncurrentDays of the lifecycle rule.',
      caution: ERASES,
    }),
    unlimited: fail('Logs ({because}) are kept without end: no lifecycle rule erases all of them for good.', {
      fix: 'Add a lifecycle rule for all objects (empty Filter) whose Days and NoncurrentDays add up to the retention that you need.',
      caution: ERASES,
    }),
    deletable: fail('Logs ({because}) can be deleted for good within {minimum} days.', {
      fix:
        'Deny s3:DeleteObjectVersion on every object and s3:PutLifecycleConfiguration on the bucket to everyone, or use Object Lock for ' +
        'other logs than access logs.',
      caution:
        'Create the lifecycle rules first, because later changes are refused. S3 allows no lifecycle with MFA delete, so logs are kept ' +
        'without end.',
    }),
  },
  evaluate({ bucket, params }) {
    const isTarget = isListed(bucket.name, params.logBuckets);
    const because = bucket.roles[0]?.because ?? (isTarget ? 'it is an approved target' : null);
    if (because === null) return say('noLogs');
    for (const { role, because } of bucket.roles) {
      const deliverer = delivererIn(role);
      const obstacle = deliveryObstacle(deliverer, bucket);
      if (obstacle !== null) return say('undeliverable', { logs: deliverer.logs, because, obstacle });
    }
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
