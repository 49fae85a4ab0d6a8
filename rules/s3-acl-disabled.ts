import { defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';

export default defineRule({
  id: 's3-acl-disabled',
  areas: ['acls'],
  severity: 'medium',
  tier: 'recommended',
  title: 'S3 buckets have access control lists switched off',
  rationale: 'An ACL grants access to single objects past the bucket policy, where a review of policies does not find it.',
  limits: ['AWS Config does not record Object Ownership, so S3 is asked for it: when a record changes, and once a day.'],
  requirements: {
    'gdpr 25(2)': primary('An ACL cannot make a single object public.'),
    'gdpr 32(1)(b)': supporting('Access is decided in policies, not in ACLs.'),
    'hipaa 164.312(a)(1)': primary('Access rights are granted by policies, not by ACLs.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('ACLs cannot grant access to an object.'),
  },
  reads: ['ownership'],
  messages: {
    disabled: pass('Object Ownership is BucketOwnerEnforced, so access control lists have no effect.'),
    enabled: fail('Object Ownership is {ownership}, so access control lists can grant access.', {
      fix: 'Move the grants that are still needed into the bucket policy, then set Object Ownership to BucketOwnerEnforced.',
      caution: 'Access that only an ACL grants ends, and uploads that set an ACL fail, except bucket-owner-full-control.',
    }),
  },
  evaluate({ bucket: { ownership } }) {
    return ownership === 'BucketOwnerEnforced' ? say('disabled') : say('enabled', { ownership });
  },
});
