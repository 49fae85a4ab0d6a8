import { createHash } from 'node:crypto';
import { canonicalPolicy } from '../policy/canonical.ts';
import { fromPolicyText } from './policy.ts';

/** Of what the policy says, not of how it is spelt: see {@link canonicalPolicy}. */
export const policySha256 = fromPolicyText((text) =>
  createHash('sha256').update(canonicalPolicy(text), 'utf8').digest('hex'),
);
