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
  compliant: [
    ['the own account', only(own), 'guarded'],
    ['an ARN with the own account', only({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:123456789012:trail/*' } }), 'guarded'],
    ['an approved organization', only({ StringEquals: { 'aws:SourceOrgID': 'o-exampleorg1' } }), 'guarded', org],
    [
      'an approved path',
      only({
        'ForAnyValue:StringLike': {
          'aws:SourceOrgPaths': 'o-exampleorg1/r-ab12/ou-ab12-11111111/*',
        },
      }),
      'guarded',
      { trustedOrganizationPaths: ['o-exampleorg1/r-ab12/ou-ab12-11111111/*'] },
    ],
    [
      'an approved account',
      only({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
      'guarded',
      { trustedAccounts: ['111122223333'] },
    ],
    [
      'a denial of every other account instead of a condition',
      {
        policy: policyOf(allow(undefined), {
          ...denyHttp,
          Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } },
        }),
      },
      'guarded',
    ],
  ],
  nonCompliant: [
    ['no condition (cloud-custodian passes this)', only(undefined), 'unguarded'],
    ['another account', only({ StringEquals: { 'aws:SourceAccount': '999900001111' } }), 'unguarded'],
    ['the ARN of a bucket, which has no account', only({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source-*' } }), 'unguarded'],
    ['IfExists, and services may send no account', only({ StringEqualsIfExists: own.StringEquals }), 'unguarded'],
    ['any service, which no policy may say', only(undefined, { Principal: { Service: '*' } }), 'unguarded'],
    ['ForAllValues', only({ 'ForAllValues:StringEquals': own.StringEquals }), 'unguarded'],
    ['a key that says which service, not for whom', only({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }), 'unguarded'],
    [
      'beside a principal that is open itself',
      only(own, {
        Principal: { AWS: '*', Service: 'logging.s3.amazonaws.com' },
        Condition: undefined,
      }),
      'unguarded',
    ],
    [
      'the second of two services',
      {
        policy: policyOf(allow(own), allow(undefined, { Principal: { Service: 'cloudtrail.amazonaws.com' } })),
      },
      'unguarded',
      { exemptServices: ['logging.s3.amazonaws.com'] },
    ],
  ],
  notApplicable: [
    ['no policy', { policy: null }, 'noServices'],
    ['no service', only(undefined, { Principal: '*' }), 'noServices'],
    ['an exempt service', only(undefined), 'noServices', { exemptServices: ['logging.s3.amazonaws.com'] }],
    ['services in a denial', only(undefined, { Effect: 'Deny' }), 'noServices'],
    ['all but a service', only(undefined, { Principal: undefined, NotPrincipal: { Service: 'a.amazonaws.com' } }), 'noServices'],
  ],
});
