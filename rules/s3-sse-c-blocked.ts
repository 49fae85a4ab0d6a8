import { defineRule, fail, pass, say, supporting } from '../src/engine/rule.ts';
import { absent, knowing, nothingDenies, text, unrefused } from '../src/knowledge/policies/refusal.ts';

/**
 * The only algorithm (Amazon S3 User Guide, "Specifying server-side encryption with customer-provided keys"). S3 refuses an upload
 * that names another encryption as well (error InvalidArgument, aws/aws-sdk-ruby issue 1302), so those headers are absent.
 */
const CUSTOMER_KEY = {
  's3:x-amz-server-side-encryption-customer-algorithm': text('AES256'),
  's3:x-amz-server-side-encryption': absent,
  's3:x-amz-server-side-encryption-aws-kms-key-id': absent,
};

const BLOCK = {
  fix:
    'Block SSE-C in the default encryption of the bucket (PutBucketEncryption, BlockedEncryptionTypes), or deny s3:PutObject on every ' +
    'object to every principal where Null is false for s3:x-amz-server-side-encryption-customer-algorithm.',
  caution:
    'Clients that upload with SSE-C are refused. PutBucketEncryption replaces the whole configuration, so repeat the current algorithm, ' +
    'KMS key and Bucket Key setting.',
};

export default defineRule({
  id: 's3-sse-c-blocked',
  areas: ['encryption'],
  severity: 'medium',
  title: 'S3 buckets refuse uploads encrypted with customer-provided keys (SSE-C)',
  rationale:
    'Anyone who may write objects can encrypt them again with a key that only they hold (SSE-C) and demand a ransom. AWS keeps no copy ' +
    'of the key.',
  limits: [
    'AWS Config does not record the setting BlockedEncryptionTypes, so the rule asks S3 for it.',
    'Objects stored earlier and replicas are not judged.',
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('Uploads encrypted under a key that only the uploader holds are refused.'),
    'gdpr 32(1)(b)': supporting('Uploads that would make data unreadable without the key of the uploader are refused.'),
    'hipaa 164.312(a)(2)(iv)': supporting('Encryption with keys that AWS does not keep is refused.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('New copies do not depend on a key that only the uploader holds.'),
  },
  reads: ['policy', 'blockedEncryption'],
  messages: {
    refused: pass('The bucket policy refuses every upload with a customer-provided key (SSE-C).'),
    blocked: pass('The bucket blocks SSE-C, so S3 refuses every upload with a customer-provided key.'),
    noPolicy: fail('The bucket does not block SSE-C and has no policy, so uploads with customer-provided keys are accepted.', BLOCK),
    noDenial: fail('The bucket does not block SSE-C, and no statement of its policy denies uploads with customer-provided keys.', BLOCK),
    gap: fail('The bucket does not block SSE-C, and its policy denies uploads with customer-provided keys, but not for {gap}.', BLOCK),
  },
  evaluate({ bucket }) {
    const { policy } = bucket;
    const question = { actions: ['s3:PutObject'], truth: knowing(CUSTOMER_KEY, bucket) };
    const gap = policy === null ? null : unrefused(policy, bucket, question);
    if (policy !== null && gap === null) return say('refused');
    // NONE says that nothing is blocked (Amazon S3 API reference, BlockedEncryptionTypes), and would contradict it.
    const { blockedEncryption: blocked } = bucket;
    if (blocked.includes('SSE-C') && !blocked.includes('NONE')) return say('blocked');
    if (gap === null) return say('noPolicy');
    return nothingDenies(gap) ? say('noDenial', {}, gap) : say('gap', { gap: gap.text }, gap);
  },
});
