import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeUploads, uploadParameters } from '../src/knowledge/policies/upload-encryption.ts';

const FIX = `Deny s3:PutObject on every object to every principal in two statements: when s3:x-amz-server-side-encryption is AES256; and when that header is there (Null false) and s3:x-amz-server-side-encryption-aws-kms-key-id is not an approved key (StringNotEquals).`;

export default defineRule({
  id: 's3-upload-encryption-enforced',
  areas: ['encryption'],
  severity: 'medium',
  title: 'S3 buckets refuse uploads that choose another encryption than approved',
  rationale: `The default encryption is only a default: a request that names SSE-S3 or another key is stored under that, unknown to the owner of the bucket.`,
  limits: [
    `Judges the bucket policy alone, and what a request may ask for. What encrypts an upload without a header is judged by s3-sse-kms-approved-keys, keys of the caller by s3-sse-c-blocked. Objects stored earlier and replicas are not seen.`,
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('Personal data is never stored under an encryption of choice.'),
    'gdpr 32(1)(b)': supporting('Data stays readable to those who hold the approved keys.'),
    'hipaa 164.312(a)(2)(iv)': supporting('Every object is encrypted as was decided.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('No copy depends on a key that others may withdraw.'),
  },
  reads: ['policy', 'roles', 'kmsAliases'],
  parameters: uploadParameters,
  messages: {
    enforced: pass('Uploads that ask for an encryption that is not approved are refused.'),
    explicit: pass('Uploads are refused unless they ask for an approved encryption themselves.'),
    logTarget: skip('Access logs arrive here ({because}), which S3 encrypts with SSE-S3.'),
    noPolicy: fail('The bucket has no policy, so an upload may choose its encryption.', { fix: FIX }),
    noDenial: fail('No statement of the bucket policy surely denies uploads {which}.', { fix: FIX }),
    gap: fail('Uploads {which} are denied, but not for {gap}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeUploads(bucket, params),
});
