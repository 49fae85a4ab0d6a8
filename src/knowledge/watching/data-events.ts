import { say } from '../../engine/message.ts';
import { choice, flag, ownList, type ParamsOf } from '../../engine/parameters.ts';
import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { EventSelector, Half } from '../../facts/event-selectors.ts';
import type { EventDataStore, Trail, TrailStatus } from '../../facts/trails.ts';
import { type Identity, type Reading, reasonOf } from '../../records/reading.ts';
import { cut, list } from '../../values/text.ts';
import { roleEntry } from '../buckets/scope.ts';
import { reachOf } from './event-selectors.ts';

type Bucket = Identity & Pick<BucketFacets, 'roles' | 'trails' | 'eventDataStores'>;

/** Which data events must be logged, and what counts beside the account's own trails. */
export const dataEventDemands = {
  eventTypes: choice('both', ['read', 'write', 'both'], 'Which data events must be logged.'),
  acceptOrganizationTrails: flag(true, 'Whether trails of the organization count.'),
  acceptEventDataStores: flag(true, 'Whether event data stores of CloudTrail Lake count.'),
  excludeRoles: ownList(
    roleEntry,
    'Roles of buckets that are left out; a log of the delivery of logs never ends.',
    ['trail-target'],
  ),
} as const;
type Demands = ParamsOf<typeof dataEventDemands>;

/**
 * Each half of the events may be logged by another source, but whole by one.
 * @throws EvidenceUnavailable when what could not be read of a trail may log what nothing else does.
 */
export function judgeDataEvents(bucket: Bucket, demands: Demands) {
  const excused = bucket.roles.find(({ role }) => demands.excludeRoles.includes(role));
  if (excused) return say('excluded', excused);

  const { eventTypes } = demands;
  const halves: readonly Half[] = eventTypes === 'both' ? ['read', 'write'] : [eventTypes];
  const sources = bucket.trails.map((trail) => ofTrail(trail, demands));
  let missing = halves.filter((half) => loggerOf(sources, bucket, half) === undefined);
  if (missing.length > 0 && demands.acceptEventDataStores) {
    sources.push(...bucket.eventDataStores.map(ofStore));
    missing = missing.filter((half) => loggerOf(sources, bucket, half) === undefined);
  }
  if (missing.length === 0) {
    const loggers = halves.map((half) => loggerOf(sources, bucket, half)?.name ?? '');
    return say('logged', { halves: list(halves), sources: list([...new Set(loggers)]) });
  }
  const found = missing.flatMap((half) => sources.map((source) => logs(source, bucket, half)));
  for (const each of found) {
    if (each.logs === 'unknown') throw new EvidenceUnavailable('trails', each.because);
  }
  const lacks = found.flatMap((each) => (each.logs === 'part' ? [each.because] : []));
  return incomplete(list(missing), [...new Set(lacks)]);
}

function incomplete(halves: string, shortcomings: readonly string[]) {
  if (shortcomings.length === 0) return say('notLogged', { halves });
  const shown = shortcomings.slice(0, 2).map((each) => cut(each, 75));
  const others = shortcomings.length - shown.length;
  const all = list([...shown, ...(others > 0 ? [`${others} more`] : [])]);
  return say('incomplete', { halves, shortcomings: all }, { shortcomings });
}

/** A trail or an event data store. */
interface Source {
  /** "trail audit". */
  readonly name: string;
  /** Why nothing that counts is logged, fit to follow the name; null when it is. */
  readonly obstacle: Reading<string | null>;
  readonly selectors: Reading<readonly EventSelector[]>;
}

function ofTrail({ name, isOrganization, status, selectors }: Trail, demands: Demands): Source {
  const counts = demands.acceptOrganizationTrails || !isOrganization;
  const running = 'value' in status ? { value: obstacleOf(status.value) } : status;
  const obstacle = counts ? running : { value: 'is of the organization' };
  return { name: `trail ${cut(name, 40)}`, obstacle, selectors };
}

function obstacleOf({ isLogging, logFiles }: TrailStatus): string | null {
  if (!isLogging) return 'is stopped';
  return logFiles.error === null ? null : `cannot deliver (${cut(logFiles.error, 30)})`;
}

function ofStore({ name, status, selectors }: EventDataStore): Source {
  return {
    name: `event data store ${cut(name, 40)}`,
    obstacle: { value: status === 'ENABLED' ? null : `is in status ${cut(status, 30)}` },
    selectors: { value: selectors },
  };
}

const loggerOf = (sources: readonly Source[], bucket: Bucket, half: Half) =>
  sources.find((source) => logs(source, bucket, half).logs === 'every');

type Logs =
  | { readonly logs: 'every' | 'none' }
  | { readonly logs: 'part' | 'unknown'; readonly because: string };

function logs({ name, obstacle, selectors }: Source, bucket: Bucket, half: Half): Logs {
  const reach = 'value' in selectors ? reachOf(selectors.value, bucket.arn, half) : null;
  if (reach === 'none') return { logs: 'none' };
  if ('value' in obstacle && obstacle.value !== null) {
    return { logs: 'part', because: `${name} ${obstacle.value}` };
  }
  if (reach !== null && reach !== 'every') {
    return { logs: 'part', because: `${name} logs only ${reach.only}` };
  }
  for (const reading of [obstacle, selectors]) {
    if ('value' in reading) continue;
    return { logs: 'unknown', because: `${name}: ${reasonOf(reading)}` };
  }
  return { logs: 'every' };
}
