import { object, optionalCount } from '../../values/json.ts';
import { type ItemFacet, reading } from '../facet.ts';

/** In the configuration of AWS::IAM::Policy, as two counts (awslabs/aws-config-resource-schema; IAM API reference, Policy). */
export const boundaryOnly: ItemFacet<boolean> = {
  from: 'item',
  read: ({ configuration }) =>
    reading(() => {
      const { attachmentCount, permissionsBoundaryUsageCount } = object(
        configuration,
        'configuration',
      );
      // Without its count a policy may be attached.
      if (attachmentCount === undefined) return false;
      const isAttached = optionalCount(attachmentCount, 'attachmentCount') !== null;
      const at = 'permissionsBoundaryUsageCount';
      return !isAttached && optionalCount(permissionsBoundaryUsageCount, at) !== null;
    }),
};
