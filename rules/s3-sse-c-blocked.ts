import { defineRule, fail, pass, supporting } from '../src/engine/rule.ts';
import { judgeSseC } from '../src/knowledge/policies/sse-c.ts';

const FIX = `Block SSE-C in the default encryption of the bucket (PutBucketEncryption, BlockedEncryptionTypes); or deny s3:PutObject on every object to every principal where Null is false for s3:x-amz-server-side-encryption-customer-algorithm.`;

export default defineRule({
  id: 's3-sse-c-blocked',
  areas: ['encryption'],
  severity: 'medium',
  title: 'S3 buckets refuse uploads encrypted with keys that the caller brings',
  rationale: `Whoever may write can encrypt the data anew with a key that only they hold (SSE-C) and ask a ransom for it; AWS keeps no copy of the key.`,
  limits: [
    `The setting BlockedEncryptionTypes is not recorded by AWS Config, so it is asked of S3. Replicas and objects stored earlier are not judged.`,
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('Data is encrypted under keys that the controller holds.'),
    'gdpr 32(1)(b)': supporting('Data cannot be made unavailable by a key of somebody else.'),
    'hipaa 164.312(a)(2)(iv)': supporting('Whoever may decrypt is decided by the keys in use.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Copies stay retrievable: nobody can lock them away.'),
  },
  reads: ['policy', 'blockedEncryption'],
  messages: {
    refused: pass('The bucket policy refuses every upload with a key of the caller (SSE-C).'),
    blocked: pass('S3 refuses every upload to the bucket with a key of the caller (SSE-C).'),
    noPolicy: fail('Neither S3 nor a bucket policy refuses uploads with a key of the caller (SSE-C).', { fix: FIX }),
    noDenial: fail('Neither S3 nor a statement of the policy refuses uploads with a key of the caller (SSE-C).', {
      fix: FIX,
    }),
    gap: fail('Uploads with a key of the caller (SSE-C) are not blocked, and denied but not for {gap}.', { fix: FIX }),
  },
  evaluate: ({ bucket }) => judgeSseC(bucket),
});
