import type { PublicAccessBlock } from '../core/facets.ts';
import { recorded } from './facet.ts';
import { flag, object } from './json.ts';

const KEY = 'PublicAccessBlockConfiguration';

/** Absent when the bucket has no flags of its own, which is not the same as four flags that are off. */
export const publicAccessBlock = recorded<PublicAccessBlock | null>(KEY, (value) => {
  if (value === undefined || value === null) return null;
  const flags = object(value, KEY);
  const read = (name: keyof PublicAccessBlock) => flag(flags[name], `${KEY}.${name}`);
  return {
    blockPublicAcls: read('blockPublicAcls'),
    ignorePublicAcls: read('ignorePublicAcls'),
    blockPublicPolicy: read('blockPublicPolicy'),
    restrictPublicBuckets: read('restrictPublicBuckets'),
  };
});
