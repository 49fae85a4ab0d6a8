import type { ExpectedPopulation } from '../../settings/population.ts';
import type { UsedAnswer } from '../../sources/source.ts';
import { hoursBetween, instantIn } from '../../values/time.ts';
import type { Problem } from '../tables.ts';
import { ageIn } from './place.ts';

/**
 * Places whose answers of services are older than a snapshot may be, one sentence each: what they say is said of another time. An
 * answer that does not say when it was given is taken for one of the time of the run.
 * @param now the time of the run (ISO, UTC).
 */
export function oldAnswers(
  answers: Iterable<UsedAnswer>,
  now: string,
  { maximumSnapshotAgeHours: maximum }: Pick<ExpectedPopulation, 'maximumSnapshotAgeHours'>,
): readonly Problem[] {
  const oldest = new Map<string, string>();
  for (const answer of answers) {
    const place = `Account ${answer.account}, ${answer.region}`;
    const at = timeOf(answer);
    if (at !== null && at < (oldest.get(place) ?? now)) oldest.set(place, at);
  }
  return [...oldest].flatMap(([place, at]): readonly Problem[] => {
    const hours = hoursBetween(at, now);
    if (hours <= maximum) return [];
    const because = `The oldest answer of a service is ${ageIn(hours)} old, more than ${maximum} hours.`;
    return [{ kind: 'region', message: `${place} is assessed only in part: ${because}` }];
  });
}

/** A credential report may be older than the answer that holds it (IAM API reference, GetCredentialReport, GeneratedTime). */
function timeOf({ capturedAt, output }: UsedAnswer): string | null {
  const { GeneratedTime: given } = output;
  const generated = typeof given === 'string' ? instantIn(given) : null;
  if (generated === null || capturedAt === null) return generated ?? capturedAt;
  return generated < capturedAt ? generated : capturedAt;
}
