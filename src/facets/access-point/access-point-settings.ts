import type { AccessPointSettings } from '../../facts/bucket-settings.ts';
import { isObject, object, optionalText } from '../../values/json.ts';
import { flagsOf } from '../bucket/recorded/public-access-block.ts';
import { collected, type ItemFacet, reading } from '../facet.ts';

export const MULTI_REGION = 'AWS::S3::MultiRegionAccessPoint';
const FLAGS = 'PublicAccessBlockConfiguration';

/** Recorded with the property names of CloudFormation (awslabs/aws-config-resource-schema); a Multi-Region Access Point has no VPC. */
export const accessPointSettings: ItemFacet<AccessPointSettings> = {
  from: 'item',
  read: ({ configuration }) =>
    reading(() => {
      const settings = object(configuration, 'configuration');
      const network = settings['VpcConfiguration'];
      return {
        publicAccessBlock: flagsOf(object(collected(settings[FLAGS]), FLAGS), FLAGS),
        vpc: isObject(network) ? optionalText(network['VpcId'], 'VpcId') : null,
      };
    }),
};
