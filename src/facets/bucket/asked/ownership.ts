import type { ObjectOwnership } from '../../../facts/bucket-settings.ts';
import { oneOf } from '../../../values/json.ts';
import { asked, orNull } from '../../asked.ts';

const SETTINGS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/**
 * Not in the configuration item. A bucket without the setting behaves as ObjectWriter (Amazon S3 User Guide, "Controlling
 * ownership of objects").
 */
export const ownership = asked<ObjectOwnership, 'GetBucketOwnershipControls'>(
  ['GetBucketOwnershipControls'],
  async (ask, { resourceName: Bucket, account: ExpectedBucketOwner }) => {
    const answer = await orNull(
      ask('GetBucketOwnershipControls', { Bucket, ExpectedBucketOwner }),
      'OwnershipControlsNotFoundError',
    );
    if (answer === null) return 'ObjectWriter';
    const setting = answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return oneOf(setting, SETTINGS, 'ObjectOwnership');
  },
);
