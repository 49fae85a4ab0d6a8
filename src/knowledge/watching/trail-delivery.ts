import type { Delivery, Recorded, Trail } from '../../facts/trails.ts';
import type { WatchedLogGroup } from '../../facts/watching.ts';
import { isKnown } from '../../records/reading.ts';
import { cut, list } from '../../values/text.ts';
import { hoursBetween, isAhead } from '../../values/time.ts';

/** What is asked of the delivery of a trail. */
interface Demands {
  readonly requireValidation: boolean;
  readonly maximumDeliveryLagHours: number;
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

/**
 * What is wrong with the delivery of a trail, fit to follow its name; null when it delivers, or when its status is not known.
 *
 * Digest files, by which log files are validated, are delivered next to them every hour.
 */
export function deliveryLackOf(trail: Trail, demands: Demands): string | null {
  if (!isKnown(trail.status)) return null;
  const { isLogging, logFiles, digestFiles } = trail.status.value;
  if (!isLogging) return 'is stopped';
  const lack = deliveryLack(logFiles, 'log', demands);
  if (lack !== null || !demands.requireValidation || !trail.validatesLogFiles) return lack;
  return deliveryLack(digestFiles, 'digest', demands);
}

function deliveryLack(
  { at, error }: Delivery,
  kind: 'log' | 'digest',
  { maximumDeliveryLagHours, now }: Demands,
): string | null {
  if (error !== null) return `cannot deliver ${kind} files (${cut(error, 30)})`;
  if (at === null) return `has delivered no ${kind} file yet`;
  const hours = hoursBetween(at, now);
  if (isAhead(at, now))
    return `says that it delivered a ${kind} file at ${at.slice(0, 16)}Z, which is ahead`;
  return hours > maximumDeliveryLagHours
    ? `delivered no ${kind} file since ${at.slice(0, 16)}Z`
    : null;
}

/** Why nothing that happens now reaches the log group of a trail, fit to follow its name; null when it does. */
export function logGroupLackOf(
  { deliveryError, deliveredAt: at }: WatchedLogGroup,
  { maximumDeliveryLagHours, now }: Omit<Demands, 'requireValidation'>,
): string | null {
  if (deliveryError !== null) return 'fails to write to its log group';
  // CloudTrail reports an error where it cannot write; no time is no sign of one.
  if (at === null) return null;
  if (isAhead(at, now))
    return `says that it wrote to its log group at ${at.slice(0, 16)}Z, which is ahead`;
  const isStale = hoursBetween(at, now) > maximumDeliveryLagHours;
  return isStale ? `has written nothing to its log group since ${at.slice(0, 16)}Z` : null;
}

/**
 * What is missing of the management events of a trail, fit to follow its name; null when it records all of them, or when
 * what it records is not known. The same is asked by the rule multi-region-cloudtrail-enabled of AWS Config, which fails a
 * trail that leaves out the events of any service (AWS Config Developer Guide).
 */
export function managementLackOf({ management }: Trail): string | null {
  if (!isKnown(management)) return null;
  const { reads, writes } = management.value;
  if (reads === 'none' && writes === 'none') return 'records no management events';
  if (reads === 'none') return 'records no management events that read';
  if (writes === 'none') return 'records no management events that write';
  if (reads === 'some' || writes === 'some') return 'records only a choice of management events';
  const services = [...new Set([...leftOutOf(reads), ...leftOutOf(writes)])];
  return services.length === 0
    ? null
    : `leaves out management events of ${cut(list(services), 60)}`;
}

const leftOutOf = (recorded: Recorded) => (typeof recorded === 'object' ? recorded.allBut : []);
