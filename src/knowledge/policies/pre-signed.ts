import { say } from '../../engine/message.ts';
import { s3Actions } from '../../policy/language/actions.ts';
import type { Policy } from '../../policy/language/document.ts';
import type { Identity } from '../../records/reading.ts';
import { knowing, notDenied, outliving, type RequestKind, text, unrefused } from './refusal.ts';

/** As long as a signature in a URL may last (Amazon S3 API Reference, X-Amz-Expires). */
const SEVEN_DAYS = 604_800;

/** How long after its signature a URL still opens an object. */
export function judgeSignatureAge(
  policy: Policy | null,
  bucket: Identity,
  {
    mode,
    maximumSignatureAgeSeconds: limit,
  }: { readonly mode: 'bound' | 'forbid'; readonly maximumSignatureAgeSeconds: number },
) {
  if (policy === null) return say('noPolicy');
  const signed = knowing({ 's3:authtype': text('REST-QUERY-STRING') }, bucket);
  const gapFor = (truth: RequestKind['truth']) =>
    unrefused(policy, bucket, { actions: s3Actions.object, truth });
  const older = (than: number) =>
    gapFor((condition) => signed(condition) ?? outliving(condition, than * 1000));

  const which = mode === 'forbid' ? 'of any age' : `older than ${limit} seconds`;
  const gap = mode === 'forbid' ? gapFor(signed) : older(limit);
  if (gap === null) return say('refused', { which });
  if (older(SEVEN_DAYS - 1) === null) return say('tooLong', { which }, gap);
  return notDenied(gap, { which });
}
