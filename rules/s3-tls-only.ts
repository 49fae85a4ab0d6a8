import { choice, defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeTls } from '../src/knowledge/policies/tls.ts';

const FIX = `Deny s3:* to every principal when aws:SecureTransport is false, on the bucket and on its objects; where a version is asked for, also when s3:TlsVersion is below it (NumericLessThan).`;

export default defineRule({
  id: 's3-tls-only',
  areas: ['encryption'],
  severity: 'high',
  title: 'S3 buckets refuse every request sent without TLS',
  rationale: `S3 answers plain HTTP unless the bucket policy denies it, so data can be read in transit.`,
  limits: [
    `Judges the bucket policy alone: a denial by a service or resource control policy of the organization is not seen here. No version is asked for by default, as S3 itself takes TLS 1.2 and 1.3 alone (Amazon S3 User Guide, "Protecting data in transit with encryption").`,
  ],
  requirements: {
    'gdpr 32(1)(a)': primary('Personal data is encrypted on its way to and from the bucket.'),
    'gdpr 5(1)(f)': supporting('Data cannot be read or changed on the network unnoticed.'),
    'hipaa 164.312(e)(1)': primary('Transmission of health information in clear is refused.'),
    'hipaa 164.312(e)(2)(i)': primary('TLS detects a modification on the way.'),
    'hipaa 164.312(e)(2)(ii)': primary('Every request and answer is encrypted.'),
  },
  reads: ['policy'],
  parameters: {
    minimumTlsVersion: choice('none', ['none', '1.2', '1.3'], 'The TLS version below which the policy itself must refuse requests.'),
  },
  messages: {
    refused: pass('The bucket policy refuses every request sent without TLS.'),
    noPolicy: fail('The bucket has no policy, so requests without TLS are accepted.', { fix: FIX }),
    noDenial: fail('No statement of the bucket policy denies requests sent without TLS.', { fix: FIX }),
    gap: fail('Requests without TLS are denied, but not for {gap}.', { fix: FIX }),
    oldTls: fail('Requests without TLS are denied, but those with TLS {version} not for {gap}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeTls(bucket.policy, bucket, params),
});
