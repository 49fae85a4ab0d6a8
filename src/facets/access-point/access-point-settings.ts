import type { AccessPointSettings } from '../../facts/bucket-settings.ts';
import { isObject, object, optionalText, wrong } from '../../values/json.ts';
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
      const vpc = isObject(network) ? optionalText(network['VpcId'], 'VpcId') : null;
      // Which of the two counts where both are said is not documented.
      if (vpc !== null && settings['NetworkOrigin'] === 'Internet')
        throw wrong('NetworkOrigin', `VPC, because ${vpc} is named`, 'Internet');
      return { publicAccessBlock: flagsOf(object(collected(settings[FLAGS]), FLAGS), FLAGS), vpc };
    }),
};
