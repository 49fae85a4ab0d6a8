/** What Lambda says besides the event (Developer Guide, "Using the Lambda context object to retrieve Node.js function information"). */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the invocation. */
  readonly getRemainingTimeInMillis?: () => number;
}

/** How long before the end nothing new is begun: what was judged has to be reported, and retired what is gone. */
const RESERVE_MILLISECONDS = 60_000;

/** Whether there is time to judge one more subject; always, where there is no limit. A short limit keeps a tenth of it back. */
export function timeLeftOf({ getRemainingTimeInMillis: left }: LambdaContext = {}): () => boolean {
  if (left === undefined) return () => true;
  const reserve = Math.min(RESERVE_MILLISECONDS, left() / 10);
  return () => left() > reserve;
}
