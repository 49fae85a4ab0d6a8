import { bucketsEntry } from './entry.ts';

/** How long data of one kind is kept: an entry of the retention schedule of the organization. */
export interface RetentionPeriod {
  /** Which buckets: a name with wildcards, or tag=value. Of several entries for one bucket the narrowest counts. */
  readonly buckets: string;
  /** The least and the most that an object is kept, as current and then as noncurrent version. */
  readonly minimumDays: number;
  readonly maximumDays: number;
  /** The same only for noncurrent versions; both or neither. */
  readonly noncurrentMinimumDays?: number;
  readonly noncurrentMaximumDays?: number;
}

const DAYS = {
  type: 'integer',
  minimum: 1,
  maximum: 36_500,
  description: 'a number of days from 1 to 36500',
};

/** JSON Schema of an entry of retention. */
export const retentionEntry = {
  type: 'object',
  description: 'buckets with the minimum and the maximum number of days that their data is kept',
  additionalProperties: false,
  required: ['buckets', 'minimumDays', 'maximumDays'],
  properties: {
    buckets: {
      type: 'string',
      pattern: bucketsEntry.pattern,
      description: bucketsEntry.expected,
    },
    minimumDays: DAYS,
    maximumDays: DAYS,
    noncurrentMinimumDays: DAYS,
    noncurrentMaximumDays: DAYS,
  },
};

/** What its days should have been; null when they agree. With a minimum above the maximum, no bucket could pass. */
export function misbounded(period: RetentionPeriod): string | null {
  const { noncurrentMinimumDays: least, noncurrentMaximumDays: most } = period;
  if (period.minimumDays > period.maximumDays) return 'minimumDays of at most maximumDays';
  if ((least === undefined) !== (most === undefined)) {
    return 'both noncurrentMinimumDays and noncurrentMaximumDays, or neither';
  }
  const isOrdered = least === undefined || most === undefined || least <= most;
  return isOrdered ? null : 'noncurrentMinimumDays of at most noncurrentMaximumDays';
}
