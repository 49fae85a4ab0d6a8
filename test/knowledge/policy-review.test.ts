import { describe, expect, it } from 'vitest';
import { lastReview } from '../../src/knowledge/policies/policy-review.ts';
import { bucket } from '../describe-rule.ts';

const SHA256 = 'a'.repeat(64);
const review = (at: string, given: object = {}) => ({
  arn: bucket.arn,
  policySha256: SHA256,
  reviewer: 'Head of platform',
  at,
  ...given,
});

describe('the last review', () => {
  const last = (...list: ReturnType<typeof review>[]) =>
    lastReview(list, bucket.arn, '2026-06-15T00:00:00.000Z');

  it('is the newest one, in whatever order they stand', () => {
    const [old, recent] = [review('2026-01-01'), review('2026-02-01')];
    expect(last(old, recent)).toBe(recent);
    expect(last(recent, old)).toBe(recent);
  });

  it('of several on one day is the one that stands last', () => {
    const [first, second] = [
      review('2026-02-01'),
      review('2026-02-01', { policySha256: 'b'.repeat(64) }),
    ];
    expect(last(first, second)).toBe(second);
    expect(last(second, first)).toBe(first);
  });

  it('is none without any', () => {
    expect(last()).toBeUndefined();
    expect(last(review('2026-06-16'))).toBeUndefined();
  });
});
