import { defineRule, fail, flag, listFrom, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { foreignGrants } from '../src/knowledge/buckets/acl.ts';

const REMOVE = {
  fix:
    'Remove the grant, give what is still needed in the bucket policy, then set Object Ownership to BucketOwnerEnforced, which switches ' +
    'ACLs off.',
  caution: 'Clients that depend on the grant, such as an older log delivery, lose access: allow them in the bucket policy first.',
};

export default defineRule({
  id: 's3-acl-no-foreign-grants',
  areas: ['acls'],
  severity: 'high',
  tier: 'essential',
  title: 'S3 bucket ACLs grant nothing to strangers or to groups',
  rationale:
    'A grant in an ACL is easily forgotten: it has no condition, no denial next to it, and names a number or a group instead of an ' +
    'account.',
  limits: [
    'The ACL of the bucket is judged as written, before Block Public Access. ACLs of single objects are not recorded.',
    'With ACLs switched off, S3 only returns the owner, whatever the ACL said before (Amazon S3 User Guide, "Troubleshooting" of ' +
      'Object Ownership), so such a bucket passes. s3-acl-disabled requires that setting.',
  ],
  requirements: {
    'gdpr 25(2)': primary('The ACL of the bucket gives no group of persons access.'),
    'gdpr 5(1)(f)': primary('The ACL of the bucket gives no access to grantees that were not approved.'),
    'gdpr 32(1)(b)': supporting('Confidentiality does not depend on unapproved grants in the ACL.'),
    'gdpr 32(2)': supporting('The risk of disclosure through a forgotten grant in the ACL is assessed.'),
    'hipaa 164.312(a)(1)': primary('The ACL of the bucket only allows approved grantees.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The grantees in the ACL of the bucket are on the approved list.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A grant in the ACL that was not approved is reported for review.'),
  },
  reads: ['acl'],
  parameters: {
    trustedCanonicalUsers: listFrom('trust.canonicalUsers', 'Canonical users that may be granted access.'),
    allowLogDelivery: flag(true, 'Whether LogDelivery, which writes access logs, may be granted access.'),
  },
  messages: {
    ownerOnly: pass('The ACL grants nothing to anyone except the owner.'),
    approved: pass('The ACL only grants access to the owner and to approved grantees.'),
    foreign: fail('The ACL grants {permission} to {grantee}, which is not approved.', REMOVE),
    group: fail('The ACL grants {permission} to the group {grantee}.', REMOVE),
  },
  evaluate({ bucket: { acl }, params }) {
    const grants = foreignGrants(acl, params.trustedCanonicalUsers, params.allowLogDelivery);
    // A group may be everyone, so it is named before a single user.
    const first = grants.find(({ isGroup }) => isGroup) ?? grants[0];
    if (first) return say(first.isGroup ? 'group' : 'foreign', first, { grants });
    return say(foreignGrants(acl, [], false).length === 0 ? 'ownerOnly' : 'approved');
  },
});
