/** The service understood and said no; throttling, faults of the service and lost connections are worth another try. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  const isThrottle = error instanceof Error && /Throttl|TooManyRequests/.test(error.name);
  return status >= 400 && status < 500 && status !== 429 && !isThrottle;
}

/** The service rejects the input, from any caller. */
export const isUnreadable = (error: unknown): boolean =>
  isRefusal(error) && [400, 413].includes(statusOf(error));

/** The HTTP status of an answer; 0 if there was no answer. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error && '$metadata' in error)) return 0;
  const { httpStatusCode = 0 } = error.$metadata as { readonly httpStatusCode?: number };
  return httpStatusCode;
}
