import { defineRule, fail, flag, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeFlags } from '../src/knowledge/buckets/block-public-access.ts';

const FIX = `Switch on the flags that are named, best for the whole account (PutPublicAccessBlock of S3 Control), else on the bucket.`;

export default defineRule({
  id: 's3-block-public-access-bucket',
  areas: ['public-access'],
  severity: 'high',
  title: 'S3 buckets have every flag of Block Public Access on, at the bucket or at the account',
  rationale: `Each flag stops another way to the public: two of them refuse new ACLs and policies, two take the effect from those there are. With one off, a single mistake is enough.`,
  limits: [
    `A flag counts when it is on at the bucket or at the account, as S3 applies the more restrictive of both (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage"). Flags of the account that AWS Config never recorded count as off, and those that an organization sets are seen only as far as the record of the account shows them. Access points have flags of their own.`,
  ],
  requirements: {
    'gdpr 25(2)': primary('By default personal data is kept from an indefinite number of persons.'),
    'gdpr 5(1)(f)': primary('Access by just anybody is refused whatever a policy or ACL says.'),
    'gdpr 32(1)(b)': supporting('Confidentiality survives a policy that is wider than meant.'),
    'gdpr 32(2)': supporting('The risk of unauthorised disclosure to the public is reduced.'),
    'hipaa 164.312(a)(1)': primary('Access without granted rights is refused technically.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Nobody can grant access to everybody.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A change that would open the bucket is refused.'),
  },
  reads: ['publicAccessBlock', 'accountPublicAccessBlock'],
  parameters: {
    requireBucketLevel: flag(false, 'Whether the flags must be on at the bucket itself.'),
  },
  messages: {
    bucketOn: pass('All four flags of Block Public Access are on at the bucket.'),
    accountOn: pass('The account keeps on what the bucket does not: {flags}.'),
    bucketOff: fail('Block Public Access is off at the bucket, where it is required: {flags}.', { fix: FIX }),
    off: fail('Block Public Access is off at the bucket and at the account: {flags}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeFlags(bucket, params),
});
