import { defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';

const FIX = `Move the grants that are still needed into the bucket policy, then set Object Ownership to BucketOwnerEnforced.`;

export default defineRule({
  id: 's3-acl-disabled',
  areas: ['acls'],
  severity: 'medium',
  title: 'S3 buckets have access control lists switched off',
  rationale: `An ACL grants access to single objects past the bucket policy, where no review of policies finds it.`,
  limits: [`AWS Config does not record Object Ownership, so the setting is asked of S3: when a record changes, and once a day.`],
  requirements: {
    'gdpr 25(2)': primary('No object can be made public by an ACL of its own.'),
    'gdpr 32(1)(b)': supporting('Access is decided in one place, the policy, which is reviewed.'),
    'hipaa 164.312(a)(1)': primary('Access rights are granted by policies alone.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Nobody but the owner can grant access to an object.'),
  },
  reads: ['ownership'],
  messages: {
    disabled: pass('Object Ownership is BucketOwnerEnforced, so access control lists have no effect.'),
    enabled: fail('Object Ownership is {ownership}, so access control lists can grant access.', { fix: FIX }),
  },
  evaluate: ({ bucket: { ownership } }) => (ownership === 'BucketOwnerEnforced' ? say('disabled') : say('enabled', { ownership })),
});
