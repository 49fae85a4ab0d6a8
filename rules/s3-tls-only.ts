import { choice, defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { denialsOf, nothingDenies } from '../src/knowledge/policies/refusal.ts';
import { undenied } from '../src/policy/questions/denials.ts';

/** Every version below the minimum; how S3 spells the first one is not documented. */
const OLDER_THAN = { none: [], '1.2': ['1', '1.0', '1.1'], '1.3': ['1', '1.0', '1.1', '1.2'] } as const;

const DENY_PLAIN = {
  fix: 'Deny s3:* to every principal when aws:SecureTransport is false (Bool), on the bucket and on its objects, without other conditions.',
  caution:
    'Clients that use plain HTTP are refused, also S3 website endpoints, which do not support HTTPS. PutBucketPolicy replaces the policy.',
};

export default defineRule({
  id: 's3-tls-only',
  areas: ['encryption'],
  severity: 'high',
  tier: 'essential',
  title: 'S3 buckets refuse every request sent without TLS',
  rationale: 'S3 answers plain HTTP unless the bucket policy denies it, so data can be read in transit.',
  limits: [
    'Only the bucket policy is judged: denials in service or resource control policies of the organization are not visible here.',
    'No minimum version is required by default, because S3 itself only accepts TLS 1.2 and 1.3 (Amazon S3 User Guide, "Protecting ' +
      'data in transit with encryption").',
  ],
  requirements: {
    'gdpr 32(1)(a)': primary('Personal data is encrypted on its way to and from the bucket.'),
    'gdpr 5(1)(f)': supporting('Requests without TLS, which others on the network could read or change, are refused.'),
    'hipaa 164.312(e)(1)': primary('Requests that would send health information in clear text are refused.'),
    'hipaa 164.312(e)(2)(i)': primary('Only requests over TLS, which detects changes in transit, are accepted.'),
    'hipaa 164.312(e)(2)(ii)': primary('Only requests encrypted with TLS are accepted.'),
  },
  reads: ['policy'],
  parameters: {
    minimumTlsVersion: choice('none', ['none', '1.2', '1.3'], 'The TLS version below which the bucket policy itself must refuse requests.'),
  },
  messages: {
    refused: pass('The bucket policy refuses every request sent without TLS.'),
    noPolicy: fail('The bucket has no policy, so requests without TLS are accepted.', DENY_PLAIN),
    noDenial: fail('No statement of the bucket policy denies requests sent without TLS.', DENY_PLAIN),
    gap: fail('Requests without TLS are denied, but not for {gap}.', DENY_PLAIN),
    oldTls: fail('Requests without TLS are denied, but those with TLS {version} are not denied for {gap}.', {
      fix: 'Also deny s3:* to every principal, on the bucket and its objects, when s3:TlsVersion is below the minimum (NumericLessThan).',
      caution: 'Clients that use an older version are refused. Server access logs show the TLS version of each request.',
      except: ['gdpr 5(1)(f)', 'hipaa 164.312(e)(1)'],
    }),
  },
  evaluate({ bucket, params }) {
    const policy = denialsOf(bucket);
    if (policy === null) return say('noPolicy');
    const gap = undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
    if (gap) return nothingDenies(gap) ? say('noDenial', {}, gap) : say('gap', { gap: gap.text }, gap);
    for (const version of OLDER_THAN[params.minimumTlsVersion]) {
      const keys = { 'aws:SecureTransport': 'true', 's3:TlsVersion': version };
      const open = undenied(policy, bucket, { keys });
      if (open) return say('oldTls', { version, gap: open.text }, open);
    }
    return say('refused');
  },
});
