import type { ObjectOwnership } from '../../../facts/bucket-settings.ts';
import { oneOf, wrong } from '../../../values/json.ts';
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
    const rules = answer.OwnershipControls?.Rules ?? [];
    // There is one rule (Amazon S3 API reference, OwnershipControls). Which of two would count is not documented.
    if (rules.length > 1) throw wrong('OwnershipControls.Rules', 'one rule', rules);
    return oneOf(rules[0]?.ObjectOwnership, SETTINGS, 'ObjectOwnership');
  },
);
