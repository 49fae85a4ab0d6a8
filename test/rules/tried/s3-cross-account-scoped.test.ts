import rule from '../../../rules/s3-cross-account-scoped.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { policyOf } from '../../facet-values.ts';
import { acl, allow, owner, partner, toEveryone } from '../given/s3-cross-account-scoped.ts';

const byUser = (change: object) => allow({ Principal: { CanonicalUser: partner }, ...change });
const identity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
const Resource = 'arn:aws:s3:::example-bucket';
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
const org = { trustedOrganizations: ['o-exampleorg1'] };
const limited = {
  trustedAccounts: ['111122223333'],
  grants: [{ principal: '111122223333', actions: ['s3:Get*'] }],
};
const writing = {
  Sid: 'Share',
  Effect: 'Allow',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const service = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };

describeConfigurations(rule, {
  given: { policy: null, ...acl({ id: owner }) },
  cases: [
    { when: 'the owner, by its canonical id', facts: allow({ Principal: { CanonicalUser: owner } }), says: 'scoped' },
    ...['s3:PutBucketPolicy', 's3:PutBucketAcl', 's3:PutLifecycleConfiguration'].map((Action) => ({
      when: `${Action} by a canonical user of the organization`,
      facts: byUser({ Action, Resource, Condition: inOrganization }),
      params: org,
      says: 'forbiddenAction',
    })),
    {
      when: 'changing the policy by a canonical user of an approved account',
      facts: byUser({
        Action: 's3:*',
        Resource,
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      }),
      params: { trustedAccounts: ['111122223333'] },
      says: 'forbiddenAction',
    },
    {
      when: 'changing the policy by an approved canonical user',
      facts: byUser({ Action: 's3:PutBucketPolicy', Resource }),
      params: { trustedCanonicalUsers: [partner] },
      says: 'forbiddenAction',
    },
    {
      when: 'changing the policy by an approved origin access identity',
      facts: allow({ Action: 's3:Put*', Resource, Principal: { AWS: identity } }),
      params: { trustedCanonicalUsers: ['E1'] },
      says: 'forbiddenAction',
    },
    {
      when: 'changing the policy by an account, and a canonical user of the organization next to it',
      facts: byUser({
        Principal: { AWS: '123456789012', CanonicalUser: partner },
        Action: 's3:DeleteBucketPolicy',
        Resource,
        Condition: inOrganization,
      }),
      params: org,
      says: 'forbiddenAction',
    },
    {
      when: 'reading by a canonical user of the organization',
      facts: byUser({ Condition: inOrganization }),
      params: org,
      says: 'scoped',
    },
    {
      when: 'more than the organization may do, by a canonical user of it',
      facts: byUser({ Action: 's3:DeleteObject', Condition: inOrganization }),
      params: { ...org, grants: [{ principal: 'o-exampleorg1', actions: ['s3:Get*'] }] },
      says: 'beyondGrant',
    },
    {
      when: 'more than the account may do, by a canonical user of it',
      facts: byUser({
        Action: 's3:DeleteObject',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      }),
      params: limited,
      says: 'beyondGrant',
    },
    {
      when: 'more than the account may do, by an approved canonical user of it',
      facts: byUser({
        Action: 's3:DeleteObject',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      }),
      params: { ...limited, trustedCanonicalUsers: [partner] },
      says: 'beyondGrant',
    },
    {
      when: 'what an account may not do, by an approved canonical user of any account',
      facts: byUser({ Action: 's3:DeleteObject' }),
      params: { ...limited, trustedCanonicalUsers: [partner] },
      says: 'scoped',
    },
    {
      when: 'a service next to every account, which are fenced',
      facts: {
        policy: policyOf(
          { ...writing, Principal: { AWS: '*', ...service.Principal } },
          {
            ...writing,
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
          },
        ),
      },
      params: { ...org, trustedServices: ['cloudtrail.amazonaws.com'] },
      says: 'openStatement',
    },
    {
      when: 'a service that is not approved next to every account, which are fenced',
      facts: {
        policy: policyOf(
          { ...writing, Principal: { AWS: ['*', '123456789012'], Service: ['sns.amazonaws.com'] } },
          {
            ...writing,
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
          },
        ),
      },
      params: org,
      says: 'openStatement',
    },
    {
      when: 'a guarded service next to every account, all fenced',
      facts: {
        policy: policyOf(
          {
            ...writing,
            Principal: { AWS: '*', ...service.Principal },
            Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
          },
          {
            ...writing,
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
          },
        ),
      },
      params: { ...org, trustedServices: ['cloudtrail.amazonaws.com'] },
      says: 'scoped',
    },
    ...[
      ['ForAnyValue:StringEquals', 'cloudtrail.amazonaws.com', 'scoped'],
      ['ForAnyValue:StringLike', 'cloudtrail.amazonaws.com', 'scoped'],
      ['ForAnyValue:StringEquals', 'sns.amazonaws.com', 'openStatement'],
      ['ForAnyValue:StringLike', 'cloudtrail.*', 'openStatement'],
      ['ForAnyValue:StringNotEquals', 'cloudtrail.amazonaws.com', 'openStatement'],
      ['ForAllValues:StringEquals', 'cloudtrail.amazonaws.com', 'scoped'],
      ['StringEquals', 'cloudtrail.amazonaws.com', 'openStatement'],
    ].map(([operator = '', name = '', says = '']) => ({
      when: `everyone by the names of the service: ${operator} ${name}`,
      facts: toEveryone({
        [operator]: {
          ...(operator === 'StringEquals' ? { 'aws:SourceAccount': '123456789012' } : {}),
          'aws:PrincipalServiceNamesList': name,
        },
        ...(operator === 'StringEquals' ? {} : { StringEquals: { 'aws:SourceAccount': '123456789012' } }),
      }),
      params: { trustedServices: ['cloudtrail.amazonaws.com'] },
      says,
    })),
  ],
});
