import { GLOBAL_REGION } from '../../values/region.ts';
import { few } from '../../values/text.ts';
import { hoursBetween } from '../../values/time.ts';
import type { Assessed, KnownFrom } from '../rows.ts';
import type { InputHead } from '../tables.ts';
import { EXCLUDED, RECORDER_OFF } from './problems.ts';

/** What AWS Config is known to do in an account and Region: "blind" records, but no buckets. */
export type RecorderState = 'on' | 'blind' | 'off' | 'unknown';

/** A Region of an account, with what was found of it. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly knownFrom: Set<KnownFrom>;
  /** The newest one. */
  snapshot: InputHead | null;
  /** Without the account itself. */
  resources: number;
  subjects: number;
  /** Whether a part of what AWS Config delivered of it could not be read. */
  isDamaged: boolean;
  /** Rules for something there, of which AWS Config holds no result. */
  lacking: readonly string[];
  /** Whether that is so because the rules there are not known to be current. */
  isPast: boolean;
}

export interface PlaceContext {
  readonly recorder: RecorderState;
  /** Whether others have a snapshot: where only records are judged, as of a live account, none is missing. */
  readonly hasSnapshots: boolean;
  /** Why the settings leave it out. */
  readonly excluded: string | undefined;
  readonly maximumHours: number;
  /** The time of the run (ISO, UTC). */
  readonly now: string;
}

type Verdict = readonly [Assessed, reason: string | null];

const DAMAGED = 'A part of what AWS Config delivered of it could not be read.';
const WHOLE: Verdict = ['yes', null];

/** Whether a place was assessed, and why not. */
export function assessmentOf(place: Place, context: PlaceContext): Verdict {
  const found = recordsOf(place, context);
  if (found !== WHOLE || place.lacking.length === 0) return found;
  return ['partly', place.isPast ? OF_THE_PAST : `${LACKING}${few(place.lacking)}.`];
}

/** How the reason begins where the records were seen whole, and results of AWS Config are missing. */
export const LACKING = 'AWS Config holds no result of ';

/** The reason where its results may be of another release, other settings, or functions that no longer run. */
export const OF_THE_PAST =
  'Its results of AWS Config were not taken over, because its rules are not known to be current.';

/** Silence is no pass: an empty snapshot counts only where buckets are known to be recorded. */
function recordsOf(place: Place, context: PlaceContext): Verdict {
  const { region, snapshot, resources, isDamaged } = place;
  const { recorder } = context;
  // Records of IAM, which come with the snapshots of the Regions.
  if (region === GLOBAL_REGION) return WHOLE;
  if (isDamaged) return [resources > 0 ? 'partly' : 'no', DAMAGED];
  if (snapshot === null) return withoutSnapshot(place, context);
  const age = ageOf(snapshot.deliveredAt ?? context.now, context);
  if (age !== null) return ['partly', age];
  if (recorder === 'off') return ['partly', RECORDER_OFF];
  if (recorder === 'blind') {
    return [resources > 0 ? 'partly' : 'no', 'AWS Config does not record buckets here.'];
  }
  return resources > 0 || recorder === 'on'
    ? WHOLE
    : ['no', 'Its snapshot is empty, and it is not known whether AWS Config records buckets here.'];
}

function withoutSnapshot(
  { resources, knownFrom }: Place,
  { excluded, hasSnapshots }: PlaceContext,
): Verdict {
  if (excluded !== undefined && resources === 0) return ['no', EXCLUDED + excluded];
  if (knownFrom.has('history')) {
    return ['partly', 'No snapshot, only history: what did not change is not seen.'];
  }
  if (resources === 0) return ['no', 'No snapshot.'];
  return hasSnapshots ? ['partly', 'Some records, but no snapshot.'] : WHOLE;
}

function ageOf(at: string, { now, maximumHours }: PlaceContext): string | null {
  const hours = hoursBetween(at, now);
  // Clocks differ by minutes, not by hours.
  if (hours < -1) return 'The snapshot was taken after the time of this run.';
  if (hours <= maximumHours) return null;
  return `The newest snapshot is ${ageIn(hours)} old, more than ${maximumHours} hours.`;
}

export const ageIn = (hours: number) =>
  hours < 72 ? `${Math.floor(hours)} hours` : `${Math.floor(hours / 24)} days`;
