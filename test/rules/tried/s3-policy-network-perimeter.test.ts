import rule from '../../../rules/s3-policy-network-perimeter.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { denyHttp, policyOf } from '../../facet-values.ts';

const o = 'o-exampleorg1';
const deny = (...conditions: object[]) => ({
  policy: policyOf(denyHttp, ...conditions.map((Condition) => ({ ...denyHttp, Sid: 'Perimeter', Condition }))),
});
const byOrganization = { StringNotEquals: { 'aws:PrincipalOrgID': o } };
const byNetwork = { NotIpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } };
const alone = [
  { vpcEndpoints: ['vpce-0123456789abcdef0'] },
  { vpcs: ['vpc-0123abcd'] },
  { cidrs: ['203.0.113.0/24'] },
  { organizations: [o] },
];

const spared = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

const vpcs = ['vpc-0123abcd'];
const byVpcArn = (operator: string, arn: string) => deny({ [operator]: { 'aws:SourceVpcArn': arn } });
/** The VPC by its ARN (IAM User Guide, "AWS global condition context keys", aws:SourceVpcArn): only with requests through an endpoint. */
const vpcArns = [
  ['ArnNotEquals', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123abcd', 'refused'],
  ['ArnNotEqualsIfExists', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123abcd', 'refused'],
  ['ArnNotLike', 'arn:aws:ec2:*:*:vpc/vpc-0123abcd', 'refused'],
  ['StringNotEquals', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123abcd', 'refused'],
  ['ArnNotEquals', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0bad', 'noDenial'],
  ['ArnNotLike', 'arn:aws:ec2:*:123456789012:vpc/*', 'noDenial'],
  ['StringNotLike', '*vpc-0123abcd', 'noDenial'],
  ['ForAnyValue:ArnNotEquals', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123abcd', 'noDenial'],
  ['ArnEquals', 'arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123abcd', 'noDenial'],
  ['Null', 'true', 'noDenial'],
] as const;

describeConfigurations(rule, {
  cases: [
    ...vpcArns.map(([operator, arn, says]) => ({
      when: `${operator} of a VPC, ${arn}`,
      facts: byVpcArn(operator, arn),
      params: { vpcs },
      says,
    })),
    {
      when: 'all who sign their requests, but not the anonymous, who have no such key',
      facts: deny({ ...byNetwork, ...spared }),
      params: { cidrs: ['203.0.113.0/24'] },
      says: 'noDenial',
    },
    {
      when: 'the anonymous, but not all who sign their requests',
      facts: deny({ ...byNetwork, Null: { 'aws:PrincipalIsAWSService': 'true' } }),
      params: { cidrs: ['203.0.113.0/24'] },
      says: 'noDenial',
    },
    ...alone.map((params) => ({
      when: `${JSON.stringify(params)} alone, no policy`,
      facts: { policy: null },
      params,
      says: 'noPolicy',
    })),
    ...alone.map((params) => ({
      when: `${JSON.stringify(params)} alone, nothing denied`,
      facts: deny(),
      params,
      says: 'noDenial',
    })),
    ...alone.slice(0, 3).map((params) => ({
      when: `the organization alone is asked for, where ${JSON.stringify(params)} is approved as well`,
      facts: deny(byOrganization),
      params: { ...params, organizations: [o] },
      says: 'noDenial',
    })),
    {
      when: 'the organization alone, where nothing else is approved',
      facts: deny(byOrganization),
      params: { organizations: [o] },
      says: 'ofOrganization',
    },
    {
      when: 'the organization in one denial, the network in another',
      facts: deny(byOrganization, byNetwork),
      params: { organizations: [o], cidrs: ['203.0.113.0/24'] },
      says: 'refused',
    },
    {
      when: 'the organization or the network',
      facts: deny({ ...byOrganization, ...byNetwork }),
      params: { organizations: [o], cidrs: ['203.0.113.0/24'] },
      says: 'refused',
    },
  ],
});
