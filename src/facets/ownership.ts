import type { ObjectOwnership } from '../core/facets.ts';
import { unavailableBecause } from './aws-error.ts';
import { reading, type ServiceFacet } from './facet.ts';
import { oneOf } from './json.ts';

const ACTION = 's3:GetBucketOwnershipControls';
const SETTINGS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** Not in the configuration item. A bucket without the setting behaves as ObjectWriter (Amazon S3 User Guide, "Controlling ownership of objects"). */
export const ownership: ServiceFacet<ObjectOwnership> = {
  from: 'service',
  permissions: [ACTION],
  async read(clients, subject) {
    // Loaded when it is needed: the command line starts without the SDK.
    const { GetBucketOwnershipControlsCommand } = await import('@aws-sdk/client-s3');
    try {
      const answer = await clients.s3(subject.region).send(
        new GetBucketOwnershipControlsCommand({
          Bucket: subject.name,
          ExpectedBucketOwner: subject.account,
        }),
      );
      const setting = answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
      return reading(() => oneOf(setting, SETTINGS, 'ObjectOwnership'));
    } catch (error) {
      if (error instanceof Error && error.name === 'OwnershipControlsNotFoundError') {
        return { value: 'ObjectWriter' };
      }
      return unavailableBecause(error, ACTION);
    }
  },
};
