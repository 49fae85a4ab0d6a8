import rule from '../../rules/s3-cross-account-scoped.ts';
import { describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';

const owner = 'a'.repeat(64);
const partner = 'b'.repeat(64);
const acl = (...grants: { id?: string; group?: string }[]) => ({
  acl: {
    owner,
    grants: grants.map(({ id, group }) => ({
      grantee: id ? ({ kind: 'canonicalUser', id } as const) : ({ kind: 'group', name: group ?? '' } as const),
      permission: 'Read',
    })),
  },
});
const allow = (change: object) => ({
  policy: policyOf({
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-bucket/*',
    ...change,
  }),
});
const toEveryone = (Condition: object) => allow({ Principal: '*', Condition });
const service = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };

describeRule(rule, {
  given: { policy: null, ...acl({ id: owner }) },
  compliant: [
    ['no policy, and the owner alone in the ACL', {}, 'scoped'],
    ['the own account', allow({ Principal: { AWS: 'arn:aws:iam::123456789012:role/app' } }), 'scoped'],
    ['an approved account', allow({}), 'scoped', { trustedAccounts: ['111122223333'] }],
    [
      'everyone of an approved organization',
      toEveryone({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }),
      'scoped',
      { trustedOrganizations: ['o-exampleorg1'] },
    ],
    [
      'everyone below an approved path',
      toEveryone({
        'ForAnyValue:StringLike': {
          'aws:PrincipalOrgPaths': 'o-exampleorg1/r-ab12/ou-ab12-11111111/*',
        },
      }),
      'scoped',
      { trustedOrganizationPaths: ['o-exampleorg1/r-ab12/ou-ab12-11111111/*'] },
    ],
    [
      'an approved service, for the own account',
      allow({ ...service, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }),
      'scoped',
      { trustedServices: ['cloudtrail.amazonaws.com'] },
    ],
    [
      'an approved service without a guard, where none is asked for',
      allow(service),
      'scoped',
      { trustedServices: ['cloudtrail.amazonaws.com'], requireSourceGuard: false },
    ],
    ['a role that was deleted lets nobody in', allow({ Principal: { AWS: 'AROAEXAMPLEROLE12345' } }), 'orphanedOnly'],
    [
      'no more than approved for the account',
      allow({ Resource: 'arn:aws:s3:::example-bucket/reports/*' }),
      'scoped',
      {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', actions: ['s3:GetObject'], prefixes: ['reports/'] }],
      },
    ],
    [
      'any action, where none is forbidden',
      allow({ Action: 's3:*' }),
      'scoped',
      { trustedAccounts: ['111122223333'], forbiddenActions: [] },
    ],
    [
      'access points of the own account, where they may decide',
      toEveryone({ StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }),
      'scoped',
      { allowDelegation: true },
    ],
    [
      'log delivery and an approved user in the ACL',
      acl({ group: 'LogDelivery' }, { id: partner }),
      'scoped',
      { trustedCanonicalUsers: [partner] },
    ],
  ],
  nonCompliant: [
    ['everyone', toEveryone({}), 'openStatement'],
    ['an account nobody approved', allow({}), 'openStatement'],
    [
      'a user named like an approved account (Prowler passes this)',
      allow({ Principal: { AWS: 'arn:aws:iam::444455556666:user/111122223333' } }),
      'openStatement',
      { trustedAccounts: ['111122223333'] },
    ],
    [
      'any organization (Prowler passes this)',
      toEveryone({ StringEquals: { 'aws:PrincipalOrgID': 'o-otherorg001' } }),
      'openStatement',
      { trustedOrganizations: ['o-exampleorg1'] },
    ],
    [
      'ForAllValues is true for the anonymous (cloud-custodian passes this)',
      toEveryone({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-exampleorg1' } }),
      'openStatement',
      { trustedOrganizations: ['o-exampleorg1'] },
    ],
    [
      'a service for any customer (cloud-custodian passes this)',
      allow(service),
      'openStatement',
      { trustedServices: ['cloudtrail.amazonaws.com'] },
    ],
    [
      'access points of the own account, which may let in anyone',
      toEveryone({ StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }),
      'openStatement',
    ],
    [
      'a deleted role, where that fails',
      allow({ Principal: { AWS: 'AROAEXAMPLEROLE12345' } }),
      'orphaned',
      { orphanedPrincipalsFail: true },
    ],
    [
      'changing the policy (Steampipe passes the wildcard)',
      allow({ Action: 's3:Put*', Resource: '*' }),
      'forbiddenAction',
      { trustedAccounts: ['111122223333'] },
    ],
    [
      'another action than approved for the account',
      allow({ Action: ['s3:GetObject', 's3:DeleteObject'] }),
      'beyondGrant',
      {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', actions: ['s3:Get*'] }],
      },
    ],
    [
      'another prefix than approved for the account',
      allow({}),
      'beyondGrant',
      {
        trustedAccounts: ['111122223333'],
        grants: [{ principal: '111122223333', prefixes: ['reports/'] }],
      },
    ],
    ['everyone through the ACL', acl({ group: 'AllUsers' }), 'foreignAcl'],
    ['every account through the ACL', acl({ group: 'AuthenticatedUsers' }), 'foreignAcl'],
    ['another account through the ACL', acl({ id: partner }), 'foreignAcl'],
  ],
});
