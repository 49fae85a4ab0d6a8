import rule from '../../rules/s3-no-public-access.ts';
import type { PublicAccessBlock } from '../../src/facts/bucket-settings.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const owner = 'a'.repeat(64);
const acl = (...groups: string[]) => ({
  acl: {
    owner,
    grants: [
      { grantee: { kind: 'canonicalUser', id: owner } as const, permission: 'FullControl' },
      ...groups.map((name) => ({ grantee: { kind: 'group', name } as const, permission: 'Read' })),
    ],
  },
});
const flags = (...on: (keyof PublicAccessBlock)[]): PublicAccessBlock => ({
  blockPublicAcls: on.includes('blockPublicAcls'),
  ignorePublicAcls: on.includes('ignorePublicAcls'),
  blockPublicPolicy: on.includes('blockPublicPolicy'),
  restrictPublicBuckets: on.includes('restrictPublicBuckets'),
});
const all = flags('blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets');
const read = (Condition: object | undefined, change: object = {}) => ({
  policy: policyOf({
    Sid: 'Read',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-bucket/*',
    Condition,
    ...change,
  }),
});
const open = read(undefined);
const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
const tolerant = { latentPublicFails: false };

describeRule(rule, {
  given: { policy: null, ...acl(), publicAccessBlock: null, accountPublicAccessBlock: null },
  compliant: [
    ['no policy, the owner alone in the ACL', {}, 'notPublic'],
    ['an organization (cloud-custodian and Prowler have flagged it)', read(organization), 'notPublic'],
    ['a denial for everyone', { policy: policyOf(denyHttp) }, 'notPublic'],
    ['log delivery in the ACL', acl('LogDelivery'), 'notPublic'],
    ['a range of addresses, which S3 does not call public', read({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'notPublic'],
    ['another account: shared, not public', read(undefined, { Principal: { AWS: '111122223333' } }), 'notPublic'],
    ['public but for the bucket’s flags', { ...open, publicAccessBlock: all }, 'blocked', tolerant],
    ['public but for the account’s flags', { ...acl('AllUsers'), accountPublicAccessBlock: all }, 'blocked', tolerant],
  ],
  nonCompliant: [
    ['everyone', open, 'publicPolicy'],
    ['every account', read(undefined, { Principal: { AWS: '*' } }), 'publicPolicy'],
    [
      'all but one account (Prowler passes this)',
      read(undefined, { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      'publicPolicy',
    ],
    ['any ARN (Prowler passes this)', read({ StringLike: { 'aws:PrincipalArn': '*' } }), 'publicPolicy'],
    ['the whole internet', read({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), 'publicPolicy'],
    [
      'a second statement (Checkov passes this)',
      {
        policy: policyOf({ ...denyHttp, Effect: 'Allow', Condition: organization }, { ...denyHttp, Effect: 'Allow', Condition: undefined }),
      },
      'publicPolicy',
    ],
    ['everyone through the ACL', acl('AllUsers'), 'publicAcl'],
    ['every account through the ACL', acl('AuthenticatedUsers'), 'publicAcl'],
    ['a group nobody knows', acl('Everybody'), 'publicAcl'],
    [
      'flags that only refuse what comes later',
      {
        ...acl('AllUsers'),
        publicAccessBlock: flags('blockPublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'),
      },
      'publicAcl',
    ],
    [
      'BlockPublicPolicy, which leaves the present policy alone',
      {
        ...open,
        accountPublicAccessBlock: flags('blockPublicPolicy', 'blockPublicAcls', 'ignorePublicAcls'),
      },
      'publicPolicy',
    ],
    [
      'a policy that is restricted and an ACL that is not',
      { ...open, ...acl('AllUsers'), publicAccessBlock: flags('restrictPublicBuckets') },
      'publicAcl',
    ],
    ['public but for the bucket’s flags', { ...open, publicAccessBlock: all }, 'latent'],
    ['public but for the account’s flags', { ...open, accountPublicAccessBlock: all, publicAccessBlock: flags() }, 'latent'],
    ['an ACL that is ignored', { ...acl('AllUsers'), accountPublicAccessBlock: flags('ignorePublicAcls') }, 'latent'],
    [
      'half by the account, half by the bucket',
      {
        ...open,
        ...acl('AllUsers'),
        accountPublicAccessBlock: flags('ignorePublicAcls'),
        publicAccessBlock: flags('restrictPublicBuckets'),
      },
      'latent',
    ],
  ],
});
