import { isObject, object, optionalText, property, text } from '../../values/json.ts';
import { type ItemFacet, reading } from '../facet.ts';

const KEY = 'permissionsBoundary';

/** In the configuration of AWS::IAM::User and AWS::IAM::Role, absent or null without one (awslabs/aws-config-resource-schema). */
export const permissionsBoundary: ItemFacet<string | null> = {
  from: 'item',
  read: ({ configuration }) =>
    reading(() => {
      const value = property(object(configuration, 'configuration'), KEY);
      if (!isObject(value)) return optionalText(value, KEY);
      return text(value['permissionsBoundaryArn'], `${KEY}.permissionsBoundaryArn`);
    }),
};
