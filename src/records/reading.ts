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

/** A facet that was read, or the reason why it could not be. */
export type Reading<T> = { readonly value: T } | Unread;

export interface Unread {
  readonly unavailable: string;
  /** The IAM action that was refused, where one was. */
  readonly action?: string;
}

/** Why it could not be read, with the permission that it takes. */
export const reasonOf = ({ unavailable, action }: Unread) =>
  action ? `${unavailable} (needs ${action})` : unavailable;
