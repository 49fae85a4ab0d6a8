import { defineRule, fail, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeReview, reviewTerms } from '../src/knowledge/policies/policy-review.ts';

const FIX = `Read the policy, mend it where needed, and add to reviews in the settings: arn, policySha256 (the finding says it), reviewer and at.`;

export default defineRule({
  id: 's3-policy-review-attested',
  areas: ['reviews'],
  severity: 'low',
  title: 'S3 bucket policies were reviewed recently and have not changed since',
  rationale: `Tools tell what a policy allows; whether that is still wanted, only people know, and nobody looks again unless it is due.`,
  limits: [
    `Sees that a review is on record, not how thorough it was. The hash is of what the policy says, whatever its layout (docs/policy-reviews.md); ACLs and access points are not part of it.`,
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('Access to personal data is assessed anew at regular intervals.'),
    'gdpr 24(1)': supporting('The measure that decides who gets in is reviewed, and the review is on record.'),
    'hipaa 164.308(a)(4)(ii)(C)': primary('The review of who has access is documented, and a change needs a new one.'),
    'hipaa 164.308(a)(8)': supporting('The policies in force are evaluated periodically.'),
  },
  reads: ['policySha256', 'now'],
  parameters: reviewTerms,
  messages: {
    attested: pass('{reviewer} reviewed the policy on {at}, and it has not changed since.'),
    unreviewed: fail('No review of the policy is on record; its SHA-256 is {policySha256}.', { fix: FIX }),
    changed: fail('The policy has changed since {reviewer} reviewed it on {at}; its SHA-256 is now {policySha256}.', {
      fix: FIX,
    }),
    stale: fail('{reviewer} last reviewed the policy on {at}, more than {maximumAgeDays} days ago.', { fix: FIX }),
    noPolicy: skip('The bucket has no policy.'),
  },
  evaluate: ({ bucket, params }) => judgeReview(bucket, params),
});
