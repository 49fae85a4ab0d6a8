/** A reviewer has read the policy of a bucket and approved it. */
export interface Review {
  /** ARN of the bucket. */
  readonly arn: string;
  /** SHA-256 of the policy in its canonical form, as in the finding and `src/policy/language/canonical.ts`. */
  readonly policySha256: string;
  readonly reviewer: string;
  /** The day of the review in UTC, not where the reviewer is (ISO date). */
  readonly at: string;
}

export const DATE = {
  type: 'string',
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a date such as 2026-12-31',
};

/** JSON Schema of an entry of reviews. */
export const reviewEntry = {
  type: 'object',
  description:
    'reviews with the ARN of the bucket, the hash of its policy, the reviewer and the date',
  additionalProperties: false,
  required: ['arn', 'policySha256', 'reviewer', 'at'],
  properties: {
    arn: {
      type: 'string',
      pattern: '^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{3,255}$',
      description: 'the ARN of a bucket',
    },
    policySha256: {
      type: 'string',
      pattern: '^[0-9a-f]{64}$',
      description: 'a SHA-256 of 64 hexadecimal digits in lower case',
    },
    reviewer: {
      type: 'string',
      pattern: '^[^\\n]{1,64}$',
      description: 'the reviewer, in at most 64 characters',
    },
    at: DATE,
  },
};
