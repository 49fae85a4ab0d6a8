import { say } from '../../engine/message.ts';
import { choice, days, ownList, type ParamsOf } from '../../engine/parameters.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Identity } from '../../records/reading.ts';
import { inScope, scopeEntry } from './scope.ts';

/** Which buckets hold records, and how those are locked. */
export const recordRetention = {
  appliesTo: ownList(scopeEntry, 'Buckets that hold records; none unless given.'),
  mode: choice(
    'GOVERNANCE',
    ['GOVERNANCE', 'COMPLIANCE'],
    'The weakest mode that is accepted: COMPLIANCE, or with GOVERNANCE either.',
  ),
  minimumDays: days(1, 'Days that every new object is retained at least.', {
    atMost: 'maximumDays',
  }),
  maximumDays: days(36_500, 'Days after which every new object can be erased.'),
} as const;

/** Is every new object of a bucket for records locked in the mode and for the days decided? */
export function judgeRetention(
  bucket: Identity & Pick<BucketFacets, 'tags' | 'roles' | 'objectLock'>,
  {
    appliesTo,
    mode: required,
    minimumDays: minimum,
    maximumDays: maximum,
  }: ParamsOf<typeof recordRetention>,
) {
  if (!inScope(bucket, appliesTo)) return say('notNamed');
  const target = bucket.roles.find(({ role }) => role === 'access-log-target');
  if (target) return say('logTarget', target);
  if (bucket.objectLock === null) return say('off');
  const { defaultRetention: retention } = bucket.objectLock;
  if (retention === null) return say('noRetention');
  const isStrong = retention.mode === 'COMPLIANCE' || retention.mode === required;
  if (!isStrong) return say('weakMode', { mode: retention.mode, required });
  if (retention.days < minimum) return say('tooShort', { ...retention, minimum });
  if (retention.days > maximum) return say('tooLong', { ...retention, maximum });
  return say('retained', retention);
}
