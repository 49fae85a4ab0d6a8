import type { Settings } from './settings.ts';

/**
 * What a person did on a day that has not begun in UTC, one sentence each: a date that is mistyped, or an approval before its time.
 * @param now ISO, UTC.
 */
export function datedAhead(
  {
    waivers,
    reviews,
    attestations,
    addressable = [],
  }: Pick<Settings, 'waivers' | 'reviews' | 'attestations' | 'addressable'>,
  now: string,
): readonly string[] {
  const dated = [
    ...waivers.map(({ id, created }) => [`The waiver ${id}`, created] as const),
    ...reviews.map(({ arn, at }) => [`The review of ${arn}`, at] as const),
    ...attestations.map(({ arn, at }) => [`The attestation of ${arn}`, at] as const),
    ...addressable.map(({ requirement, at }) => [`The decision on ${requirement}`, at] as const),
  ];
  const today = now.slice(0, 10);
  return dated
    .filter(([, at]) => at > today)
    .map(
      ([what, at]) => `${what} is dated ${at}, in the future: it does not count before that day.`,
    );
}
