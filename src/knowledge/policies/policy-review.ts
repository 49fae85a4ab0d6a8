import { say } from '../../engine/message.ts';
import { days, type ParamsOf, recordsFrom } from '../../engine/parameters.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Timed } from '../../facts/index.ts';
import type { Identity } from '../../records/reading.ts';
import type { Review } from '../../settings/review.ts';
import { daysBetween } from '../../values/time.ts';

export const reviewTerms = {
  maximumAgeDays: days(90, 'For how many days a review holds.'),
  reviews: recordsFrom('reviews', 'Reviews on record; one with a date ahead does not count.'),
} as const;

/** Is the last review of the policy recent, and of the policy as it is? */
export function judgeReview(
  bucket: Identity & Pick<BucketFacets, 'policySha256'> & Timed,
  { reviews, maximumAgeDays }: ParamsOf<typeof reviewTerms>,
) {
  const { arn, policySha256, now } = bucket;
  if (policySha256 === null) return say('noPolicy');
  const evidence = { policySha256 };
  const review = lastReview(reviews, arn, policySha256, now);
  if (review === undefined) return say('unreviewed', { policySha256 }, evidence);
  const { reviewer, at } = review;
  if (review.policySha256 !== policySha256) {
    return say('changed', { reviewer, at, policySha256 }, evidence);
  }
  const isStale = daysBetween(at, now) > maximumAgeDays;
  return isStale
    ? say('stale', { reviewer, at, maximumAgeDays }, evidence)
    : say('attested', { reviewer, at }, evidence);
}

/**
 * The last review of a bucket's policy; of several on one day, one of the policy as it is. One with a date ahead is none yet:
 * it would otherwise stretch the time until the next.
 */
export function lastReview(
  reviews: readonly Review[],
  arn: string,
  policySha256: string,
  now: string,
): Review | undefined {
  const begun = (byArn(reviews).get(arn) ?? []).filter(({ at }) => at <= now.slice(0, 10));
  const day = begun.reduce((latest, { at }) => (at > latest ? at : latest), '');
  const onThatDay = begun.filter(({ at }) => at === day);
  return onThatDay.find((review) => review.policySha256 === policySha256) ?? onThatDay.at(-1);
}

/** Of one list of reviews, which every bucket is looked up in. */
const indexes = new WeakMap<readonly Review[], ReadonlyMap<string, readonly Review[]>>();

function byArn(reviews: readonly Review[]): ReadonlyMap<string, readonly Review[]> {
  const known = indexes.get(reviews);
  if (known) return known;
  const index = new Map<string, Review[]>();
  for (const review of reviews) {
    const others = index.get(review.arn);
    if (others) others.push(review);
    else index.set(review.arn, [review]);
  }
  indexes.set(reviews, index);
  return index;
}
