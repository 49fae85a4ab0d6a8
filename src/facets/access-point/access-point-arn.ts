import { object, text } from '../../values/json.ts';
import { type ItemFacet, reading } from '../facet.ts';
import { MULTI_REGION } from './access-point-settings.ts';

/** A Multi-Region Access Point is known to policies by its alias (Amazon S3 User Guide, "Multi-Region Access Point permissions"). */
export const accessPointArn: ItemFacet<string> = {
  from: 'item',
  read: ({ resourceType, arn, account, configuration }) =>
    reading(() => {
      if (resourceType !== MULTI_REGION) return arn;
      const { Alias } = object(configuration, 'configuration');
      return `arn:aws:s3::${account}:accesspoint/${text(Alias, 'Alias')}`;
    }),
};
