import { printable } from '../core/text.ts';
import { Refused } from '../services/services.ts';

/** FIX: the roll-out fails or the rules are blind until it is mended. WARN: it works, but look. UNKNOWN: nobody could look. */
export const DIAGNOSIS_STATES = ['FIX', 'UNKNOWN', 'WARN', 'OK'] as const;
export type DiagnosisState = (typeof DIAGNOSIS_STATES)[number];

export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** One thing that must be true before the roll-out, and whether it is. */
export interface Diagnosis extends Place {
  readonly state: DiagnosisState;
  readonly topic: string;
  /** How things are. Printable, as parts of it come from AWS. */
  readonly says: string;
  /** What to do; nothing where all is well. */
  readonly mend?: string;
}

export type Judgement = Pick<Diagnosis, 'state' | 'says' | 'mend'>;

export const ok = (says: string): Judgement => ({ state: 'OK', says });
export const warn = (says: string, mend: string): Judgement => ({ state: 'WARN', says, mend });
export const fix = (says: string, mend: string): Judgement => ({ state: 'FIX', says, mend });

/** Reads and judges. What could not be read is UNKNOWN, with the action that was refused: it is never taken for well. */
export async function examine(
  topic: string,
  place: Place,
  judge: () => Promise<Judgement>,
): Promise<Diagnosis> {
  try {
    const { says, ...judgement } = await judge();
    return { ...judgement, topic, ...place, says: printable(says) };
  } catch (error) {
    return { state: 'UNKNOWN', topic, ...place, ...unreadable(error) };
  }
}

function unreadable(error: unknown): Pick<Diagnosis, 'says' | 'mend'> {
  if (error instanceof Refused && error.action !== undefined) {
    const { action } = error;
    return { says: `Access to ${action} was denied.`, mend: `Allow ${action} to who runs doctor.` };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const says = printable(`${name}: ${message}`.slice(0, 300));
  if (!NOT_ENABLED.has(name)) return { says, mend: 'Try again, or look into the account.' };
  return { says, mend: 'Enable the Region in the account, or leave it out of regions.' };
}

/** How services of a Region answer to accounts that have not enabled it (AWS General Reference, common errors). */
const NOT_ENABLED: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClientException',
]);

/** Whether an error of AWS has one of these codes. */
export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);
