import { EvidenceUnavailable, reasonOf } from './subject.ts';
import { cut, list } from './text.ts';
import { hoursBetween } from './time.ts';
import type { Delivery, Trail } from './trails.ts';

/** What a trail must do for its log to stand as evidence. */
export interface Demands {
  readonly multiRegion: boolean;
  readonly validation: boolean;
  readonly kms: boolean;
  /** How long ago the latest delivery may be. */
  readonly hours: number;
  /** ISO, UTC. */
  readonly now: string;
}

/** The trail that does it all, or what the one that comes closest lacks. */
export type Integrity =
  | { readonly messageId: 'reliable'; readonly trail: string }
  | { readonly messageId: 'noTrail' }
  | {
      readonly messageId: 'lacking';
      readonly trail: string;
      readonly lacks: string;
      readonly evidence: { readonly trails: readonly Judged[] };
    };

interface Judged {
  readonly trail: string;
  readonly lacks: readonly string[];
}

/** @throws EvidenceUnavailable when the status of a trail that lacks nothing else could not be read, and no other will do. */
export function integrityOf(trails: readonly Trail[], demands: Demands): Integrity {
  const judged = trails
    .map((trail) => ({ trail, lacks: lacksOf(trail, demands) }))
    .sort((one, other) => one.lacks.length - other.lacks.length);
  const [closest] = judged;
  if (closest === undefined) return { messageId: 'noTrail' };
  const whole = judged.filter(({ lacks }) => lacks.length === 0).map(({ trail }) => trail);
  const reliable = whole.find(({ status }) => 'value' in status);
  if (reliable) return { messageId: 'reliable', trail: cut(reliable.name, 60) };
  for (const { name, status } of whole) {
    if ('unavailable' in status) {
      throw new EvidenceUnavailable('trails', `trail ${cut(name, 40)}: ${reasonOf(status)}`);
    }
  }
  return {
    messageId: 'lacking',
    trail: cut(closest.trail.name, 40),
    lacks: list(closest.lacks),
    evidence: { trails: judged.map(({ trail, lacks }) => ({ trail: trail.name, lacks })) },
  };
}

/** Fit to follow the name of the trail. */
function lacksOf(trail: Trail, demands: Demands): readonly string[] {
  const lacks = [
    demands.multiRegion && !trail.isMultiRegion ? 'records one Region alone' : null,
    demands.validation && !trail.validatesLogFiles ? 'does not validate its log files' : null,
    demands.kms && trail.key === null ? 'encrypts without a KMS key' : null,
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
  if (lack !== null || !demands.validation || !trail.validatesLogFiles) return lack;
  return deliveryLack(digestFiles, 'digest', demands);
}

function deliveryLack(
  { at, error }: Delivery,
  kind: 'log' | 'digest',
  { hours, now }: Demands,
): string | null {
  if (error !== null) return `cannot deliver ${kind} files (${cut(error, 30)})`;
  if (at === null) return `has delivered no ${kind} file yet`;
  return hoursBetween(at, now) > hours
    ? `delivered no ${kind} file since ${at.slice(0, 16)}Z`
    : null;
}
