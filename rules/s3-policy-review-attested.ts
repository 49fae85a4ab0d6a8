import { days, defineRule, fail, pass, primary, recordsFrom, say, skip, supporting } from '../src/engine/rule.ts';
import { lastReview, reviewAhead } from '../src/knowledge/policies/policy-review.ts';
import { daysBetween } from '../src/values/time.ts';

const REVIEW = {
  fix:
    'Review the policy. If you change it, evaluate again for the new hash. Then add arn, policySha256 (from the finding), reviewer and ' +
    'at under reviews in the settings, and deploy them.',
};

export default defineRule({
  id: 's3-policy-review-attested',
  areas: ['reviews'],
  severity: 'low',
  title: 'S3 bucket policies were reviewed recently, in their present form',
  rationale:
    'Tools report what a policy allows, but only people know whether that is still wanted. Without a due date, no one looks again.',
  limits: [
    'The rule sees that a review is on record, not how thorough it was.',
    'Days are days in UTC: a review counts from the start of its day, and through the last day of the set time.',
    'The hash covers what the policy says, whatever its layout (docs/policy-reviews.md). ACLs and access points are not part of it.',
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('A review of the bucket policy is on record, and is not older than the set time.'),
    'gdpr 24(1)': supporting('The review of the policy is on record.'),
    'hipaa 164.308(a)(4)(ii)(C)': primary('The review of the policy is documented, and a change of the policy needs a new one.'),
    'hipaa 164.316(b)(1)': supporting('The review of the policy, as 164.308(a)(4)(ii)(C) asks, is on record.'),
    'hipaa 164.308(a)(8)': supporting('A recent review of the policy is on record.'),
  },
  reads: ['policySha256', 'now'],
  parameters: {
    maximumAgeDays: days(90, 'Number of days that a review is valid.'),
    reviews: recordsFrom('reviews', 'Reviews on record; one with a date in the future does not count.'),
  },
  messages: {
    attested: pass('{reviewer} reviewed the policy in its present form on {at}.'),
    ahead: fail('{reviewer} reviewed the policy on {at}, a day that has not begun in UTC; the review counts from then on.', {
      fix: 'Wait until that day begins in UTC, or give the day of the review in UTC under reviews in the settings, and deploy them.',
    }),
    unreviewed: fail('No review of the policy is on record; its SHA-256 is {policySha256}.', REVIEW),
    changed: fail('The policy is not the one that {reviewer} reviewed on {at}; its SHA-256 is now {policySha256}.', REVIEW),
    stale: fail('{reviewer} last reviewed the policy on {at}, more than {maximumAgeDays} days ago.', REVIEW),
    noPolicy: skip('The bucket has no policy.'),
  },
  evaluate({ bucket, params }) {
    const { arn, policySha256, now } = bucket;
    const { reviews, maximumAgeDays } = params;
    if (policySha256 === null) return say('noPolicy');
    const evidence = { policySha256 };
    const review = lastReview(reviews, arn, now);
    const isStale = review !== undefined && daysBetween(review.at, now) > maximumAgeDays;
    if (review?.policySha256 === policySha256 && !isStale) return say('attested', { reviewer: review.reviewer, at: review.at }, evidence);
    const ahead = reviewAhead(reviews, arn, policySha256, now);
    if (ahead) return say('ahead', { reviewer: ahead.reviewer, at: ahead.at }, evidence);
    if (review === undefined) return say('unreviewed', { policySha256 }, evidence);
    const { reviewer, at } = review;
    if (review.policySha256 !== policySha256) return say('changed', { reviewer, at, policySha256 }, evidence);
    return say('stale', { reviewer, at, maximumAgeDays }, evidence);
  },
});
