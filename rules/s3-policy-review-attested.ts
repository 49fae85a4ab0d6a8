import { days, defineRule, fail, pass, primary, recordsFrom, say, skip, supporting } from '../src/engine/rule.ts';
import { lastReview } from '../src/knowledge/policies/policy-review.ts';
import { daysBetween } from '../src/values/time.ts';

const REVIEW = {
  fix:
    'Review the policy and fix it if necessary. Then add arn, policySha256 (from the finding), reviewer and at under reviews in the ' +
    'settings.',
};

export default defineRule({
  id: 's3-policy-review-attested',
  areas: ['reviews'],
  severity: 'low',
  title: 'S3 bucket policies were reviewed recently and have not changed since',
  rationale: 'Tools report what a policy allows. Only people know whether that is still wanted, and a review that is not due is not done.',
  limits: [
    'The rule sees that a review is on record, not how thorough it was.',
    'The hash covers what the policy says, whatever its layout (docs/policy-reviews.md). ACLs and access points are not part of it.',
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('A review of the policy that decides about access is on record, and not older than the set time.'),
    'gdpr 24(1)': supporting('The review of the policy is on record.'),
    'hipaa 164.308(a)(4)(ii)(C)': primary('The review of the policy is documented, and a change of the policy needs a new one.'),
    'hipaa 164.308(a)(8)': supporting('Policies are evaluated periodically.'),
  },
  reads: ['policySha256', 'now'],
  parameters: {
    maximumAgeDays: days(90, 'Number of days that a review is valid.'),
    reviews: recordsFrom('reviews', 'Reviews on record; one with a date in the future does not count.'),
  },
  messages: {
    attested: pass('{reviewer} reviewed the policy on {at}, and it has not changed since.'),
    unreviewed: fail('No review of the policy is on record; its SHA-256 is {policySha256}.', REVIEW),
    changed: fail('The policy has changed since {reviewer} reviewed it on {at}; its SHA-256 is now {policySha256}.', REVIEW),
    stale: fail('{reviewer} last reviewed the policy on {at}, more than {maximumAgeDays} days ago.', REVIEW),
    noPolicy: skip('The bucket has no policy.'),
  },
  evaluate({ bucket, params }) {
    const { arn, policySha256, now } = bucket;
    const { reviews, maximumAgeDays } = params;
    if (policySha256 === null) return say('noPolicy');
    const evidence = { policySha256 };
    const review = lastReview(reviews, arn, policySha256, now);
    if (review === undefined) return say('unreviewed', { policySha256 }, evidence);
    const { reviewer, at } = review;
    if (review.policySha256 !== policySha256) return say('changed', { reviewer, at, policySha256 }, evidence);
    const isStale = daysBetween(at, now) > maximumAgeDays;
    return isStale ? say('stale', { reviewer, at, maximumAgeDays }, evidence) : say('attested', { reviewer, at }, evidence);
  },
});
