import { say } from '../../engine/message.ts';
import { flag, hours, type ParamsOf } from '../../engine/parameters.ts';
import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { Timed } from '../../facts/index.ts';
import type { Delivery, Trail } from '../../facts/trails.ts';
import { reasonOf } from '../../records/reading.ts';
import { cut, list } from '../../values/text.ts';
import { hoursBetween } from '../../values/time.ts';

/** What a trail must do for its log to stand as evidence. */
export const integrityDemands = {
  requireMultiRegion: flag(true, 'Whether the trail must record all Regions.'),
  requireValidation: flag(true, 'Whether the trail must validate its log files.'),
  requireKms: flag(true, 'Whether the trail must encrypt with a KMS key.'),
  maximumDeliveryLagHours: hours(24, 'Hours that may pass since the latest delivery.'),
} as const;

type Demands = ParamsOf<typeof integrityDemands> & Timed;

/**
 * The trail that does it all, or what the one that comes closest lacks.
 * @throws EvidenceUnavailable when the status of a trail that lacks nothing else could not be read, and no other will do.
 */
export function judgeIntegrity(trails: readonly Trail[], demands: Demands) {
  const judged = trails
    .map((trail) => ({ trail, lacks: lacksOf(trail, demands) }))
    .sort((one, other) => one.lacks.length - other.lacks.length);
  const [closest] = judged;
  if (closest === undefined) return say('noTrail');
  const whole = judged.filter(({ lacks }) => lacks.length === 0).map(({ trail }) => trail);
  const reliable = whole.find(({ status }) => 'value' in status);
  if (reliable) return say('reliable', { trail: cut(reliable.name, 60) });
  for (const { name, status } of whole) {
    if ('unavailable' in status) {
      throw new EvidenceUnavailable('trails', `trail ${cut(name, 40)}: ${reasonOf(status)}`);
    }
  }
  const values = { trail: cut(closest.trail.name, 40), lacks: list(closest.lacks) };
  const all = judged.map(({ trail, lacks }) => ({ trail: trail.name, lacks }));
  return say('lacking', values, { trails: all });
}

/** Fit to follow the name of the trail. */
function lacksOf(trail: Trail, demands: Demands): readonly string[] {
  const lacks = [
    demands.requireMultiRegion && !trail.isMultiRegion ? 'records one Region alone' : null,
    demands.requireValidation && !trail.validatesLogFiles
      ? 'does not validate its log files'
      : null,
    demands.requireKms && trail.key === null ? 'encrypts without a KMS key' : null,
    deliveryLackOf(trail, demands),
  ];
  return lacks.filter((each) => each !== null);
}

/** Digest files, by which log files are validated, are delivered beside them every hour. */
function deliveryLackOf(trail: Trail, demands: Demands): string | null {
  if (!('value' in trail.status)) return null;
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
