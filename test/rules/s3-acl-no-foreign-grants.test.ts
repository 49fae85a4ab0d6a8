import rule from '../../rules/s3-acl-no-foreign-grants.ts';
import type { Grant } from '../../src/facts/bucket-settings.ts';
import { describeRule } from '../describe-rule.ts';

const owner = 'a'.repeat(64);
const partner = 'b'.repeat(64);
const user = (id: string, permission = 'Read'): Grant => ({
  grantee: { kind: 'canonicalUser', id },
  permission,
});
const group = (name: string, permission = 'Read'): Grant => ({
  grantee: { kind: 'group', name },
  permission,
});
const acl = (...grants: Grant[]) => ({
  acl: { owner, grants: [user(owner, 'FullControl'), ...grants] },
});

describeRule(rule, {
  cases: [
    { when: 'the owner alone', facts: acl(), says: 'ownerOnly' },
    { when: 'no grant at all', facts: { acl: { owner, grants: [] } }, says: 'ownerOnly' },
    {
      when: 'log delivery',
      facts: acl(group('LogDelivery', 'Write'), group('LogDelivery', 'ReadAcp')),
      says: 'approved',
      peers: 'Security Hub S3.12 fails the legacy target of access logs, which needs the group.',
    },
    { when: 'a user that is approved', facts: acl(user(partner)), params: { trustedCanonicalUsers: [partner] }, says: 'approved' },
    { when: 'a stranger', facts: acl(user(partner)), says: 'foreign' },
    {
      when: 'a stranger beside an approved user',
      facts: acl(user(partner), user('c'.repeat(64), 'WriteAcp')),
      params: { trustedCanonicalUsers: [partner] },
      says: 'foreign',
    },
    {
      when: 'every customer of AWS',
      facts: acl(group('AuthenticatedUsers')),
      says: 'group',
      peers: 'Steampipe’s acls_should_prohibit_user_access compares ids alone, and a group has none.',
    },
    { when: 'everybody', facts: acl(group('AllUsers', 'Write')), says: 'group' },
    { when: 'a stranger and everybody', facts: acl(user(partner), group('AllUsers')), says: 'group' },
    { when: 'a group that is new to us', facts: acl(group('SomeUsers')), says: 'group' },
    { when: 'log delivery, not allowed', facts: acl(group('LogDelivery', 'Write')), params: { allowLogDelivery: false }, says: 'group' },
  ],
});
