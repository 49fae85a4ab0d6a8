import { createHash } from 'node:crypto';
import { canonicalPolicy } from '../../../policy/language/canonical.ts';
import { isKnown } from '../../../records/reading.ts';
import type { ItemFacet } from '../../facet.ts';
import { policy, policyText } from './policy.ts';

/** Hash of the meaning of the policy, not of its spelling: see {@link canonicalPolicy}. A text that is not a policy has none. */
export const policySha256: ItemFacet<string | null> = {
  from: 'item',
  read(item) {
    const parsed = policy.read(item);
    if (!isKnown(parsed)) return parsed;
    const written = policyText.read(item);
    return isKnown(written) && written.value !== null ? { value: sha256(written.value) } : written;
  },
};

const sha256 = (text: string) =>
  createHash('sha256').update(canonicalPolicy(text), 'utf8').digest('hex');
