import { defineRule, primary, supporting } from '../src/core/rule.ts';
import { undenied } from '../src/policy/denials.ts';

export default defineRule({
  id: 's3-tls-only',
  title: 'S3 buckets refuse every request sent without TLS',
  rationale:
    'S3 answers plain HTTP unless the bucket policy denies it, so data can be read in transit.',
  remediation:
    'Deny s3:* to every principal when aws:SecureTransport is false, on the bucket and on its objects.',
  limits:
    'Judges the bucket policy alone: a denial by a service or resource control policy of the organization is not seen here.',
  severity: 'high',
  satisfies: {
    'gdpr 32(1)(a)': primary('Personal data is encrypted on its way to and from the bucket.'),
    'gdpr 5(1)(f)': supporting('Data cannot be read or changed on the network unnoticed.'),
    'hipaa 164.312(e)(1)': primary('Transmission of health information in clear is refused.'),
    'hipaa 164.312(e)(2)(i)': primary('TLS detects a modification on the way.'),
    'hipaa 164.312(e)(2)(ii)': primary('Every request and answer is encrypted.'),
  },
  subject: 'bucket',
  reads: ['policy'],
  messages: {
    refused: 'The bucket policy refuses every request sent without TLS.',
    noPolicy: 'The bucket has no policy, so requests without TLS are accepted.',
    noDenial: 'No statement of the bucket policy denies requests sent without TLS.',
    gap: 'Requests without TLS are denied, but not for {gap}.',
  },
  evaluate({ bucket, pass, fail }) {
    if (bucket.policy === null) return fail('noPolicy');
    const gap = undenied(bucket.policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
    if (gap === null) return pass('refused');
    return gap.missing.includes('nothing denies')
      ? fail('noDenial', undefined, gap)
      : fail('gap', { gap: gap.text }, gap);
  },
});
