import { Fn, type Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Statement } from './policy.ts';

/**
 * A role of one service in the home Region, that does what is in its own policy and nothing else.
 * @param trust condition that keeps the service from acting for others.
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
    readonly trust: object;
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
          Condition: trust,
        },
      ],
    },
    policies: [
      { policyName: 'own', policyDocument: { Version: '2012-10-17', Statement: [...statements] } },
    ],
  });
  Validations.of(role).acknowledge({
    id: 'HIPAA.Security-IAMNoInlinePolicy',
    reason: 'The policy is of this role alone, and must not be attached to another.',
  });
  return role;
}
