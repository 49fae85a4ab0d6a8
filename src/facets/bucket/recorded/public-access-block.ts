import type { PublicAccessBlock } from '../../../facts/bucket-settings.ts';
import { flag, type Json, object } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'PublicAccessBlockConfiguration';

/** Absent when the bucket has no flags of its own, which is not the same as four flags that are off. */
export const publicAccessBlock = recorded<PublicAccessBlock | null>(KEY, (value) => {
  if (value === undefined || value === null) return null;
  return flagsOf(object(value, KEY), KEY);
});

/**
 * The four flags of a bucket, an account or an access point; the APIs begin their names with a capital.
 * @param readFlag for answers of a service, which write no flag as a text.
 */
export function flagsOf(flags: Json, where: string, readFlag = flag): PublicAccessBlock {
  const read = (name: keyof PublicAccessBlock) => {
    const capital = name.charAt(0).toUpperCase() + name.slice(1);
    return readFlag(flags[name] ?? flags[capital], `${where}.${name}`);
  };
  return {
    blockPublicAcls: read('blockPublicAcls'),
    ignorePublicAcls: read('ignorePublicAcls'),
    blockPublicPolicy: read('blockPublicPolicy'),
    restrictPublicBuckets: read('restrictPublicBuckets'),
  };
}
