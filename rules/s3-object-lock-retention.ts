import { choice, days, defineRule, ownList, primary, supporting } from '../src/core/rule.ts';
import { inScope, scopeEntry } from '../src/core/scope.ts';

export default defineRule({
  id: 's3-object-lock-retention',
  title: 'S3 buckets for records retain every new object with Object Lock, for the time decided',
  rationale: `Object Lock without a default retention locks nothing; one that is too short ends before the record may go, and one that is too long keeps personal data nobody can erase.`,
  remediation: `Set a default retention with the mode and the days asked for (PutObjectLockConfiguration). Object Lock needs versioning.`,
  limits: `Judges only the buckets named in appliesTo, as most data needs no write-once storage, and the default for new objects: what a request or an earlier setting gave to single objects, and legal holds, are not seen. A year counts as 365 days. In compliance mode nobody can erase an object before its time, not even where Art. 17 of the GDPR asks for it: maximumDays bounds that.`,
  severity: 'medium',
  satisfies: {
    'gdpr 32(1)(b)': supporting(`Records keep their integrity and stay available until their time.`),
    'gdpr 32(1)(c)': supporting('Records can be restored as they were first written.'),
    'hipaa 164.312(c)(1)': primary(`Records can neither be altered nor destroyed before their time.`),
    'hipaa 164.312(c)(2)': supporting(`A locked version corroborates that the record is unaltered.`),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Exact copies stay retrievable for the time decided.'),
  },
  reads: ['tags', 'roles', 'objectLock'],
  parameters: {
    appliesTo: ownList(scopeEntry, 'Buckets that hold records; none unless given.'),
    mode: choice(
      'GOVERNANCE',
      ['GOVERNANCE', 'COMPLIANCE'],
      'The weakest mode that is accepted: COMPLIANCE, or with GOVERNANCE either.',
    ),
    minimumDays: days(1, 'Days that every new object is retained at least.', {
      atMost: 'maximumDays',
    }),
    maximumDays: days(36_500, 'Days after which every new object can be erased.'),
  },
  messages: {
    retained: 'Every new object is retained for {days} days in mode {mode}.',
    notNamed: 'The bucket is not among those that hold records.',
    logTarget: 'Access logs arrive here ({because}), which default retention would stop.',
    off: 'Object Lock is off, so every version can be deleted.',
    noRetention: 'Object Lock is on, but retains nothing by default.',
    weakMode: 'The mode is {mode}, where {required} is required.',
    tooShort: 'New objects are retained for {days} days, less than {minimum}.',
    tooLong: 'New objects are retained for {days} days, more than {maximum}.',
  },
  evaluate({ bucket, params, pass, fail, skip }) {
    if (!inScope(bucket, params.appliesTo)) return skip('notNamed');
    const target = bucket.roles.find(({ role }) => role === 'access-log-target');
    if (target) return skip('logTarget', target);

    if (bucket.objectLock === null) return fail('off');
    const { defaultRetention: retention } = bucket.objectLock;
    if (retention === null) return fail('noRetention');
    const { mode: required, minimumDays: minimum, maximumDays: maximum } = params;
    const isStrong = retention.mode === 'COMPLIANCE' || retention.mode === required;
    if (!isStrong) return fail('weakMode', { mode: retention.mode, required });
    if (retention.days < minimum) return fail('tooShort', { ...retention, minimum });
    if (retention.days > maximum) return fail('tooLong', { ...retention, maximum });
    return pass('retained', retention);
  },
});
