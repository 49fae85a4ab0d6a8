import { days, defineRule, fail, pass, primary, recordsFrom, say, scopeList, skip, supporting } from '../src/engine/rule.ts';
import { lifeOf, whyEndless } from '../src/knowledge/buckets/life.ts';
import { keptBy } from '../src/knowledge/buckets/schedule.ts';
import { inScope } from '../src/knowledge/buckets/scope.ts';
import { ERASES, LOWER_DAYS, RAISE_DAYS, SHORTEN_LOCK } from '../src/knowledge/cautions.ts';

export default defineRule({
  id: 's3-lifecycle-expiration',
  areas: ['retention'],
  severity: 'medium',
  title: 'S3 buckets on a retention schedule erase every object within the set time',
  rationale: 'Data that is never deleted is kept without end. On a versioned bucket, an expiration only makes a version noncurrent.',
  limits: [
    'Buckets in appliesTo or on the schedule are judged. Tags decide which period counts, so control who may tag buckets.',
    'A lifecycle rule with a filter never bounds the bucket, not even with others that cover every prefix; it can still erase too early.',
    'The age counts from the creation of a version. S3 removes expired objects with some delay.',
    'Object Lock counts with its default retention. Holds on objects, and a lock that an upload asks for, are not visible.',
  ],
  requirements: {
    'gdpr 5(1)(e)': primary('The lifecycle erases every object of the bucket within the set time.'),
    'gdpr 17(1)': supporting('Copies that an erasure left behind are erased when their time is over.'),
    'gdpr 30(1)(f)': supporting('The time limits envisaged for erasure are in effect.'),
    'hipaa 164.310(d)(2)(i)': supporting('Objects of the bucket are disposed of on a schedule.'),
  },
  reads: ['tags', 'lifecycle', 'versioning', 'objectLock', 'now'],
  parameters: {
    appliesTo: scopeList('Buckets that are kept for the two numbers below.'),
    minimumDays: days(1, 'Minimum number of days that every object is kept.', { atMost: 'maximumDays' }),
    maximumDays: days(2557, 'Maximum number of days that any object is kept.'),
    schedule: recordsFrom('retention', 'Minimum and maximum by bucket name or tag, instead of those two numbers.'),
  },
  messages: {
    erased: pass('Every object is erased for good after at most {days} days, by rule {rule}.'),
    notNamed: skip('The bucket is not among those on the schedule.'),
    endless: fail('Objects may stay without end: {reason}.', {
      fix: 'Add an enabled lifecycle rule for all objects (empty Filter) that expires objects and, with versioning, noncurrent versions.',
      caution: ERASES,
    }),
    tooLong: fail('Under rule {rule}, objects stay up to {days} days, longer than {maximum} days.', LOWER_DAYS),
    locked: fail('Object Lock keeps new objects for {days} days, longer than {maximum} days.', SHORTEN_LOCK),
    tooShort: fail('Objects are erased after {days} days by rule {rule}, sooner than {minimum} days.', RAISE_DAYS, {
      only: ['gdpr 30(1)(f)'],
    }),
  },
  evaluate({ bucket, params }) {
    const { appliesTo, minimumDays, maximumDays } = params;
    const scheduled = keptBy(bucket, params.schedule);
    if (scheduled === null && !inScope(bucket, appliesTo)) return say('notNamed');
    const { minimum, maximum } = scheduled ?? { minimum: minimumDays, maximum: maximumDays };
    const { shortest, longest } = lifeOf(bucket);
    if (longest === null) return say('endless', { reason: whyEndless(bucket) });
    if (longest.days > maximum) return say(longest.isLocked ? 'locked' : 'tooLong', { ...longest, maximum });
    if (shortest && shortest.days < minimum) return say('tooShort', { ...shortest, minimum });
    return say('erased', longest);
  },
});
