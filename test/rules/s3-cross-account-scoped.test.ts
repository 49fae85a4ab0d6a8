import rule from '../../rules/s3-cross-account-scoped.ts';
import { describeRule } from '../describe-rule.ts';
import { acl, allow, owner, partner, toEveryone } from './given/s3-cross-account-scoped.ts';

const service = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };

describeRule(rule, {
  given: { policy: null, ...acl({ id: owner }) },
  cases: [
    { when: 'no policy, and the owner alone in the ACL', says: 'scoped' },
    { when: 'the own account', facts: allow({ Principal: { AWS: 'arn:aws:iam::123456789012:role/app' } }), says: 'scoped' },
    { when: 'an approved account', facts: allow({}), params: { trustedAccounts: ['111122223333'] }, says: 'scoped' },
    {
      when: 'everyone of an approved organization',
      facts: toEveryone({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }),
      params: { trustedOrganizations: ['o-exampleorg1'] },
      says: 'scoped',
    },
    {
      when: 'everyone below an approved path',
      facts: toEveryone({
        'ForAnyValue:StringLike': {
          'aws:PrincipalOrgPaths': 'o-exampleorg1/r-ab12/ou-ab12-11111111/*',
        },
      }),
      params: { trustedOrganizationPaths: ['o-exampleorg1/r-ab12/ou-ab12-11111111/*'] },
      says: 'scoped',
    },
    {
      when: 'an approved service, for the own account',
      facts: allow({ ...service, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }),
      params: { trustedServices: ['cloudtrail.amazonaws.com'] },
      says: 'scoped',
    },
    {
      when: 'an approved service without a guard, where none is asked for',
      facts: allow(service),
      params: { trustedServices: ['cloudtrail.amazonaws.com'], requireSourceGuard: false },
      says: 'scoped',
    },
    { when: 'a role that was deleted lets nobody in', facts: allow({ Principal: { AWS: 'AROAEXAMPLEROLE12345' } }), says: 'orphanedOnly' },
    {
      when: 'no more than approved for the account',
      facts: allow({ Resource: 'arn:aws:s3:::example-bucket/reports/*' }),
      params: {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', actions: ['s3:GetObject'], prefixes: ['reports/'] }],
      },
      says: 'scoped',
    },
    {
      when: 'any action, where none is forbidden',
      facts: allow({ Action: 's3:*' }),
      params: { trustedAccounts: ['111122223333'], forbiddenActions: [] },
      says: 'scoped',
    },
    {
      when: 'access points of the own account, where they may decide',
      facts: toEveryone({ StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }),
      params: { allowDelegation: true },
      says: 'scoped',
    },
    {
      when: 'log delivery and an approved user in the ACL',
      facts: acl({ group: 'LogDelivery' }, { id: partner }),
      params: { trustedCanonicalUsers: [partner] },
      says: 'scoped',
    },
    { when: 'everyone', facts: toEveryone({}), says: 'openStatement' },
    { when: 'an account nobody approved', facts: allow({}), says: 'openStatement' },
    {
      when: 'a user named like an approved account (Prowler passes this)',
      facts: allow({ Principal: { AWS: 'arn:aws:iam::444455556666:user/111122223333' } }),
      params: { trustedAccounts: ['111122223333'] },
      says: 'openStatement',
    },
    {
      when: 'any organization (Prowler passes this)',
      facts: toEveryone({ StringEquals: { 'aws:PrincipalOrgID': 'o-otherorg001' } }),
      params: { trustedOrganizations: ['o-exampleorg1'] },
      says: 'openStatement',
    },
    {
      when: 'ForAllValues is true for the anonymous (cloud-custodian passes this)',
      facts: toEveryone({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-exampleorg1' } }),
      params: { trustedOrganizations: ['o-exampleorg1'] },
      says: 'openStatement',
    },
    {
      when: 'a service for any customer (cloud-custodian passes this)',
      facts: allow(service),
      params: { trustedServices: ['cloudtrail.amazonaws.com'] },
      says: 'openStatement',
    },
    {
      when: 'access points of the own account, which may let in anyone',
      facts: toEveryone({ StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }),
      says: 'openStatement',
    },
    {
      when: 'a deleted role, where that fails',
      facts: allow({ Principal: { AWS: 'AROAEXAMPLEROLE12345' } }),
      params: { orphanedPrincipalsFail: true },
      says: 'orphaned',
    },
    {
      when: 'changing the policy (Steampipe passes the wildcard)',
      facts: allow({ Action: 's3:Put*', Resource: '*' }),
      params: { trustedAccounts: ['111122223333'] },
      says: 'forbiddenAction',
    },
    {
      when: 'another action than approved for the account',
      facts: allow({ Action: ['s3:GetObject', 's3:DeleteObject'] }),
      params: {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', actions: ['s3:Get*'] }],
      },
      says: 'beyondGrant',
    },
    {
      when: 'another prefix than approved for the account',
      facts: allow({}),
      params: {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', prefixes: ['reports/'] }],
      },
      says: 'beyondGrant',
    },
    { when: 'everyone through the ACL', facts: acl({ group: 'AllUsers' }), says: 'foreignAcl' },
    { when: 'every account through the ACL', facts: acl({ group: 'AuthenticatedUsers' }), says: 'foreignAcl' },
    { when: 'another account through the ACL', facts: acl({ id: partner }), says: 'foreignAcl' },
  ],
});
