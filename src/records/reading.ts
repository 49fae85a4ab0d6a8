/** What a rule judges: which resource it is. How it is configured is in its facets. */
export interface Identity {
  /** Type as AWS Config names it, such as AWS::S3::Bucket. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
}

/** A facet that was read, or the reason why it could not be read. */
export type Reading<T> = { readonly value: T } | Unread;

export interface Unread {
  readonly unavailable: string;
  /** The IAM action that was refused, where one was. */
  readonly action?: string;
}

/** Why it could not be read, with the permission that it takes. */
export const reasonOf = ({ unavailable, action }: Unread) =>
  action ? `${unavailable} (needs ${action})` : unavailable;

/** Whether a facet was read. */
export const isKnown = <T>(reading: Reading<T>): reading is { readonly value: T } =>
  'value' in reading;

/** Several readings as one: known when all are, else the first that is not. */
export function together<R extends Readonly<Record<string, Reading<unknown>>>>(
  readings: R,
): Reading<{ readonly [K in keyof R]: R[K] extends Reading<infer T> ? T : never }> {
  const values: Record<string, unknown> = {};
  for (const [name, reading] of Object.entries(readings)) {
    if (!isKnown(reading)) return reading;
    values[name] = reading.value;
  }
  return { value: values as never };
}
