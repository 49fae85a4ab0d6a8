import rule from '../../rules/s3-cross-account-scoped.ts';
import { describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';

const owner = 'a'.repeat(64);
const partner = 'b'.repeat(64);
const acl = (...grants: { id?: string; group?: string }[]) => ({
  acl: {
    owner,
    grants: grants.map(({ id, group }) => ({
      grantee: id
        ? ({ kind: 'canonicalUser', id } as const)
        : ({ kind: 'group', name: group ?? '' } as const),
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
    [
      'the own account',
      allow({ Principal: { AWS: 'arn:aws:iam::123456789012:role/app' } }),
      'scoped',
    ],
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
    ['everyone through the ACL', acl({ group: 'AllUsers' }), 'foreignAcl'],
    ['every account through the ACL', acl({ group: 'AuthenticatedUsers' }), 'foreignAcl'],
    ['another account through the ACL', acl({ id: partner }), 'foreignAcl'],
  ],
});
