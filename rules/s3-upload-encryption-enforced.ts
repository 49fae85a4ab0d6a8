import { defineRule, fail, flag, listFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { needsSseS3 } from '../src/knowledge/buckets/log-target.ts';
import { denialsOf, nothingDenies, unrefused } from '../src/knowledge/policies/refusal.ts';
import { headersOf, type Upload, withOtherKeys, withoutHeader, withSseS3 } from '../src/knowledge/policies/upload-encryption.ts';

const DENY = {
  fix:
    'Deny s3:PutObject on every object to every principal in two statements: when s3:x-amz-server-side-encryption is AES256; and when ' +
    'that header is present (Null false) and s3:x-amz-server-side-encryption-aws-kms-key-id is not an approved key (StringNotEquals).',
  caution: 'Clients and log deliveries that ask for AES256 or another key are then refused: find them in CloudTrail data events first.',
};

export default defineRule({
  id: 's3-upload-encryption-enforced',
  areas: ['encryption'],
  severity: 'medium',
  title: 'S3 buckets refuse uploads that ask for an encryption that is not approved',
  rationale: 'The default encryption is only a default: an upload that asks for SSE-S3 or another key is stored that way, without notice.',
  limits: [
    'The targets of load balancers and Redshift are not recorded: a bucket whose policy allows them to write counts as theirs.',
    'Only the bucket policy is judged. Objects stored earlier and replicas are not seen.',
    'Uploads without an encryption header are judged by s3-sse-kms-approved-keys, customer-provided keys by s3-sse-c-blocked.',
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('Uploads of personal data that ask for an encryption that is not approved are refused.'),
    'gdpr 32(1)(b)': supporting('Uploads under keys that others may withdraw are refused.', { requireKey: 1 }),
    'hipaa 164.312(a)(2)(iv)': supporting('Uploads that would bypass the approved encryption are refused.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('New copies do not depend on a key that others may withdraw.', { requireKey: 1 }),
  },
  reads: ['policy', 'roles', 'kmsAliases', 'now'],
  parameters: {
    approvedKeys: listFrom('kms.approvedKeys', 'KMS keys that uploads may name. If the list is empty, no key is approved.'),
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that count as targets of access logs.'),
    requireKey: flag(true, 'Whether uploads with a KMS key that is not approved must be refused too.'),
    acceptDefaultEncryption: flag(true, 'Whether uploads without an encryption header are accepted.'),
  },
  messages: {
    enforced: pass('The bucket policy refuses uploads that ask for an encryption that is not approved.'),
    explicit: pass('The bucket policy refuses uploads that do not ask for an approved encryption themselves.'),
    logTarget: skip('The bucket is for logs ({because}) that can only be stored with SSE-S3.'),
    noPolicy: fail('The bucket has no policy, so each upload may choose its encryption.', DENY),
    noDenial: fail('No statement of the bucket policy is certain to deny uploads {which}.', DENY),
    gap: fail('Uploads {which} are denied, but not for {gap}.', DENY),
  },
  evaluate({ bucket, params }) {
    const because = needsSseS3(bucket, params.logBuckets);
    if (because !== null) return say('logTarget', { because });
    const policy = denialsOf(bucket);
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
