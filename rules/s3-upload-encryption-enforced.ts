import { defineRule, fail, flag, listFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { nothingDenies, unrefused } from '../src/knowledge/policies/refusal.ts';
import { headersOf, type Upload, withOtherKeys, withoutHeader, withSseS3 } from '../src/knowledge/policies/upload-encryption.ts';

const DENY = {
  fix:
    'Deny s3:PutObject on every object to every principal in two statements: when s3:x-amz-server-side-encryption is AES256; and when ' +
    'that header is present (Null false) and s3:x-amz-server-side-encryption-aws-kms-key-id is not an approved key (StringNotEquals).',
  caution:
    'Clients and log deliveries of AWS services that ask for AES256 or another key are refused. Find them in CloudTrail data events ' +
    'first, and change them to send no encryption header.',
};

export default defineRule({
  id: 's3-upload-encryption-enforced',
  areas: ['encryption'],
  severity: 'medium',
  title: 'S3 buckets refuse uploads that ask for an encryption that is not approved',
  rationale: 'The default encryption is only a default: an upload that asks for SSE-S3 or another key is stored that way, without notice.',
  limits: [
    'Only the bucket policy is judged, and only what an upload may ask for.',
    'Uploads without an encryption header are judged by s3-sse-kms-approved-keys, customer-provided keys by s3-sse-c-blocked.',
    'Objects stored earlier and replicas are not seen.',
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('Uploads of personal data that ask for an encryption that is not approved are refused.'),
    'gdpr 32(1)(b)': supporting('With requireKey, uploads under keys that are not approved, and could become unavailable, are refused.'),
    'hipaa 164.312(a)(2)(iv)': supporting('Uploads that would bypass the approved encryption are refused.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('With requireKey, new copies do not depend on a key that others may withdraw.'),
  },
  reads: ['policy', 'roles', 'kmsAliases'],
  parameters: {
    approvedKeys: listFrom('kms.approvedKeys', 'KMS keys that uploads may name. If the list is empty, no key is approved.'),
    requireKey: flag(true, 'Whether uploads with a KMS key that is not approved must be refused too.'),
    acceptDefaultEncryption: flag(true, 'Whether uploads without an encryption header are accepted.'),
  },
  messages: {
    enforced: pass('The bucket policy refuses uploads that ask for an encryption that is not approved.'),
    explicit: pass('The bucket policy refuses uploads that do not ask for an approved encryption themselves.'),
    logTarget: skip('The bucket receives server access logs ({because}), which S3 encrypts with SSE-S3.'),
    noPolicy: fail('The bucket has no policy, so each upload may choose its encryption.', DENY),
    noDenial: fail('No statement of the bucket policy is certain to deny uploads {which}.', DENY),
    gap: fail('Uploads {which} are denied, but not for {gap}.', DENY),
  },
  evaluate({ bucket, params }) {
    const target = bucket.roles.find(({ role }) => role === 'access-log-target');
    if (target) return say('logTarget', { because: target.because });
    const { policy } = bucket;
    if (policy === null) return say('noPolicy');
    const gapFor = (upload: Upload) =>
      unrefused(policy, bucket, { actions: ['s3:PutObject'], truth: headersOf(upload, bucket, params.approvedKeys, bucket.kmsAliases) });
    const wrong = [withSseS3, ...(params.requireKey ? withOtherKeys : []), ...(params.acceptDefaultEncryption ? [] : [withoutHeader])];
    for (const upload of wrong) {
      const gap = gapFor(upload);
      const { which } = upload;
      if (gap) return nothingDenies(gap) ? say('noDenial', { which }, gap) : say('gap', { which, gap: gap.text }, gap);
    }
    return say(gapFor(withoutHeader) === null ? 'explicit' : 'enforced');
  },
});
