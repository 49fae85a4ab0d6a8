import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { EventSelector, Half } from '../../facts/event-selectors.ts';
import type { EventDataStore, ManagementEvents, Trail, TrailStatus } from '../../facts/trails.ts';
import { isKnown, type Reading, reasonOf, together } from '../../records/reading.ts';
import type { Attestation } from '../../settings/attestation.ts';
import { cut } from '../../values/text.ts';
import { hoursBetween, isAhead } from '../../values/time.ts';
import { wordsOf } from '../accounts/attestation.ts';
import { reachOf } from './event-selectors.ts';

/** A trail or an event data store. */
export interface Source {
  /** Who answers for what cannot be seen of it; null where all that counts is seen. */
  readonly attestation: Attestation | null;
  /** "trail audit". */
  readonly name: string;
  /** Why nothing that counts is logged, fit to follow the name; null when it is. */
  readonly obstacle: Reading<string | null>;
  readonly selectors: Reading<readonly EventSelector[]>;
}

/** What is asked of a trail. */
interface Demands {
  readonly acceptOrganizationTrails: boolean;
  readonly maximumDeliveryLagHours: number;
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

export function sourceOfTrail(
  trail: Trail,
  attestations: readonly Attestation[],
  demands: Demands,
): Source {
  const { name, arn, isOrganization, status, selectors } = trail;
  const counts = demands.acceptOrganizationTrails || !isOrganization;
  const running = isKnown(status) ? { value: obstacleOf(status.value, trail, demands) } : status;
  const obstacle = counts ? running : { value: 'is of the organization' };
  const attestation = attestations.find((each) => each.arn === arn) ?? null;
  return { name: `trail ${cut(name, 40)}`, obstacle, selectors, attestation };
}

/** An event data store of another account, which does not show here: all that is known of it is attested. */
export function sourceAttested(attestation: Attestation): Source {
  const unseen = { unavailable: 'it is in another account' };
  const { name, owner } = wordsOf(attestation);
  const whole = `event data store ${name} of account ${owner}`;
  return { name: whole, obstacle: unseen, selectors: unseen, attestation };
}

const NO_MANAGEMENT_EVENTS: ManagementEvents = { reads: 'none', writes: 'none' };

/**
 * Management events are never rare, so that a trail of them delivers log files all the time. One of rare events delivers seldom,
 * but where it validates its log files, a digest every hour.
 */
function obstacleOf(
  { isLogging, logFiles, digestFiles }: TrailStatus,
  { management }: Trail,
  { now, maximumDeliveryLagHours }: Demands,
): string | null {
  if (!isLogging) return 'is stopped';
  if (logFiles.error !== null) return `cannot deliver (${cut(logFiles.error, 30)})`;
  const { reads, writes } = isKnown(management) ? management.value : NO_MANAGEMENT_EVENTS;
  const isRare = reads === 'none' && writes === 'none';
  const times = [logFiles.at, isRare ? digestFiles.at : null].filter((at) => at !== null);
  const [latest] = times.toSorted().reverse();
  if (latest === undefined) return 'has delivered nothing yet';
  const day = latest.slice(0, 10);
  if (isAhead(latest, now)) return `says that it delivered on ${day}, which is ahead`;
  return hoursBetween(latest, now) > maximumDeliveryLagHours
    ? `has delivered nothing since ${day}`
    : null;
}

export function sourceOfStore({ name, status, selectors }: EventDataStore): Source {
  return {
    name: `event data store ${cut(name, 40)}`,
    obstacle: { value: status === 'ENABLED' ? null : `is in status ${cut(status, 30)}` },
    selectors: { value: selectors },
    attestation: null,
  };
}

/** Each half of the events may be logged by another source, but whole by one: those that no source logs whole. */
export const unlogged = (sources: readonly Source[], arn: string, halves: readonly Half[]) =>
  halves.filter((half) => loggerOf(sources, arn, half) === undefined);

/** What logs these halves, each named once, and who answers for what cannot be seen of it; null where all of it is seen. */
export function loggersOf(sources: readonly Source[], arn: string, halves: readonly Half[]) {
  const found = halves.map((half) => ({ half, source: loggerOf(sources, arn, half) }));
  const unseen = found.find(
    ({ half, source }) => source && logs(source, arn, half).logs === 'attested',
  );
  return {
    names: [...new Set(found.map(({ source }) => source?.name ?? ''))],
    attestation: unseen?.source?.attestation ?? null,
  };
}

const loggerOf = (sources: readonly Source[], arn: string, half: Half) =>
  sources.find((source) => logs(source, arn, half).logs === 'every') ??
  sources.find((source) => logs(source, arn, half).logs === 'attested');

/**
 * What keeps the sources that log a part of these halves from logging all of it, each once.
 * @throws EvidenceUnavailable when what could not be read of a trail may log what nothing else does.
 */
export function whyUnlogged(
  sources: readonly Source[],
  arn: string,
  halves: readonly Half[],
): readonly string[] {
  const found = halves.flatMap((half) => sources.map((source) => logs(source, arn, half)));
  for (const each of found) {
    if (each.logs === 'unknown') throw new EvidenceUnavailable('trails', each.because);
  }
  return [...new Set(found.flatMap((each) => (each.logs === 'part' ? [each.because] : [])))];
}

type Logs =
  | { readonly logs: 'every' | 'none' | 'attested' }
  | { readonly logs: 'part' | 'unknown'; readonly because: string };

function logs({ name, obstacle, selectors, attestation }: Source, arn: string, half: Half): Logs {
  const reach = isKnown(selectors) ? reachOf(selectors.value, arn, half) : null;
  if (reach === 'none') return { logs: 'none' };
  if (isKnown(obstacle) && obstacle.value !== null) {
    return { logs: 'part', because: `${name} ${obstacle.value}` };
  }
  if (reach !== null && reach !== 'every') {
    return { logs: 'part', because: `${name} logs only ${reach.only}` };
  }
  const whole = together({ obstacle, selectors });
  if (isKnown(whole)) return { logs: 'every' };
  if (attestation !== null) return { logs: 'attested' };
  return { logs: 'unknown', because: `${name}: ${reasonOf(whole)}` };
}
