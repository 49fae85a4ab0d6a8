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
    lastReview(list, bucket.arn, SHA256, '2026-06-15T00:00:00.000Z');

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
