import type { Review } from '../../settings/review.ts';

/**
 * The last review of a bucket's policy; of several on one day, the one that stands last in the settings. One with a date ahead
 * is none yet: it would otherwise stretch the time until the next.
 */
export function lastReview(
  reviews: readonly Review[],
  arn: string,
  now: string,
): Review | undefined {
  const begun = (byArn(reviews).get(arn) ?? []).filter(({ at }) => at <= now.slice(0, 10));
  const day = begun.reduce((latest, { at }) => (at > latest ? at : latest), '');
  return begun.findLast(({ at }) => at === day);
}

/**
 * A review of the policy as it is whose day has not begun in UTC, as where the reviewer is east of it, or the year is
 * mistyped; the nearest of several.
 */
export function reviewAhead(
  reviews: readonly Review[],
  arn: string,
  policySha256: string,
  now: string,
): Review | undefined {
  const ahead = (byArn(reviews).get(arn) ?? []).filter(
    (review) => review.at > now.slice(0, 10) && review.policySha256 === policySha256,
  );
  return ahead.toSorted((one, other) => (one.at < other.at ? -1 : 1))[0];
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
