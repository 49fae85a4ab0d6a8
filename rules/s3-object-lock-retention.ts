import { defineRule, fail, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeRetention, recordRetention } from '../src/knowledge/buckets/object-lock.ts';

const FIX = `Set a default retention with the mode and the days asked for (PutObjectLockConfiguration). Object Lock needs versioning.`;

export default defineRule({
  id: 's3-object-lock-retention',
  areas: ['retention'],
  severity: 'medium',
  title: 'S3 buckets for records retain every new object with Object Lock, for the time decided',
  rationale: `Object Lock without a default retention locks nothing; one that is too short ends before the record may go, and one that is too long keeps personal data nobody can erase.`,
  limits: [
    `Judges only the buckets named in appliesTo, as most data needs no write-once storage, and the default for new objects: what a request or an earlier setting gave to single objects, and legal holds, are not seen. A year counts as 365 days. In compliance mode nobody can erase an object before its time, not even where Art. 17 of the GDPR asks for it: maximumDays bounds that.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting(`Records keep their integrity and stay available until their time.`),
    'gdpr 32(1)(c)': supporting('Records can be restored as they were first written.'),
    'hipaa 164.312(c)(1)': primary(`Records can neither be altered nor destroyed before their time.`),
    'hipaa 164.312(c)(2)': supporting(`A locked version corroborates that the record is unaltered.`),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Exact copies stay retrievable for the time decided.'),
  },
  reads: ['tags', 'roles', 'objectLock'],
  parameters: recordRetention,
  messages: {
    retained: pass('Every new object is retained for {days} days in mode {mode}.'),
    notNamed: skip('The bucket is not among those that hold records.'),
    logTarget: skip('Access logs arrive here ({because}), which default retention would stop.'),
    off: fail('Object Lock is off, so every version can be deleted.', { fix: FIX }),
    noRetention: fail('Object Lock is on, but retains nothing by default.', { fix: FIX }),
    weakMode: fail('The mode is {mode}, where {required} is required.', { fix: FIX }),
    tooShort: fail('New objects are retained for {days} days, less than {minimum}.', { fix: FIX }),
    tooLong: fail('New objects are retained for {days} days, more than {maximum}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeRetention(bucket, params),
});
