import { describe, expect, it } from 'vitest';
import rule from '../../rules/s3-policy-review-attested.ts';
import { lastReview } from '../../src/knowledge/policies/policy-review.ts';
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
  compliant: [
    ['reviewed today', {}, 'attested', reviews(review('2026-06-15'))],
    ['reviewed 90 days ago', {}, 'attested', reviews(review('2026-03-17'))],
    ['reviewed within a longer time', {}, 'attested', { ...reviews(review('2025-06-16')), maximumAgeDays: 365 }],
    ['changed and reviewed on one day', {}, 'attested', reviews(review('2026-06-01'), review('2026-06-01', { policySha256: OTHER }))],
  ],
  nonCompliant: [
    // No peer asks for a review: to them, a policy that was never read is in order where it is not public.
    ['never reviewed', {}, 'unreviewed'],
    ['another bucket reviewed', {}, 'unreviewed', reviews(review('2026-06-01', { arn: `${bucket.arn}-2` }))],
    ['reviewed tomorrow', {}, 'unreviewed', reviews(review('2026-06-16'))],
    ['changed since', {}, 'changed', reviews(review('2026-06-01', { policySha256: OTHER }))],
    [
      'put back to what was reviewed before the last review',
      {},
      'changed',
      reviews(review('2026-05-01'), review('2026-06-01', { policySha256: OTHER })),
    ],
    [
      'changed since, by a reviewer with the longest name',
      {},
      'changed',
      reviews(review('2026-06-01', { policySha256: OTHER, reviewer: 'R'.repeat(64) })),
    ],
    ['reviewed 91 days ago', {}, 'stale', reviews(review('2026-03-16'))],
    ['reviewed two days ago', {}, 'stale', { ...reviews(review('2026-06-13')), maximumAgeDays: 1 }],
  ],
  notApplicable: [['no policy', { policySha256: null }, 'noPolicy', reviews(review('2026-06-15'))]],
});

describe('the last review', () => {
  const last = (...list: ReturnType<typeof review>[]) => lastReview(list, bucket.arn, SHA256, '2026-06-15T00:00:00.000Z');

  it('is the newest one, in whatever order they stand', () => {
    const [old, recent] = [review('2026-01-01'), review('2026-02-01')];
    expect(last(old, recent)).toBe(recent);
    expect(last(recent, old)).toBe(recent);
  });

  it('is none without any', () => {
    expect(last()).toBeUndefined();
    expect(last(review('2026-06-16'))).toBeUndefined();
  });
});
