import { hash } from 'node:crypto';
import { canonicalPolicy } from '../../../policy/language/canonical.ts';
import type { SharedPolicy } from '../../../policy/language/shared.ts';
import { isKnown, type Reading } from '../../../records/reading.ts';
import { named } from '../../../values/stand-in.ts';
import type { ItemFacet } from '../../facet.ts';
import { policy, policyText, sharedIn } from './policy.ts';

/** Hash of the meaning of the policy, not of its spelling: see {@link canonicalPolicy}. A text that is not a policy has none. */
export const policySha256: ItemFacet<string | null> = {
  from: 'item',
  read(item) {
    const written = policyText.read(item);
    if (!isKnown(written) || written.value === null) return written as Reading<null>;
    const shared = sharedIn(item, written.value);
    if (shared !== null) return { value: sha256(named(canonicalOf(shared), item.resourceName)) };
    const parsed = policy.read(item);
    return isKnown(parsed) ? { value: sha256(canonicalPolicy(written.value)) } : parsed;
  },
};

const sha256 = (text: string) => hash('sha256', text);

/**
 * The canonical form has the name where the stand-in is: in a shared policy it stands behind the same text wherever it stands, so
 * that no list is in another order.
 */
const canonicalForms = new WeakMap<SharedPolicy, string>();

function canonicalOf(shared: SharedPolicy): string {
  const known = canonicalForms.get(shared);
  if (known !== undefined) return known;
  const made = canonicalPolicy(shared.text);
  canonicalForms.set(shared, made);
  return made;
}
