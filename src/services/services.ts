import { isUnreached, noteQuestion } from './failures.ts';
import type { InputOf, OperationName, OutputOf } from './operations.ts';

/** The AWS services as facets see them: one question, one whole answer, whatever number of pages it came in. */
export interface Services {
  /**
   * @param region where to ask; {@link GLOBAL_REGION} for services that have one endpoint.
   * @throws Refused without the permission, else an error named as the service names it.
   */
  ask<O extends OperationName>(
    operation: O,
    input: InputOf<O>,
    region: string,
  ): Promise<OutputOf<O>>;
}

/** The answer cannot be had: the permission is missing, or nobody captured it. Trying again will not fix it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** The IAM action that was refused, where one was. */
  readonly action: string | undefined;

  /** @param reason fit to follow "could not be assessed:". */
  constructor(reason: string, action?: string, options?: ErrorOptions) {
    super(reason, options);
    this.action = action;
  }
}

/** The question is not among those that were captured, so that nothing is known of the answer. */
export class NotCaptured extends Refused {
  /** Without a stack: of many buckets each asks in vain, and a stack costs more than the question. */
  static of(reason: string, action: string): NotCaptured {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return new NotCaptured(reason, action);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}

const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);

/** What an error of an AWS API means: {@link Refused} when the permission is missing, else the error itself. */
export function refusedOr(error: unknown, action: string): unknown {
  const name = error instanceof Error ? error.name : '';
  return DENIED.has(name) ? new Refused('access was denied', action, { cause: error }) : error;
}

/** Each question is put once, and a few at a time: a population of buckets asks about the same trails over and over. */
export function askingOnce(services: Services, atOnce = 8): Services {
  const answers = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const limited = async <T>(run: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await run();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
  return {
    ask<O extends OperationName>(operation: O, input: InputOf<O>, region: string) {
      const question = `${operation} ${region} ${JSON.stringify(input)}`;
      const known = answers.get(question);
      if (known !== undefined) return known as Promise<OutputOf<O>>;
      const answer = limited(() => services.ask(operation, input, region));
      answers.set(question, answer);
      return answer;
    },
  };
}

/** Tells of every question that did not reach its service: what depends on it is missing evidence, and easily overlooked. */
export const noting = (services: Services, note: (error: Error) => void): Services => ({
  async ask(operation, input, region) {
    try {
      return await services.ask(operation, input, region);
    } catch (error) {
      noteQuestion(error, { operation, region });
      if (isUnreached(error)) note(error);
      throw error;
    }
  },
});
