import { choice, days, defineRule, fail, pass, primary, say, scopeList, skip, supporting } from '../src/engine/rule.ts';
import { namedForAccessLogs } from '../src/knowledge/buckets/log-target.ts';
import { inScope } from '../src/knowledge/buckets/scope.ts';

const LOCKS =
  'A locked object stays, and is charged, until its retention ends; in compliance mode not even the root user can delete it earlier.';

export default defineRule({
  id: 's3-object-lock-retention',
  areas: ['retention'],
  severity: 'medium',
  title: 'S3 buckets for records retain every new object with Object Lock, for the set time',
  rationale:
    'Without a default retention, Object Lock only locks objects whose upload asks for it. A retention that is too long keeps personal ' +
    'data.',
  limits: [
    'Only the buckets named in appliesTo are judged, because most data does not need write-once storage.',
    'Only the default for new objects is judged. An upload can set another retention; that, and legal holds, are not visible.',
    'In governance mode, principals with s3:BypassGovernanceRetention can delete locked objects.',
    'A year counts as 365 days.',
    'In compliance mode no one can erase an object before its time, not even where Art. 17 of the GDPR asks for it: maximumDays ' +
      'bounds that time.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('New records are by default locked against change and deletion for the set time.'),
    'gdpr 32(1)(c)': supporting('A locked version can be restored as it was first written.'),
    'hipaa 164.312(c)(1)': primary('New records are by default locked against alteration and destruction for the set time.'),
    'hipaa 164.312(c)(2)': supporting('A locked version corroborates that the record is unaltered.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Locked versions of records stay retrievable for the set time.'),
  },
  reads: ['tags', 'roles', 'objectLock'],
  parameters: {
    appliesTo: scopeList('Buckets that hold records; none unless given.'),
    mode: choice('GOVERNANCE', ['GOVERNANCE', 'COMPLIANCE'], 'The weakest mode that is accepted; GOVERNANCE accepts both.'),
    minimumDays: days(1, 'Minimum number of days of the default retention.', { atMost: 'maximumDays' }),
    maximumDays: days(36_500, 'Maximum number of days of the default retention.'),
  },
  messages: {
    retained: pass('New objects are retained by default for {days} days in mode {mode}.'),
    governance: pass('New objects are retained by default for {days} days in mode {mode}, which privileged principals can bypass.', {
      except: ['hipaa 164.312(c)(1)', 'hipaa 164.312(c)(2)'],
    }),
    notNamed: skip('The bucket is not among those that hold records.'),
    logTarget: fail('Access logs arrive in this bucket for records ({because}), and S3 does not deliver them to one with Object Lock.', {
      fix: 'Send the access logs to another bucket (PutBucketLogging), or take the bucket out of appliesTo.',
      caution: 'Access logs that were sent to a bucket with Object Lock were not delivered, and are lost.',
    }),
    off: fail('Object Lock is off, so it does not lock any version.', {
      fix: 'Enable Object Lock with a default retention (PutObjectLockConfiguration); versioning must be enabled first.',
      caution: `Object Lock cannot be disabled again, and versioning cannot be suspended. ${LOCKS}`,
    }),
    noRetention: fail('Object Lock is on, but no default retention is set.', {
      fix: 'Set a default retention with the required mode and days (PutObjectLockConfiguration).',
      caution: LOCKS,
    }),
    weakMode: fail('The retention mode is {mode}, but {required} is required.', {
      fix: 'Set the mode of the default retention to the required one (PutObjectLockConfiguration).',
      caution: LOCKS,
    }),
    tooShort: fail('New objects are retained for {days} days, less than {minimum} days.', {
      fix: 'Raise the days of the default retention (PutObjectLockConfiguration). Extend that of existing objects separately.',
      caution: LOCKS,
    }),
    tooLong: fail('New objects are retained for {days} days, more than {maximum} days.', {
      fix: 'Lower the days of the default retention (PutObjectLockConfiguration).',
      caution: 'Objects that are already locked keep their retention.',
      only: ['gdpr 32(1)(b)'],
    }),
  },
  evaluate({ bucket, params }) {
    const { appliesTo, mode: required, minimumDays: minimum, maximumDays: maximum } = params;
    if (!inScope(bucket, appliesTo)) return say('notNamed');
    const because = namedForAccessLogs(bucket);
    if (because !== null) return say('logTarget', { because });
    if (bucket.objectLock === null) return say('off');
    const { defaultRetention: retention } = bucket.objectLock;
    if (retention === null) return say('noRetention');
    const isStrong = retention.mode === 'COMPLIANCE' || retention.mode === required;
    if (!isStrong) return say('weakMode', { mode: retention.mode, required });
    if (retention.days < minimum) return say('tooShort', { ...retention, minimum });
    if (retention.days > maximum) return say('tooLong', { ...retention, maximum });
    return say(retention.mode === 'COMPLIANCE' ? 'retained' : 'governance', retention);
  },
});
