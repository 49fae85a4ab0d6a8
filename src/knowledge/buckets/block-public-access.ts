import type { PublicAccessBlock } from '../../facts/bucket-settings.ts';
import type { EntryShape } from '../../settings/entry.ts';

/** The flags as the API of S3 spells them, in its order. */
const NAMES: Readonly<Record<keyof PublicAccessBlock, string>> = {
  blockPublicAcls: 'BlockPublicAcls',
  ignorePublicAcls: 'IgnorePublicAcls',
  blockPublicPolicy: 'BlockPublicPolicy',
  restrictPublicBuckets: 'RestrictPublicBuckets',
};
export const FLAGS = Object.values(NAMES);

export const flagEntry: EntryShape = {
  pattern: `^(${FLAGS.join('|')})$`,
  expected: `one of ${FLAGS.join(', ')}`,
};

const KEYS = Object.keys(NAMES) as (keyof PublicAccessBlock)[];

/** The flags that are off; all four where none were ever set. */
export function flagsOff(block: PublicAccessBlock | null): readonly string[] {
  return KEYS.filter((key) => !block?.[key]).map((key) => NAMES[key]);
}

/** What S3 applies: a flag is in effect when it is on at the bucket or at the account. */
export function flagsInEffect(
  bucket: PublicAccessBlock | null,
  account: PublicAccessBlock | null,
): PublicAccessBlock {
  const isOn = (key: keyof PublicAccessBlock) => (bucket?.[key] || account?.[key]) ?? false;
  return {
    blockPublicAcls: isOn('blockPublicAcls'),
    ignorePublicAcls: isOn('ignorePublicAcls'),
    blockPublicPolicy: isOn('blockPublicPolicy'),
    restrictPublicBuckets: isOn('restrictPublicBuckets'),
  };
}
