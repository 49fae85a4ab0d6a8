import { choice, defineRule, fail, pass, seconds, supporting } from '../src/engine/rule.ts';
import { judgeSignatureAge } from '../src/knowledge/policies/pre-signed.ts';

const FIX = `Deny s3:* on every object to every principal when s3:signatureAge is above the limit (NumericGreaterThan, in milliseconds: 3600000 for an hour), or when s3:authType is not REST-HEADER.`;

export default defineRule({
  id: 's3-presigned-url-guard',
  areas: ['pre-signed-urls'],
  severity: 'medium',
  title: 'S3 buckets refuse pre-signed URLs that are older than allowed',
  rationale: `A pre-signed URL gives access to whoever holds it, for up to seven days, and nobody can see how many there are.`,
  limits: [
    `A policy can only shorten the life of a URL: who holds one, and how long it was signed for, is not seen. Judged are requests on objects signed in their URL with Signature Version 4; forms for browser uploads, Signature Version 2, which old Regions still take, and requests on the bucket itself are not.`,
  ],
  requirements: {
    'gdpr 25(2)': supporting('A link that gets around opens the data for a short time only.'),
    'gdpr 32(1)(b)': supporting('Access by a link that leaked ends by itself.'),
    'hipaa 164.312(a)(1)': supporting('Access that was passed on in a URL is limited in time.'),
    'hipaa 164.312(d)': supporting('A URL proves who signed it, not who uses it: it soon expires.'),
  },
  reads: ['policy'],
  parameters: {
    mode: choice('bound', ['bound', 'forbid'], 'Whether pre-signed URLs are limited in time, or refused altogether.'),
    maximumSignatureAgeSeconds: seconds(3600, 'Age in seconds above which a URL is refused.'),
  },
  messages: {
    refused: pass('The bucket policy refuses pre-signed URLs {which}.'),
    noPolicy: fail('The bucket has no policy, so pre-signed URLs work for up to seven days.', { fix: FIX }),
    tooLong: fail('The bucket policy refuses some pre-signed URLs by their age, but not all {which}.', { fix: FIX }),
    noDenial: fail('No statement of the bucket policy denies pre-signed URLs {which}.', { fix: FIX }),
    gap: fail('Pre-signed URLs {which} are denied, but not for {gap}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeSignatureAge(bucket.policy, bucket, params),
});
