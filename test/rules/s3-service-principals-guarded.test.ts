import rule from '../../rules/s3-service-principals-guarded.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const allow = (condition: object | undefined, change: object = {}) => ({
  Sid: 'Deliver',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
  Condition: condition,
  ...change,
});
const only = (condition: object | undefined, change: object = {}) => ({
  policy: policyOf(allow(condition, change)),
});
const own = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
const org = { trustedOrganizations: ['o-exampleorg1'] };

describeRule(rule, {
  cases: [
    { when: 'the own account', facts: only(own), says: 'guarded' },
    {
      when: 'an ARN with the own account',
      facts: only({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:123456789012:trail/*' } }),
      says: 'guarded',
    },
    {
      when: 'an approved organization',
      facts: only({ StringEquals: { 'aws:SourceOrgID': 'o-exampleorg1' } }),
      params: org,
      says: 'guarded',
    },
    {
      when: 'an approved path',
      facts: only({
        'ForAnyValue:StringLike': {
          'aws:SourceOrgPaths': 'o-exampleorg1/r-ab12/ou-ab12-11111111/*',
        },
      }),
      params: { trustedOrganizationPaths: ['o-exampleorg1/r-ab12/ou-ab12-11111111/*'] },
      says: 'guarded',
    },
    {
      when: 'an approved account',
      facts: only({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
      params: { trustedAccounts: ['111122223333'] },
      says: 'guarded',
    },
    {
      when: 'a denial of every other account instead of a condition',
      facts: {
        policy: policyOf(allow(undefined), {
          ...denyHttp,
          Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } },
        }),
      },
      says: 'guarded',
    },
    { when: 'no condition (cloud-custodian passes this)', facts: only(undefined), says: 'unguarded' },
    { when: 'another account', facts: only({ StringEquals: { 'aws:SourceAccount': '999900001111' } }), says: 'unguarded' },
    {
      when: 'the ARN of a bucket, which has no account',
      facts: only({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source-*' } }),
      says: 'unguarded',
    },
    { when: 'IfExists, and services may send no account', facts: only({ StringEqualsIfExists: own.StringEquals }), says: 'unguarded' },
    { when: 'any service, which no policy may say', facts: only(undefined, { Principal: { Service: '*' } }), says: 'unguarded' },
    { when: 'ForAllValues', facts: only({ 'ForAllValues:StringEquals': own.StringEquals }), says: 'unguarded' },
    {
      when: 'a key that says which service, not for whom',
      facts: only({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
      says: 'unguarded',
    },
    {
      when: 'beside a principal that is open itself',
      facts: only(own, {
        Principal: { AWS: '*', Service: 'logging.s3.amazonaws.com' },
        Condition: undefined,
      }),
      says: 'unguarded',
    },
    {
      when: 'the second of two services',
      facts: {
        policy: policyOf(allow(own), allow(undefined, { Principal: { Service: 'cloudtrail.amazonaws.com' } })),
      },
      params: { exemptServices: ['logging.s3.amazonaws.com'] },
      says: 'unguarded',
    },
    { when: 'no policy', facts: { policy: null }, says: 'noServices' },
    { when: 'no service', facts: only(undefined, { Principal: '*' }), says: 'noServices' },
    { when: 'an exempt service', facts: only(undefined), params: { exemptServices: ['logging.s3.amazonaws.com'] }, says: 'noServices' },
    { when: 'services in a denial', facts: only(undefined, { Effect: 'Deny' }), says: 'noServices' },
    {
      when: 'all but a service',
      facts: only(undefined, { Principal: undefined, NotPrincipal: { Service: 'a.amazonaws.com' } }),
      says: 'noServices',
    },
  ],
});
