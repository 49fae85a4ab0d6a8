import rule from '../../rules/s3-policy-network-perimeter.ts';
import { type Case, describeRule } from '../describe-rule.ts';
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
  policy: policyOf(denyHttp, { ...denyHttp, Sid: 'Perimeter', Condition: { ...condition, ...Condition }, ...change }),
});
const arnNot = (operator: string, arn: string) => deny({ [operator]: { 'aws:PrincipalArn': arn } });
const addressNot = (block: string) => deny({ NotIpAddressIfExists: { 'aws:SourceIp': block } });
const admitting = { ...denyHttp, Effect: 'Allow', Condition: { StringEquals: { 'aws:SourceVpce': endpoint } } };
const o = 'o-exampleorg1';
const ofOrganization = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': o }, BoolIfExists: services };
const throughIts = { StringNotEqualsIfExists: { 'aws:VpceOrgID': o }, BoolIfExists: services };

const withPerimeter: readonly Case[] = [
  { when: 'endpoint, addresses and the carve-out for services', facts: deny({}), says: 'refused' },
  {
    when: 'service-linked roles spared, as in the samples of AWS',
    facts: arnNot('ArnNotLikeIfExists', 'arn:aws:iam::*:role/aws-service-role/*'),
    says: 'refused',
  },
  {
    when: 'plain negated operators, true for an absent key as well',
    facts: deny({
      StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0123abcd' },
      NotIpAddressIfExists: undefined,
      NotIpAddress: { 'aws:SourceIp': '203.0.113.128/25' },
    }),
    params: { ...inside, vpcs: ['vpc-0123abcd'] },
    says: 'refused',
  },
  {
    when: 'the organization and its endpoints',
    facts: deny({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': o, 'aws:VpceOrgID': o } }),
    params: { ...inside, organizations: [o] },
    says: 'refused',
  },
  {
    when: 'no carve-out, and none allowed',
    facts: deny({ BoolIfExists: undefined }),
    params: { ...inside, allowAwsServices: false },
    says: 'refused',
  },
  {
    when: 'bucket and objects by two statements',
    facts: { policy: policyOf(...denyHttp.Resource.map((Resource) => ({ ...denyHttp, Resource, Condition: condition }))) },
    says: 'refused',
  },
  { when: 'no policy', facts: { policy: null }, says: 'noPolicy' },
  { when: 'a policy about something else', facts: { policy: policyOf(denyHttp) }, says: 'noDenial' },
  { when: 'a condition in an Allow', facts: { policy: policyOf(admitting) }, says: 'noDenial', peers: 'Stave passes it' },
  { when: 'the whole internet spared', facts: addressNot('0.0.0.0/0'), says: 'noDenial' },
  { when: 'half of an approved range and more', facts: addressNot('203.0.112.0/23'), says: 'noDenial' },
  {
    when: 'another endpoint',
    facts: deny({ StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-0fffffffffffffff0' } }),
    says: 'noDenial',
  },
  { when: 'any endpoint', facts: deny({ StringNotLikeIfExists: { 'aws:SourceVpce': 'vpce-*' } }), says: 'noDenial' },
  {
    when: 'one bad endpoint denied instead of all but the good',
    facts: deny({ StringNotEqualsIfExists: undefined, StringEquals: { 'aws:SourceVpce': 'vpce-0bad0bad0' } }),
    says: 'noDenial',
  },
  {
    when: 'a set operator, false for an absent key',
    facts: deny({ 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': endpoint } }),
    says: 'noDenial',
  },
  { when: 'the bucket, but not objects in the bucket', facts: deny({}, { Resource: 'arn:aws:s3:::example-bucket' }), says: 'gap' },
  { when: 'reading only', facts: deny({}, { Action: ['s3:GetObject', 's3:ListBucket'] }), says: 'gap' },
  { when: 'one account only', facts: deny({}, { Principal: { AWS: '123456789012' } }), says: 'gap' },
  { when: 'a role spared', facts: arnNot('ArnNotEquals', 'arn:aws:iam::123456789012:role/admin'), says: 'gap' },
  { when: 'services spared where that is not allowed', facts: deny({}), params: { ...inside, allowAwsServices: false }, says: 'gap' },
  {
    when: 'Bool without IfExists spares the anonymous, who have no such key',
    facts: deny({ BoolIfExists: undefined, Bool: services }),
    says: 'noDenial',
  },
  {
    when: 'private addresses, which any VPC may use',
    facts: deny({ NotIpAddressIfExists: { 'aws:VpcSourceIp': '10.0.0.0/8' } }),
    says: 'gap',
  },
];

describeRule(rule, {
  cases: [
    ...withPerimeter.map((one) => ({ params: inside, ...one })),
    {
      when: 'callers of the organization, from anywhere',
      facts: { policy: policyOf({ ...denyHttp, Condition: ofOrganization }) },
      params: { organizations: [o] },
      says: 'ofOrganization',
    },
    {
      when: 'callers of the organization, through its endpoints',
      facts: { policy: policyOf({ ...denyHttp, Condition: throughIts }) },
      params: { organizations: [o] },
      says: 'refused',
    },
    {
      when: 'callers of the organization, from anywhere, where a network is approved',
      facts: { policy: policyOf({ ...denyHttp, Condition: ofOrganization }) },
      params: { ...inside, organizations: [o] },
      says: 'noDenial',
    },
    {
      when: 'callers of another organization',
      facts: { policy: policyOf({ ...denyHttp, Condition: ofOrganization }) },
      params: { organizations: ['o-other00001'] },
      says: 'noDenial',
    },
    { when: 'no perimeter given', facts: deny({}), says: 'noPerimeter' },
  ],
});
