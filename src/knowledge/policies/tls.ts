import { say } from '../../engine/message.ts';
import type { Policy } from '../../policy/language/document.ts';
import { undenied } from '../../policy/questions/denials.ts';
import type { Identity } from '../../records/reading.ts';
import { notDenied } from './refusal.ts';

/** Every version there is below the minimum; how S3 spells the first one is not documented. */
const OLDER_THAN = {
  none: [],
  '1.2': ['1', '1.0', '1.1'],
  '1.3': ['1', '1.0', '1.1', '1.2'],
} as const;

/** Does the policy refuse every request without TLS, or with a version of it below the minimum? */
export function judgeTls(
  policy: Policy | null,
  bucket: Identity,
  { minimumTlsVersion }: { readonly minimumTlsVersion: keyof typeof OLDER_THAN },
) {
  if (policy === null) return say('noPolicy');
  const gap = undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
  if (gap) return notDenied(gap);
  for (const version of OLDER_THAN[minimumTlsVersion]) {
    const keys = { 'aws:SecureTransport': 'true', 's3:TlsVersion': version };
    const open = undenied(policy, bucket, { keys });
    if (open) return say('oldTls', { version, gap: open.text }, open);
  }
  return say('refused');
}
