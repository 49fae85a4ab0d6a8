import rule from '../../rules/s3-policy-review-attested.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const SHA256 = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const review = (at: string, given: object = {}) => ({
  arn: bucket.arn,
  policySha256: SHA256,
  reviewer: 'Head of platform',
  at,
  ...given,
});
const reviews = (...list: readonly object[]) => ({ reviews: list });

describeRule(rule, {
  given: { policySha256: SHA256, now: '2026-06-15T12:00:00.000Z' },
  cases: [
    { when: 'reviewed today', params: reviews(review('2026-06-15')), says: 'attested' },
    { when: 'reviewed 90 days ago', params: reviews(review('2026-03-17')), says: 'attested' },
    { when: 'reviewed within a longer time', params: { ...reviews(review('2025-06-16')), maximumAgeDays: 365 }, says: 'attested' },
    {
      when: 'changed and reviewed on one day',
      params: reviews(review('2026-06-01', { policySha256: OTHER }), review('2026-06-01')),
      says: 'attested',
    },
    {
      when: 'never reviewed',
      says: 'unreviewed',
      peers: 'No peer asks for a review: to them, a policy that was never read is in order where it is not public.',
    },
    { when: 'another bucket reviewed', params: reviews(review('2026-06-01', { arn: `${bucket.arn}-2` })), says: 'unreviewed' },
    { when: 'reviewed tomorrow, as east of UTC', params: reviews(review('2026-06-16')), says: 'ahead' },
    { when: 'reviewed in a year that is mistyped', params: reviews(review('2062-06-15')), says: 'ahead' },
    {
      when: 'reviewed tomorrow, and yesterday in another form',
      params: reviews(review('2026-06-14', { policySha256: OTHER }), review('2026-06-16')),
      says: 'ahead',
    },
    { when: 'reviewed tomorrow, and yesterday', params: reviews(review('2026-06-14'), review('2026-06-16')), says: 'attested' },
    { when: 'reviewed tomorrow in another form', params: reviews(review('2026-06-16', { policySha256: OTHER })), says: 'unreviewed' },
    {
      when: 'reviewed today, just after midnight in UTC',
      facts: { now: '2026-06-15T00:00:00.000Z' },
      params: reviews(review('2026-06-15')),
      says: 'attested',
    },
    {
      when: 'a minute before the day of the review begins',
      facts: { now: '2026-06-14T23:59:00.000Z' },
      params: reviews(review('2026-06-15')),
      says: 'ahead',
    },
    {
      when: 'the last minute of the last day',
      facts: { now: '2026-06-15T23:59:59.999Z' },
      params: reviews(review('2026-03-17')),
      says: 'attested',
    },
    {
      when: 'the first minute after the last day',
      facts: { now: '2026-06-16T00:00:00.000Z' },
      params: reviews(review('2026-03-17')),
      says: 'stale',
    },
    { when: 'changed since', params: reviews(review('2026-06-01', { policySha256: OTHER })), says: 'changed' },
    {
      when: 'put back to what was reviewed before the last review',
      params: reviews(review('2026-05-01'), review('2026-06-01', { policySha256: OTHER })),
      says: 'changed',
    },
    {
      when: 'changed since, by a reviewer with the longest name',
      params: reviews(review('2026-06-01', { policySha256: OTHER, reviewer: 'R'.repeat(64) })),
      says: 'changed',
    },
    { when: 'reviewed 91 days ago', params: reviews(review('2026-03-16')), says: 'stale' },
    { when: 'reviewed two days ago', params: { ...reviews(review('2026-06-13')), maximumAgeDays: 1 }, says: 'stale' },
    { when: 'no policy', facts: { policySha256: null }, params: reviews(review('2026-06-15')), says: 'noPolicy' },
  ],
});
