import rule from '../../rules/s3-policy-network-perimeter.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const endpoint = 'vpce-0123456789abcdef0';
const cidrs = ['203.0.113.0/24', '2001:db8::/32'];
const inside = { vpcEndpoints: [endpoint], cidrs };
const services = { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' };
const condition = {
  StringNotEqualsIfExists: { 'aws:SourceVpce': endpoint },
  NotIpAddressIfExists: { 'aws:SourceIp': cidrs },
  BoolIfExists: services,
};
const deny = (Condition: object, change: object = {}) => ({
  policy: policyOf(denyHttp, {
    ...denyHttp,
    Sid: 'Perimeter',
    Condition: { ...condition, ...Condition },
    ...change,
  }),
});

describeRule(rule, {
  compliant: [
    ['endpoint, addresses and the carve-out for services', deny({}), 'refused', inside],
    [
      'service-linked roles spared, as in the samples of AWS',
      deny({
        ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-service-role/*' },
      }),
      'refused',
      inside,
    ],
    [
      'plain negated operators, true for an absent key as well',
      deny({
        StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0123abcd' },
        NotIpAddressIfExists: undefined,
        NotIpAddress: { 'aws:SourceIp': '203.0.113.128/25' },
      }),
      'refused',
      { ...inside, vpcs: ['vpc-0123abcd'] },
    ],
    [
      'the organization and its endpoints',
      deny({
        StringNotEqualsIfExists: {
          'aws:PrincipalOrgID': 'o-exampleorg1',
          'aws:VpceOrgID': 'o-exampleorg1',
        },
      }),
      'refused',
      { ...inside, organizations: ['o-exampleorg1'] },
    ],
    ['no carve-out, and none allowed', deny({ BoolIfExists: undefined }), 'refused', { ...inside, allowAwsServices: false }],
    [
      'bucket and objects by two statements',
      {
        policy: policyOf(
          { ...denyHttp, Resource: 'arn:aws:s3:::example-bucket', Condition: condition },
          { ...denyHttp, Resource: 'arn:aws:s3:::example-bucket/*', Condition: condition },
        ),
      },
      'refused',
      inside,
    ],
  ],
  nonCompliant: [
    ['no policy', { policy: null }, 'noPolicy', inside],
    ['a policy about something else', { policy: policyOf(denyHttp) }, 'noDenial', inside],
    [
      'a condition in an Allow (stave passes this)',
      {
        policy: policyOf({
          ...denyHttp,
          Effect: 'Allow',
          Condition: { StringEquals: { 'aws:SourceVpce': endpoint } },
        }),
      },
      'noDenial',
      inside,
    ],
    ['the whole internet spared', deny({ NotIpAddressIfExists: { 'aws:SourceIp': '0.0.0.0/0' } }), 'noDenial', inside],
    ['half of an approved range and more', deny({ NotIpAddressIfExists: { 'aws:SourceIp': '203.0.112.0/23' } }), 'noDenial', inside],
    ['another endpoint', deny({ StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-0fffffffffffffff0' } }), 'noDenial', inside],
    ['any endpoint', deny({ StringNotLikeIfExists: { 'aws:SourceVpce': 'vpce-*' } }), 'noDenial', inside],
    [
      'one bad endpoint denied instead of all but the good',
      deny({
        StringNotEqualsIfExists: undefined,
        StringEquals: { 'aws:SourceVpce': 'vpce-0bad0bad0' },
      }),
      'noDenial',
      inside,
    ],
    [
      'a set operator, false for an absent key',
      deny({ 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': endpoint } }),
      'noDenial',
      inside,
    ],
    ['the bucket, but not its objects', deny({}, { Resource: 'arn:aws:s3:::example-bucket' }), 'gap', inside],
    ['reading only', deny({}, { Action: ['s3:GetObject', 's3:ListBucket'] }), 'gap', inside],
    ['one account only', deny({}, { Principal: { AWS: '123456789012' } }), 'gap', inside],
    ['a role spared', deny({ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/admin' } }), 'gap', inside],
    ['services spared where that is not allowed', deny({}), 'gap', { ...inside, allowAwsServices: false }],
    [
      'Bool without IfExists spares the anonymous, who have no such key',
      deny({ BoolIfExists: undefined, Bool: services }),
      'noDenial',
      inside,
    ],
    ['private addresses, which any VPC may use', deny({ NotIpAddressIfExists: { 'aws:VpcSourceIp': '10.0.0.0/8' } }), 'gap', inside],
  ],
  notApplicable: [['no perimeter given', deny({}), 'noPerimeter']],
});
