import { days, defineRule, fail, ownList, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeExpiration } from '../src/knowledge/buckets/retention.ts';
import { scopeEntry } from '../src/knowledge/buckets/scope.ts';

const FIX = `Add a lifecycle rule without a filter that expires objects and noncurrent versions, so that the days of both together are within the band.`;

export default defineRule({
  id: 's3-lifecycle-expiration',
  areas: ['retention'],
  severity: 'medium',
  title: 'S3 buckets on a retention schedule erase every object within the time decided',
  rationale: `Data that nobody deletes is kept for ever. On a versioned bucket an expiry alone deletes nothing, and its days and those of noncurrent versions add up.`,
  limits: [
    `Judges only the buckets named in appliesTo. Rules with a filter never bound the bucket, even if together they should name every prefix in use, but may make it lose objects too early. The age counts from the creation of a version; S3 removes what has expired with some delay. Retention and legal holds put on single objects, and replicas, are not seen.`,
  ],
  requirements: {
    'gdpr 5(1)(e)': primary('Personal data is erased after the time that was set for it.'),
    'gdpr 17(1)': supporting('Copies that an erasure left behind go when their time is over.'),
    'gdpr 30(1)(f)': supporting('The time limits envisaged for erasure take effect.'),
    'hipaa 164.310(d)(2)(i)': supporting('Health information is disposed of by a schedule.'),
  },
  reads: ['tags', 'lifecycle', 'versioning', 'objectLock'],
  parameters: {
    appliesTo: ownList(scopeEntry, 'Buckets on the schedule; none unless given.'),
    minimumDays: days(1, 'Days that every object is kept at least.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Days after which every object is gone for good.'),
  },
  messages: {
    erased: pass('Every object is gone for good after {days} days in effect, by rule {rule}.'),
    notNamed: skip('The bucket is not among those on the schedule.'),
    endless: fail('Objects may stay without end: {reason}.', { fix: FIX }),
    tooLong: fail('Objects stay {days} days in effect by rule {rule}, longer than {maximum}.', { fix: FIX }),
    locked: fail('Object Lock keeps new objects for {days} days, longer than {maximum}.', { fix: FIX }),
    tooShort: fail('Objects are gone after {days} days by rule {rule}, sooner than {minimum}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeExpiration(bucket, params),
});
