import { say } from '../../engine/message.ts';
import { days, flag, type ParamsOf } from '../../engine/parameters.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import {
  incompleteUploadsAtMost,
  noncurrentAtLeast,
  noncurrentAtMost,
  removesDeleteMarkers,
  whyUnbounded,
} from './lifecycle.ts';

/** How long earlier versions are kept, and what must not pile up beside them. */
export const versionBounds = {
  noncurrentMinimumDays: days(30, 'Days that every noncurrent version is kept at least.', {
    atMost: 'noncurrentMaximumDays',
  }),
  noncurrentMaximumDays: days(365, 'Days after which every noncurrent version is gone.'),
  requireDeleteMarkerCleanup: flag(true, 'Whether delete markers without versions must go.'),
  abortIncompleteUploadDays: days(7, 'Days after which incomplete uploads are aborted; 0: any.', {
    minimum: 0,
  }),
} as const;

export function judgeVersions(
  { versioning, lifecycle }: Pick<BucketFacets, 'versioning' | 'lifecycle'>,
  params: ParamsOf<typeof versionBounds>,
) {
  const { status, mfaDelete } = versioning;
  if (status !== 'Enabled') return say('notEnabled', { status });
  if (mfaDelete) return say('mfaDelete');

  const { noncurrentMinimumDays: minimum, noncurrentMaximumDays: maximum } = params;
  const longest = noncurrentAtMost(lifecycle);
  const shortest = noncurrentAtLeast(lifecycle);
  if (longest === null) return say('unbounded', { reason: whyUnbounded(lifecycle) });
  if (longest.days > maximum) return say('tooLate', { ...longest, maximum });
  if (shortest && shortest.days < minimum) return say('tooEarly', { ...shortest, minimum });
  if (params.requireDeleteMarkerCleanup && !removesDeleteMarkers(lifecycle)) {
    return say('deleteMarkers');
  }
  const uploads = incompleteUploadsAtMost(lifecycle);
  const uploadDays = params.abortIncompleteUploadDays;
  const isBounded = uploadDays === 0 || (uploads !== null && uploads.days <= uploadDays);
  return isBounded ? say('bounded', longest) : say('uploads', { uploadDays });
}
