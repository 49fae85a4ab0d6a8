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
  cases: [
    { when: 'no policy, the owner alone in the ACL', says: 'notPublic' },
    { when: 'an organization (cloud-custodian and Prowler have flagged it)', facts: read(organization), says: 'notPublic' },
    { when: 'a denial for everyone', facts: { policy: policyOf(denyHttp) }, says: 'notPublic' },
    { when: 'log delivery in the ACL', facts: acl('LogDelivery'), says: 'notPublic' },
    {
      when: 'a range of addresses, which S3 does not call public',
      facts: read({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      says: 'notPublic',
    },
    { when: 'another account: shared, not public', facts: read(undefined, { Principal: { AWS: '111122223333' } }), says: 'notPublic' },
    { when: 'public but for the bucket’s flags', facts: { ...open, publicAccessBlock: all }, params: tolerant, says: 'blocked' },
    {
      when: 'public but for the account’s flags',
      facts: { ...acl('AllUsers'), accountPublicAccessBlock: all },
      params: tolerant,
      says: 'blocked',
    },
    { when: 'everyone', facts: open, says: 'publicPolicy' },
    { when: 'every account', facts: read(undefined, { Principal: { AWS: '*' } }), says: 'publicPolicy' },
    {
      when: 'all but one account (Prowler passes this)',
      facts: read(undefined, { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      says: 'publicPolicy',
    },
    { when: 'any ARN (Prowler passes this)', facts: read({ StringLike: { 'aws:PrincipalArn': '*' } }), says: 'publicPolicy' },
    { when: 'the whole internet', facts: read({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), says: 'publicPolicy' },
    {
      when: 'a second statement (Checkov passes this)',
      facts: {
        policy: policyOf({ ...denyHttp, Effect: 'Allow', Condition: organization }, { ...denyHttp, Effect: 'Allow', Condition: undefined }),
      },
      says: 'publicPolicy',
    },
    { when: 'everyone through the ACL', facts: acl('AllUsers'), says: 'publicAcl' },
    { when: 'every account through the ACL', facts: acl('AuthenticatedUsers'), says: 'publicAcl' },
    { when: 'a group nobody knows', facts: acl('Everybody'), says: 'publicAcl' },
    {
      when: 'flags that only refuse what comes later',
      facts: {
        ...acl('AllUsers'),
        publicAccessBlock: flags('blockPublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'),
      },
      says: 'publicAcl',
    },
    {
      when: 'BlockPublicPolicy, which leaves the present policy alone',
      facts: {
        ...open,
        accountPublicAccessBlock: flags('blockPublicPolicy', 'blockPublicAcls', 'ignorePublicAcls'),
      },
      says: 'publicPolicy',
    },
    {
      when: 'a policy that is restricted and an ACL that is not',
      facts: { ...open, ...acl('AllUsers'), publicAccessBlock: flags('restrictPublicBuckets') },
      says: 'publicAcl',
    },
    { when: 'public but for the bucket’s flags', facts: { ...open, publicAccessBlock: all }, says: 'latent' },
    {
      when: 'public but for the account’s flags',
      facts: { ...open, accountPublicAccessBlock: all, publicAccessBlock: flags() },
      says: 'latent',
    },
    { when: 'an ACL that is ignored', facts: { ...acl('AllUsers'), accountPublicAccessBlock: flags('ignorePublicAcls') }, says: 'latent' },
    {
      when: 'half by the account, half by the bucket',
      facts: {
        ...open,
        ...acl('AllUsers'),
        accountPublicAccessBlock: flags('ignorePublicAcls'),
        publicAccessBlock: flags('restrictPublicBuckets'),
      },
      says: 'latent',
    },
  ],
});
