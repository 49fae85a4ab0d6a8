import { cut, printable } from '../values/text.ts';
import type { OperationName } from './operations.ts';

/** What a question to a service came to when there was no answer. Errors of the SDK keep their own names and classes. */

/** Where and what was asked. */
export interface Question {
  readonly operation: OperationName;
  readonly region: string;
}

const questions = new WeakMap<Error, Question>();

/** Remembers which question an error answers, without changing the error: facets know errors by name. */
export function noteQuestion(error: unknown, question: Question): void {
  if (error instanceof Error) questions.set(error, question);
}

/**
 * The service itself was not reached, whatever was asked: the Region is not enabled in the account or does not exist, or the
 * account has no subscription (AWS General Reference, "Common errors"; Account Management Reference Guide, "Enable or disable
 * AWS Regions"). ENOTFOUND is Node's code for a host name that does not exist.
 */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'AuthFailure',
  'ENOTFOUND',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'OptInRequired',
  'OptInRequiredException',
  'SubscriptionRequired',
  'SubscriptionRequiredException',
  'UnrecognizedClient',
  'UnrecognizedClientException',
]);

/** The service refuses the question itself, which stays the same however often it is put. */
const REFUSED_QUESTION =
  /Invalid|Validation|Malformed|NoSuch|Unsupported|NotSupported|NotImplemented|NotFound|NotPermitted|EndpointError/;

/**
 * What may be over after a while although it answers 400, 404 or 410: throttles (smithy-typescript, service-error-classification),
 * credentials and clocks, and what is still being made, such as the credential report of IAM.
 */
const MAY_PASS =
  /Throttl|SlowDown|TooManyRequests|LimitExceeded|RequestLimit|Timeout|Expired|TooSkewed|Signature|InProgress|NotReady|ReportNotPresent|Conflict|InUse|Aborted|Internal|Unavailable/;

/** A Region that no service can have, which would otherwise have become part of a host name. */
export class NoSuchRegion extends Error {
  override readonly name = 'InvalidRegion';
}

/** Whether it is known which question the error answers. */
export const isAnswer = (error: unknown): boolean => error instanceof Error && questions.has(error);

/** The code by which a service or Node names an error. */
const codeOf = (error: Error) => {
  const { code } = error as NodeJS.ErrnoException;
  return error.name === 'Error' && typeof code === 'string' ? code : error.name;
};

/** Whether no retry helps: the same question will end in the same error. What is not known may pass. */
export function lasts(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (NOT_REACHED.has(code)) return true;
  if (MAY_PASS.test(code)) return false;
  const status = statusOf(error);
  if (status === undefined) return REFUSED_QUESTION.test(code);
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Whether the service was not reached at all, so that the error says nothing of the resource that was asked for. */
export const isUnreached = (error: unknown): error is Error =>
  error instanceof NoSuchRegion || (error instanceof Error && NOT_REACHED.has(codeOf(error)));

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}

/** Longer than the names of operations, Regions and errors; an annotation has room for it. */
const LONGEST = 160;

/** The error in a few words, with the question where one is known; fit to follow "could not be assessed:". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return cut(printable(String(error)), LONGEST);
  const question = questions.get(error);
  const words = question
    ? answerWords(error, question)
    : [codeOf(error), error.message].filter(Boolean).join(': ');
  return cut(printable(words).replace(/\.$/, ''), LONGEST);
}

function answerWords(error: Error, { operation, region }: Question): string {
  const where = region === '' ? `${operation} without a Region` : `${operation} in ${region}`;
  const hint = isUnreached(error) ? ' (is the Region enabled?)' : '';
  // The SDK could not parse it: a proxy, or a service that does not know the operation.
  if (error.name === 'SyntaxError') return `${where} gave an answer that cannot be read`;
  return `${where} answered ${codeOf(error)}${hint}`;
}

/** Why there is no answer and will be none, as {@link reasonOf}; null where a retry may help, and for errors of this code. */
export const lastingReason = (error: unknown): string | null =>
  lasts(error) && isAnswer(error) ? reasonOf(error) : null;
