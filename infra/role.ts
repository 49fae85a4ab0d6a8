import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Statement } from './policy.ts';
import { acknowledge } from './validations.ts';

/**
 * A role of one service that does what is in its own policy and nothing else. Its name carries the Region, as IAM is the
 * same in all of them.
 * @param trust condition that keeps the service from acting for others; Lambda sends nothing that it could look at.
 */
export function addServiceRole(
  stack: Stack,
  id: string,
  {
    name,
    service,
    trust,
    statements,
  }: {
    readonly name: string;
    readonly service: string;
    readonly trust?: object;
    readonly statements: readonly Statement[];
  },
): CfnRole {
  const role = new CfnRole(stack, id, {
    roleName: Fn.sub(`s3-config-rules-${name}-\${AWS::Region}`),
    description: `Of ${name} of s3-config-rules.`,
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          ...(trust ? { Condition: trust } : {}),
        },
      ],
    },
    policies: [
      { policyName: 'own', policyDocument: { Version: '2012-10-17', Statement: [...statements] } },
    ],
  });
  acknowledge(role, {
    'HIPAA.Security-IAMNoInlinePolicy':
      'The policy belongs to this role only, and must not be attached to another.',
  });
  return role;
}
