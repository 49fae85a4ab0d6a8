import { defineRule, fail, flag, listFrom, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeGrants } from '../src/knowledge/buckets/acl.ts';

const FIX = `Remove the grant and give what is still needed in the bucket policy, then set Object Ownership to BucketOwnerEnforced, which switches ACLs off.`;

export default defineRule({
  id: 's3-acl-no-foreign-grants',
  areas: ['acls'],
  severity: 'high',
  title: 'S3 bucket ACLs grant nothing to strangers or to groups',
  rationale: `A grant in an ACL is easily forgotten: it carries no condition, no denial stands beside it, and it names a number or a group instead of an account.`,
  limits: [
    `Judges the ACL of the bucket as it is written, before Block Public Access; ACLs of single objects are not recorded. Where ACLs are switched off S3 returns the owner alone, whatever stood there before (Amazon S3 User Guide, "Troubleshooting" of Object Ownership), so such a bucket passes; s3-acl-disabled asks for that setting itself.`,
  ],
  requirements: {
    'gdpr 25(2)': primary('No group of persons is given access by an ACL.'),
    'gdpr 5(1)(f)': primary('Access past the reviewed policy is given to nobody unknown.'),
    'gdpr 32(1)(b)': supporting('Confidentiality does not depend on grants nobody can name.'),
    'gdpr 32(2)': supporting('The risk of disclosure through a forgotten grant is excluded.'),
    'hipaa 164.312(a)(1)': primary('The ACL lets in only those who were granted access rights.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Every grantee in an ACL was approved before.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A grant that was not reviewed stands out.'),
  },
  reads: ['acl'],
  parameters: {
    trustedCanonicalUsers: listFrom('trust.canonicalUsers', 'Canonical users that may be granted.'),
    allowLogDelivery: flag(true, 'Whether LogDelivery, which writes access logs, may be granted.'),
  },
  messages: {
    ownerOnly: pass('The ACL grants nothing to anybody but the owner.'),
    approved: pass('The ACL grants something to the owner and to approved grantees alone.'),
    foreign: fail('The ACL grants {permission} to {grantee}, which is not approved.', { fix: FIX }),
    group: fail('The ACL grants {permission} to the group {grantee}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeGrants(bucket.acl, params),
});
