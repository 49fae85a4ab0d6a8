import { array, object, text, wrong } from '../../values/json.ts';
import { type ItemFacet, reading } from '../facet.ts';

const KEY = 'attachedManagedPolicies';

/**
 * In the configuration of AWS::IAM::User, Role and Group, with the name and the ARN of each policy
 * (awslabs/aws-config-resource-schema; IAM API reference, AttachedPolicy). In the ARN of a policy that AWS manages the account is
 * written "aws", and the name follows the last slash.
 */
export const attachedAwsPolicies: ItemFacet<readonly string[]> = {
  from: 'item',
  read: ({ resourceType, configuration }) =>
    reading(() => {
      if (resourceType === 'AWS::IAM::Policy') return [];
      const attached = object(configuration, 'configuration')[KEY];
      // A record without the key does not say that nothing is attached.
      if (attached === undefined) throw wrong(KEY, 'a list', attached);
      return array(attached, KEY).flatMap((entry, index) => {
        const at = `${KEY}[${index}].policyArn`;
        const arn = text(object(entry, `${KEY}[${index}]`)['policyArn'], at);
        return arn.split(':')[4] === 'aws' ? [arn.slice(arn.lastIndexOf('/') + 1)] : [];
      });
    }),
};
