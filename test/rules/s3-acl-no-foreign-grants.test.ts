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
  compliant: [
    ['the owner alone', acl(), 'ownerOnly'],
    ['no grant at all', { acl: { owner, grants: [] } }, 'ownerOnly'],
    // Security Hub S3.12 fails the legacy target of access logs, which needs the group.
    ['log delivery', acl(group('LogDelivery', 'Write'), group('LogDelivery', 'ReadAcp')), 'approved'],
    ['a user that is approved', acl(user(partner)), 'approved', { trustedCanonicalUsers: [partner] }],
  ],
  nonCompliant: [
    ['a stranger', acl(user(partner)), 'foreign'],
    [
      'a stranger beside an approved user',
      acl(user(partner), user('c'.repeat(64), 'WriteAcp')),
      'foreign',
      { trustedCanonicalUsers: [partner] },
    ],
    // Steampipe's acls_should_prohibit_user_access compares ids alone, and a group has none.
    ['every customer of AWS', acl(group('AuthenticatedUsers')), 'group'],
    ['everybody', acl(group('AllUsers', 'Write')), 'group'],
    ['a stranger and everybody', acl(user(partner), group('AllUsers')), 'group'],
    ['a group that is new to us', acl(group('SomeUsers')), 'group'],
    ['log delivery, not allowed', acl(group('LogDelivery', 'Write')), 'group', { allowLogDelivery: false }],
  ],
});
