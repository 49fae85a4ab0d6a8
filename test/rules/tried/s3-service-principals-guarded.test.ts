import rule from '../../../rules/s3-service-principals-guarded.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { policyOf } from '../../facet-values.ts';

const fence = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } },
};
const grant = (Principal: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
  ...more,
});
const Service = 'sns.amazonaws.com';
const own = { Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
const names = (operator: string, name: string) => ({
  Condition: { ...own.Condition, [operator]: { 'aws:PrincipalServiceNamesList': name } },
});

describeConfigurations(rule, {
  cases: [
    ...[
      { AWS: '*', Service },
      { AWS: ['111122223333', '*'], Service: [Service] },
      { CanonicalUser: 'a1b2', Service },
      { AWS: '123456789012', Service },
    ].map((Principal) => ({
      when: `a service next to others, which a Deny of AWS "*" may not reach: ${JSON.stringify(Principal)}`,
      facts: { policy: policyOf(grant(Principal), fence) },
      says: 'unguarded',
    })),
    {
      when: 'the same, with a Deny of everyone',
      facts: { policy: policyOf(grant({ AWS: '*', Service }), { ...fence, Principal: '*' }) },
      says: 'guarded',
    },
    {
      when: 'a guard next to the names of the service',
      facts: { policy: policyOf(grant({ Service }, names('ForAnyValue:StringEquals', Service))) },
      says: 'guarded',
    },
    {
      when: 'the names of the service without a guard',
      facts: {
        policy: policyOf(
          grant(
            { Service },
            {
              Condition: {
                'ForAnyValue:StringEquals': { 'aws:PrincipalServiceNamesList': Service },
              },
            },
          ),
        ),
      },
      says: 'unguarded',
    },
  ],
});
