import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { EventSelector, Half } from '../../facts/event-selectors.ts';
import type { EventDataStore, Trail, TrailStatus } from '../../facts/trails.ts';
import { isKnown, type Reading, reasonOf, together } from '../../records/reading.ts';
import { cut } from '../../values/text.ts';
import { reachOf } from './event-selectors.ts';

/** A trail or an event data store. */
export interface Source {
  /** "trail audit". */
  readonly name: string;
  /** Why nothing that counts is logged, fit to follow the name; null when it is. */
  readonly obstacle: Reading<string | null>;
  readonly selectors: Reading<readonly EventSelector[]>;
}

export function sourceOfTrail(
  { name, isOrganization, status, selectors }: Trail,
  acceptOrganization: boolean,
): Source {
  const counts = acceptOrganization || !isOrganization;
  const running = isKnown(status) ? { value: obstacleOf(status.value) } : status;
  const obstacle = counts ? running : { value: 'is of the organization' };
  return { name: `trail ${cut(name, 40)}`, obstacle, selectors };
}

function obstacleOf({ isLogging, logFiles }: TrailStatus): string | null {
  if (!isLogging) return 'is stopped';
  return logFiles.error === null ? null : `cannot deliver (${cut(logFiles.error, 30)})`;
}

export function sourceOfStore({ name, status, selectors }: EventDataStore): Source {
  return {
    name: `event data store ${cut(name, 40)}`,
    obstacle: { value: status === 'ENABLED' ? null : `is in status ${cut(status, 30)}` },
    selectors: { value: selectors },
  };
}

/** Each half of the events may be logged by another source, but whole by one: those that no source logs whole. */
export const unlogged = (sources: readonly Source[], arn: string, halves: readonly Half[]) =>
  halves.filter((half) => loggerOf(sources, arn, half) === undefined);

/** The sources that log these halves, each named once. */
export const loggersOf = (sources: readonly Source[], arn: string, halves: readonly Half[]) => [
  ...new Set(halves.map((half) => loggerOf(sources, arn, half)?.name ?? '')),
];

const loggerOf = (sources: readonly Source[], arn: string, half: Half) =>
  sources.find((source) => logs(source, arn, half).logs === 'every');

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
  | { readonly logs: 'every' | 'none' }
  | { readonly logs: 'part' | 'unknown'; readonly because: string };

function logs({ name, obstacle, selectors }: Source, arn: string, half: Half): Logs {
  const reach = isKnown(selectors) ? reachOf(selectors.value, arn, half) : null;
  if (reach === 'none') return { logs: 'none' };
  if (isKnown(obstacle) && obstacle.value !== null) {
    return { logs: 'part', because: `${name} ${obstacle.value}` };
  }
  if (reach !== null && reach !== 'every') {
    return { logs: 'part', because: `${name} logs only ${reach.only}` };
  }
  const whole = together({ obstacle, selectors });
  if (!isKnown(whole)) return { logs: 'unknown', because: `${name}: ${reasonOf(whole)}` };
  return { logs: 'every' };
}
