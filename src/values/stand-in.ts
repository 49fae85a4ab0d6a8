/** As long as the name of a bucket can be, so that no limit on work is reached with a name that is not reached with this one. */
const LENGTH = 63;

/**
 * Stands for the name of a subject in what is worked out once for many. Each process has another one, which nobody who writes
 * records can know: what contains it was put there by this program.
 */
export const STAND_IN = String.fromCharCode(
  ...crypto.getRandomValues(new Uint8Array(LENGTH)).map((byte) => 0x61 + (byte % 26)),
);

/** The ARN with the stand-in in place of the name that it ends with. */
export function standInFor(arn: string): string {
  const prefix = arn.slice(0, arn.lastIndexOf(':') + 1);
  // Nearly always the same, and then the same text, which a map finds at once.
  if (prefix !== last.prefix) last = { prefix, text: prefix + STAND_IN };
  return last.text;
}

let last = { prefix: '', text: STAND_IN };

/** The text with the name where its stand-in is. */
export const named = (text: string, name: string): string => text.replaceAll(STAND_IN, name);

/** Plain data with the name wherever its stand-in is, in keys as well. */
export function namedData<T extends object>(data: T, name: string): T {
  return JSON.parse(named(JSON.stringify(data), JSON.stringify(name).slice(1, -1)));
}

export const hasStandIn = (data: unknown): boolean =>
  typeof data === 'string' ? data.includes(STAND_IN) : JSON.stringify(data).includes(STAND_IN);
