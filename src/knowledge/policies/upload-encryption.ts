import type { Condition } from '../../policy/language/conditions.ts';
import { hasWildcard } from '../../policy/language/glob.ts';
import type { Tri } from '../../policy/language/tri.ts';
import type { Value } from '../../policy/requests/values.ts';
import type { Identity } from '../../records/reading.ts';
import { approves, resolveKey } from '../buckets/kms-key.ts';
import { absent, holdsOn, sparesOnly, text } from './refusal.ts';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** The ARN of a key or alias, or a pattern for some, of one account. */
const FIXED_ACCOUNT = /^arn:aws[a-z-]*:kms:[a-z0-9*?-]+:\d{12}:(key|alias)\//;

/** An upload by what its headers say. Without a key id S3 takes aws/s3, not the key of the bucket (API reference, PutObject). */
export interface Upload {
  /** Completes "uploads …". */
  readonly which: string;
  readonly algorithm: Value;
  readonly key: 'absent' | 'any that is not approved';
}

export const withoutHeader: Upload = {
  which: 'without an encryption header',
  algorithm: absent,
  key: 'absent',
};

export const withSseS3: Upload = {
  which: 'with SSE-S3',
  algorithm: text('AES256'),
  key: 'absent',
};
export const withOtherKeys: readonly Upload[] = ['aws:kms', 'aws:kms:dsse'].flatMap(
  (algorithm): Upload[] => [
    {
      which: `with ${algorithm} and a key that is not approved`,
      algorithm: text(algorithm),
      key: 'any that is not approved',
    },
    {
      which: `with ${algorithm} and no key, which S3 encrypts with aws/s3`,
      algorithm: text(algorithm),
      key: 'absent',
    },
  ],
);

/** The truth of a condition for every such upload; null when it is about something else. */
export function headersOf(
  { algorithm, key }: Upload,
  bucket: Identity,
  approvedKeys: readonly string[],
  aliases: ReadonlyMap<string, string>,
): (condition: Condition) => Tri | null {
  // A name without an account is looked up in the account of whoever uploads (API reference, ServerSideEncryptionRule).
  const isApproved = (value: string): boolean => {
    if (!FIXED_ACCOUNT.test(value)) return false;
    const named = resolveKey(value, bucket, aliases);
    const selectors = hasWildcard(value)
      ? approvedKeys.filter((selector) => selector.startsWith('account:'))
      : approvedKeys;
    return selectors.some((selector) => approves(selector, named, bucket));
  };
  return (condition) => {
    if (condition.key === ALGORITHM) return holdsOn(condition, algorithm, bucket);
    if (condition.key !== KEY) return null;
    if (key === 'absent') return holdsOn(condition, absent, bucket);
    if (condition.operator?.test === 'null') return holdsOn(condition, { kind: 'any' }, bucket);
    return sparesOnly(condition, ['equals', 'like', 'arn'], isApproved) ? 1 : -1;
  };
}
