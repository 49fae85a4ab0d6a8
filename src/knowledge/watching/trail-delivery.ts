import type { Delivery, Trail } from '../../facts/trails.ts';
import { isKnown } from '../../records/reading.ts';
import { cut } from '../../values/text.ts';
import { hoursBetween } from '../../values/time.ts';

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
  return hoursBetween(at, now) > maximumDeliveryLagHours
    ? `delivered no ${kind} file since ${at.slice(0, 16)}Z`
    : null;
}
