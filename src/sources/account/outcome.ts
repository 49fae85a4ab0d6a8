import { reasonOf } from '../../services/failures.ts';
import { Refused } from '../../services/services.ts';

/** What stands in a record in place of something that could not be had; facets take it for missing evidence. */
export interface Unavailable {
  /** Fit to follow "could not be assessed:". */
  readonly unavailable: string;
  readonly action?: string;
}

/** What a question came to: an answer, that there is none, or that nobody can know here. */
export type Outcome<T> = { readonly answer: T } | { readonly none: true } | Unavailable;

/** The resource was deleted while it was asked about. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/**
 * Nothing more can be asked, so that the collection stops where it is and goes on later: the credentials have expired or are
 * not there, or the network is not (names of the SDK's credential providers, AWS common errors, codes of Node).
 */
export const endsAll = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { name, code = '' } = error as NodeJS.ErrnoException;
  return /^Expired|^CredentialsProviderError$|^TokenProviderError$/.test(name) || STOPPED.has(code);
};

const STOPPED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ECONNRESET',
]);

/** @param none the error by which the service says that there is nothing. @throws Gone, and what ends the collection. */
export async function outcomeOf<T>(
  question: Promise<T>,
  none: string | null = null,
): Promise<Outcome<T>> {
  try {
    return { answer: await question };
  } catch (error) {
    if (endsAll(error)) throw error;
    if (!(error instanceof Error)) return { unavailable: String(error) };
    if (error.name === none) return { none: true };
    if (error.name === 'NoSuchBucket') throw new Gone(error.name, { cause: error });
    return unavailableBy(error);
  }
}

export function unavailableBy(error: Error): Unavailable {
  if (!(error instanceof Refused)) return { unavailable: reasonOf(error) };
  return { unavailable: error.message, ...(error.action ? { action: error.action } : {}) };
}
