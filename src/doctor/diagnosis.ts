import type { Reading, Unread } from '../records/reading.ts';
import { isKnown } from '../records/reading.ts';

/** OK: as it must be. FIX: the roll-out would fail, or judge nothing. WARN: worth checking. UNKNOWN: could not be examined. */
export type State = 'OK' | 'FIX' | 'WARN' | 'UNKNOWN';
export const STATES: readonly State[] = ['FIX', 'UNKNOWN', 'WARN', 'OK'];

/** What was examined: these words are part of the interface. */
export const EXAMINATIONS = [
  'deployment',
  'caller',
  'organization',
  'unit',
  'canary',
  'trusted-access',
  'delegated-administrator',
  'bootstrap',
  'code-bucket',
  'delivery-bucket',
  'site-key',
  'canary-move',
  'coverage',
  'account',
  'recorder',
  'recorded-types',
  'compliance-records',
  'delivery-channel',
  'deliveries',
  'security-hub',
  'deployed-rules',
  'deployed-functions',
  'rules-quota',
  'packs-quota',
  'pack-rules-quota',
  'concurrency',
] as const;
export type Examination = (typeof EXAMINATIONS)[number];

/** Where something is so. What is not about it is null. */
export interface Where {
  readonly account: string | null;
  readonly region: string | null;
  /** A unit, a service principal or a bucket. */
  readonly name: string | null;
}

/** One thing examined in one place. Texts may hold values from others: outputs make them printable. */
export interface Diagnosis {
  readonly examined: Examination;
  readonly state: State;
  readonly where: Where;
  /** What is; it names no place, so that what is the same in many places is said once. */
  readonly what: string;
  /** A command or a sentence; null where nothing is to fix. */
  readonly fix: string | null;
}

export const NOWHERE: Where = { account: null, region: null, name: null };

/** Diagnoses of one thing in one place. */
export function about(examined: Examination, where: Partial<Where>) {
  const made = (state: State, what: string, fix: string | null): Diagnosis => ({
    ...{ examined, state, what, fix },
    where: { ...NOWHERE, ...where },
  });
  const unknown = (what: string, { unavailable, action }: Unread, fix?: string) => {
    const why = action === undefined ? unavailable : `${unavailable} (${action})`;
    const again = where.region ? AGAIN_THERE : AGAIN;
    const allow = action === undefined ? again : `Allow ${action} and run this again.`;
    return made('UNKNOWN', `${what}: ${why}.`, fix ?? allow);
  };
  return {
    ok: (what: string) => made('OK', what, null),
    fix: (what: string, fix: string) => made('FIX', what, fix),
    warn: (what: string, fix: string) => made('WARN', what, fix),
    unknown,
    /** The diagnosis of the value, or that it could not be read. */
    from: <T>(
      reading: Reading<T>,
      unread: { readonly what: string; readonly fix?: string },
      judge: (value: T) => Diagnosis,
    ) => (isKnown(reading) ? judge(reading.value) : unknown(unread.what, reading, unread.fix)),
  };
}

const AGAIN = 'Run this again. If the problem remains, the reason says what to check.';
const AGAIN_THERE = `${AGAIN} Also check that the Region is enabled in the account.`;

/** A word quoted for a shell if necessary. Names of recorders and channels come from others. */
export const shell = (word: string): string =>
  /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
