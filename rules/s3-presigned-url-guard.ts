import { choice, defineRule, fail, pass, say, seconds, supporting } from '../src/engine/rule.ts';
import { denialsOf, nothingDenies, outliving, type RequestKind, signedInUrl, unrefused } from '../src/knowledge/policies/refusal.ts';
import { s3Actions } from '../src/policy/language/actions.ts';

/** As long as a signature in a URL may last, in seconds (Amazon S3 API Reference, X-Amz-Expires). */
const SEVEN_DAYS = 604_800;

const DENY_OLD = {
  fix:
    'Deny s3:* on every object to every principal when s3:signatureAge is above the limit (NumericGreaterThan, in milliseconds: 3600000 ' +
    'for one hour), or, to refuse all pre-signed URLs, when s3:authType is REST-QUERY-STRING (StringEquals).',
  caution:
    'URLs that applications hand out stop working after the limit, so check how long they must last. Refusing all pre-signed URLs also ' +
    'breaks downloads in the S3 console.',
};

export default defineRule({
  id: 's3-presigned-url-guard',
  areas: ['pre-signed-urls'],
  severity: 'medium',
  title: 'S3 buckets refuse pre-signed URLs that are older than allowed',
  rationale: 'A pre-signed URL gives access to anyone who holds it, for up to 7 days, and S3 cannot list the URLs that were signed.',
  limits: [
    'A bucket policy can only shorten the life of a URL: who holds one, and how long it was signed for, is not visible.',
    'Only requests on objects that are signed in their URL with Signature Version 4 are judged: no browser forms, no Version 2, and no ' +
      'Version 4A, which Multi-Region Access Points use. Requests on the bucket itself are not judged.',
  ],
  requirements: {
    'gdpr 25(2)': supporting('A pre-signed URL that is passed on opens data only for a limited time.'),
    'gdpr 32(1)(b)': supporting('A leaked pre-signed URL stops working after the limit.'),
    'hipaa 164.312(a)(1)': supporting('Access passed on in a pre-signed URL is limited in time.'),
    'hipaa 164.312(d)': supporting('A pre-signed URL proves who signed it, not who uses it, so its use is limited in time.'),
  },
  reads: ['policy'],
  parameters: {
    mode: choice('bound', ['bound', 'forbid'], 'Whether pre-signed URLs are limited in time (bound) or refused altogether (forbid).'),
    maximumSignatureAgeSeconds: seconds(3600, 'Age in seconds above which a pre-signed URL must be refused.'),
  },
  messages: {
    refused: pass('The bucket policy refuses pre-signed URLs {which}.'),
    noPolicy: fail('The bucket has no policy, so pre-signed URLs work for up to 7 days.', DENY_OLD),
    tooLong: fail('The bucket policy refuses some pre-signed URLs by their age, but not all URLs {which}.', DENY_OLD),
    noDenial: fail('No statement of the bucket policy denies pre-signed URLs {which}.', DENY_OLD),
    gap: fail('Pre-signed URLs {which} are denied, but not for {gap}.', DENY_OLD),
  },
  evaluate({ bucket, params }) {
    const policy = denialsOf(bucket);
    if (policy === null) return say('noPolicy');
    const signed = signedInUrl(bucket);
    const gapFor = (truth: RequestKind['truth']) => unrefused(policy, bucket, { actions: s3Actions.object, truth });
    const older = (than: number) => gapFor((condition) => signed(condition) ?? outliving(condition, than * 1000));

    const { mode, maximumSignatureAgeSeconds: limit } = params;
    const which = mode === 'forbid' ? 'of any age' : `older than ${limit} seconds`;
    const gap = mode === 'forbid' ? gapFor(signed) : older(limit);
    if (gap === null) return say('refused', { which });
    if (older(SEVEN_DAYS - 1) === null) return say('tooLong', { which }, gap);
    return nothingDenies(gap) ? say('noDenial', { which }, gap) : say('gap', { which, gap: gap.text }, gap);
  },
});
