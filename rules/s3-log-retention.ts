import { days, defineRule, fail, flag, listFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { delivererIn, deliveryObstacle } from '../src/facts/log-deliverers.ts';
import { lifeOf } from '../src/knowledge/buckets/life.ts';
import { keysOfLogs, logProtection, whyUnlimited } from '../src/knowledge/buckets/log-life.ts';
import { isListedBucket } from '../src/knowledge/buckets/log-target.ts';
import { ENABLE_VERSIONING, ERASES, LOWER_DAYS, RAISE_DAYS, SHORTEN_LOCK } from '../src/knowledge/cautions.ts';
import { counted } from '../src/values/text.ts';

const ERASURE = { only: ['gdpr 5(1)(e)'] } as const;
const DELETABLE = { except: ['gdpr 5(1)(e)', 'hipaa 164.316(b)(2)(i)'] } as const;
export default defineRule({
  id: 's3-log-retention',
  areas: ['monitoring'],
  severity: 'medium',
  tier: 'recommended',
  title: 'S3 buckets that receive logs keep them long enough, not too long, and resist deletion',
  rationale:
    'Logs that expire early, or that an intruder can delete, are missing when a breach is investigated; logs kept without end hold ' +
    'personal data without need.',
  limits: [
    'A log bucket is recognized by the buckets, trails and delivery channels that name it, and by a policy or an ACL that lets a log ' +
      'service of AWS write: of S3, CloudTrail, AWS Config, load balancers, CloudWatch, CloudFront, Redshift or GuardDuty.',
    'Where a record shows which prefix a bucket, trail or delivery channel writes to, that prefix is judged with those that ' +
      'the policy adds. Where only the policy speaks of logs, the prefixes that it names are judged, elsewhere every key.',
    'Lifecycle rules that cover the keys only together do not count. Logs that arrive in another way are not known to the rule.',
    'Logs that are overwritten, and holds on objects, are not looked at.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('Logs that may help to demonstrate compliance are kept for a set time.'),
    'gdpr 5(1)(e)': supporting('Personal data in logs is erased after a set time.'),
    'gdpr 32(1)(d)': supporting('The logs that a regular review needs are kept.'),
    'gdpr 33(5)': supporting('Logs that may show the facts of a breach are kept.'),
    'hipaa 164.312(b)': supporting('Recorded activity stays available for examination.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('The audit logs to be reviewed are kept.'),
    'hipaa 164.316(b)(2)(i)': supporting('Logs designated as documentation stay recoverable for 6 years.', { minimumDays: 2192 }),
  },
  reads: ['roles', 'versioning', 'lifecycle', 'objectLock', 'policy', 'encryption', 'requesterPays', 'now'],
  parameters: {
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that always count as receiving logs.'),
    minimumDays: days(365, 'Minimum number of days that logs stay recoverable, and that Object Lock must last.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Maximum number of days that logs are kept.'),
    allowUnlimited: flag(false, 'Whether logs may be kept without end.'),
    requireVersioning: flag(true, 'Whether versioning must be enabled. Without it, requireDeletionProtection fails too.'),
    requireDeletionProtection: flag(true, 'Whether versions must be protected from deletion.'),
    minimumDaysAfterDeletion: days(30, 'Minimum number of days that a log stays recoverable after its deletion without a version id.'),
  },
  messages: {
    retained: pass('Logs ({because}) stay recoverable for {days} days and resist deletion.'),
    retainedForever: pass('Logs ({because}) are kept without end, as allowed, and resist deletion.', { except: ['gdpr 5(1)(e)'] }),
    recoverable: pass('Logs ({because}) stay {kept}, and recoverable for {left} after a deletion.', DELETABLE),
    kept: pass('Logs ({because}) stay {kept} if no one deletes them. Protection from deletion is not required.', DELETABLE),
    noLogs: skip('No logs of an AWS service are known to arrive in the bucket.'),
    undeliverable: fail('{logs} ({because}) cannot be delivered to a bucket with {obstacle}.', {
      fix:
        'With KMS, set the default encryption of the bucket to SSE-S3 (PutBucketEncryption). With Object Lock, send the logs to ' +
        'another bucket. With Requester Pays, switch it off (PutBucketRequestPayment).',
      caution:
        'New objects are then not encrypted with your KMS key. PutBucketEncryption replaces the whole configuration. Missed logs are ' +
        'lost.',
    }),
    notVersioned: fail('Logs arrive ({because}) but versioning is {status}: deleted logs can be lost.', ENABLE_VERSIONING),
    tooShort: fail('Logs ({because}) are erased after {days} days by rule {rule}, before {minimum} days.', RAISE_DAYS),
    tooLong: fail('Logs ({because}) are kept for up to {days} days, longer than {maximum} days.', LOWER_DAYS, ERASURE),
    locked: fail('Object Lock keeps new logs ({because}) for {days} days, longer than {maximum} days.', SHORTEN_LOCK, ERASURE),
    unlimited: fail('Logs ({because}) are kept without end: {reason}.', {
      fix: 'Add a lifecycle rule for all of them, with Days and NoncurrentDays. If MFA delete is on, switch it off first (root user).',
      ...{ caution: ERASES, ...ERASURE },
    }),
    deletable: fail('Logs ({because}) can be deleted for good within {minimum} days: {missing}.', {
      fix:
        'Deny s3:DeleteObjectVersion on every object and s3:PutLifecycleConfiguration on the bucket to everyone, with NoncurrentDays of ' +
        'at least minimumDaysAfterDeletion, or use Object Lock for other logs than access logs.',
      caution: 'Create the lifecycle rules first, because later changes are refused.',
    }),
  },
  evaluate({ bucket, params }) {
    const isTarget = isListedBucket(bucket, params.logBuckets);
    const because = bucket.roles[0]?.because ?? (isTarget ? 'it is an approved target' : null);
    if (because === null) return say('noLogs');
    for (const { role, because } of bucket.roles) {
      const deliverer = delivererIn(role);
      const obstacle = deliveryObstacle(deliverer, bucket);
      if (obstacle !== null) return say('undeliverable', { logs: deliverer.logs, because, obstacle });
    }
    const { status } = bucket.versioning;
    if (status !== 'Enabled' && params.requireVersioning) return say('notVersioned', { because, status });
    const keys = keysOfLogs(bucket.roles, isTarget);
    const { shortest, longest } = lifeOf(bucket, keys);
    const { minimumDays: minimum, maximumDays: maximum } = params;
    if (shortest && shortest.days < minimum) return say('tooShort', { because, ...shortest, minimum });
    if (longest === null && !params.allowUnlimited) return say('unlimited', { because, reason: whyUnlimited(bucket, keys) });
    if (longest && longest.days > maximum) return say(longest.isLocked ? 'locked' : 'tooLong', { because, ...longest, maximum });
    const kept = shortest ? `for ${counted(shortest.days, 'day')}` : 'without end';
    if (!params.requireDeletionProtection) return say('kept', { because, kept });
    const { missing, left } = logProtection(bucket, keys, params);
    if (missing !== null) return say('deletable', { because, minimum, missing });
    if (left !== null && left < minimum) return say('recoverable', { because, kept, left: counted(left, 'day') });
    return shortest ? say('retained', { because, days: shortest.days }) : say('retainedForever', { because });
  },
});
