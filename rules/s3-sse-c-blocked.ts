import { knowing, notDenied, text, unrefused } from '../src/core/refusal.ts';
import { defineRule, fail, pass, say, supporting } from '../src/core/rule.ts';

export default defineRule({
  id: 's3-sse-c-blocked',
  title: 'S3 buckets refuse uploads encrypted with keys that the caller brings',
  rationale: `Whoever may write can encrypt the data anew with a key that only they hold (SSE-C) and ask a ransom for it; AWS keeps no copy of the key.`,
  remediation: `Deny s3:PutObject on every object to every principal where Null is false for s3:x-amz-server-side-encryption-customer-algorithm. Also block SSE-C in the default encryption of the bucket.`,
  limits: `Judges the bucket policy alone. The setting BlockedEncryptionTypes, by which S3 blocks SSE-C for new buckets since April 2026, is not recorded by AWS Config and not seen yet: a bucket that relies on it fails here. Replicas and objects stored earlier are not judged.`,
  severity: 'medium',
  satisfies: {
    'gdpr 32(1)(a)': supporting('Data is encrypted under keys that the controller holds.'),
    'gdpr 32(1)(b)': supporting('Data cannot be made unavailable by a key of somebody else.'),
    'hipaa 164.312(a)(2)(iv)': supporting('Whoever may decrypt is decided by the keys in use.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('Copies stay retrievable: nobody can lock them away.'),
  },
  reads: ['policy'],
  messages: {
    refused: pass('The bucket policy refuses every upload with a key of the caller (SSE-C).'),
    noPolicy: fail('The bucket has no policy that refuses uploads with a key of the caller (SSE-C).'),
    noDenial: fail('No statement of the bucket policy denies uploads with a key of the caller (SSE-C).'),
    gap: fail('Uploads with a key of the caller (SSE-C) are denied, but not for {gap}.'),
  },
  evaluate({ bucket }) {
    if (bucket.policy === null) return say('noPolicy');
    // The one algorithm there is (Amazon S3 User Guide, "Specifying server-side encryption with customer-provided keys").
    const truth = knowing({ 's3:x-amz-server-side-encryption-customer-algorithm': text('AES256') }, bucket);
    const gap = unrefused(bucket.policy, bucket, { actions: ['s3:PutObject'], truth });
    return gap === null ? say('refused') : notDenied(gap);
  },
});
