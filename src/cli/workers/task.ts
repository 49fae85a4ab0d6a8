import type { Settings } from '../../settings/settings.ts';

/** What a worker is started with. It is copied into its thread. */
export interface WorkerTask {
  readonly paths: readonly string[];
  readonly rules: readonly string[];
  readonly settings: Settings;
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
  readonly namesBuckets: boolean;
  /** What stands for names in what is shared: each thread would have another. */
  readonly standIn: string;
}

/** What a worker decided of the records that it was given. */
export interface WorkerAnswer {
  /** Whether what was told before is not referred to any more. */
  readonly isFresh: boolean;
  /** What is told for the first time: JSON of a list of what findings share. */
  readonly told: string;
  /** For each record which of all that was told its findings rest on; null where it has to be judged by itself. */
  readonly found: readonly (readonly number[] | null)[];
}

/** How many workers --workers asks for; null where it is no number from 1 to 64. */
export function workersOf(text = '1'): number | null {
  return /^(?:[1-9]|[1-5]\d|6[0-4])$/.test(text) ? Number(text) : null;
}
