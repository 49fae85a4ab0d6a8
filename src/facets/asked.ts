import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Reading } from '../records/reading.ts';
import { lastingReason, noteQuestion } from '../services/failures.ts';
import type { InputOf, OperationName, OutputOf } from '../services/operations.ts';
import { operations } from '../services/operations.ts';
import { Refused } from '../services/services.ts';
import { Malformed } from '../values/json.ts';
import { GLOBAL_REGION } from '../values/region.ts';
import type { ServiceFacet } from './facet.ts';

/** The resource a facet was asked of no longer exists. */
export class SubjectGone extends Error {
  override readonly name = 'SubjectGone';
}

const GONE: ReadonlySet<string> = new Set([
  'NoSuchBucket',
  'NoSuchAccessPoint',
  'NoSuchMultiRegionAccessPoint',
]);

/** Calls one of the declared operations, in the Region of the subject unless another is named or the service is global. */
export type Ask<O extends OperationName> = <Q extends O>(
  operation: Q,
  input: InputOf<Q>,
  region?: string,
) => Promise<OutputOf<Q>>;

/**
 * A facet that AWS Config does not record. Its reader can put the declared questions and no others, so that the permissions
 * derived from them are exact. What {@link readingFrom} says of errors holds for the whole facet.
 */
export function asked<T, const O extends OperationName>(
  asks: readonly O[],
  read: (ask: Ask<O>, item: ConfigurationItem) => Promise<T>,
  kind: Pick<ServiceFacet<T>, 'isAlternative' | 'isShared' | 'changesWith'> = {},
): ServiceFacet<T> {
  return {
    from: 'service',
    asks,
    ...kind,
    async read(services, item): Promise<Reading<T>> {
      const ask: Ask<O> = async (operation, input, given) => {
        const region = given ?? regionOf(operation, item);
        try {
          return await services.ask(operation, input, region);
        } catch (error) {
          noteQuestion(error, { operation, region });
          throw error;
        }
      };
      try {
        return await readingFrom(() => read(ask, item));
      } catch (error) {
        if (error instanceof Error && GONE.has(error.name)) {
          throw new SubjectGone(error.name, { cause: error });
        }
        throw error;
      }
    },
  };
}

/**
 * What was answered. Missing evidence are a refusal, an answer of another shape, an error with one of these codes, and an error
 * that no retry helps, such as that of a Region that is not enabled. @throws SubjectGone, and whatever is worth another try.
 */
export async function readingFrom<T>(
  read: () => Promise<T>,
  codes: ReadonlySet<string> = new Set(),
): Promise<Reading<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof Malformed) return { unavailable: error.message };
    if (error instanceof Refused) {
      const { message: unavailable, action } = error;
      return action === undefined ? { unavailable } : { unavailable, action };
    }
    if (error instanceof Error && codes.has(error.name)) {
      return { unavailable: `the service answered ${error.name}` };
    }
    if (error instanceof Error && GONE.has(error.name)) throw error;
    const reason = lastingReason(error);
    if (reason === null) throw error;
    return { unavailable: reason };
  }
}

/** IAM has one endpoint for all Regions, as AWS Config says with the Region "global" of its records. */
const regionOf = (operation: OperationName, item: ConfigurationItem) =>
  operations[operation].service.name === 'iam' ? GLOBAL_REGION : item.region;

/** The answer, or null when the service says with one of these error codes that there is none. */
export async function orNull<T>(
  answer: Promise<T>,
  ...codes: readonly string[]
): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && codes.includes(error.name)) return null;
    throw error;
  }
}
