import type { Stack } from 'aws-cdk-lib';
import { CfnConfigurationAggregator } from 'aws-cdk-lib/aws-config';
import { ofThisAccount } from '../policy.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';

export const AGGREGATOR_NAME = 's3-config-rules';

/**
 * What AWS Config sees of every account and Region of the organization, those without rules among them. The role may do what the
 * managed policy AWSConfigRoleForOrganizations allows (version 2); none of it knows resources.
 */
export function addAggregator(stack: Stack): void {
  const role = addServiceRole(stack, 'AggregatorRole', {
    name: 'aggregator',
    service: 'config.amazonaws.com',
    trust: { StringEquals: ofThisAccount },
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'organizations:DescribeOrganization',
          'organizations:ListAWSServiceAccessForOrganization',
          'organizations:ListAccounts',
          'organizations:ListDelegatedAdministrators',
        ],
        Resource: '*',
      },
    ],
  });
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]':
      'Service Authorization Reference: these actions of AWS Organizations know no resources.',
  });
  new CfnConfigurationAggregator(stack, 'Aggregator', {
    configurationAggregatorName: AGGREGATOR_NAME,
    organizationAggregationSource: { roleArn: role.attrArn, allAwsRegions: true },
  });
}
