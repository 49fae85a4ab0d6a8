import type { Policy } from '../policy/document.ts';
import { PolicySyntaxError, parsePolicy } from '../policy/document.ts';
import { recorded } from './facet.ts';
import { Malformed, object, text, wrong } from './json.ts';

const KEY = 'BucketPolicy';

/** The key is always there; policyText is null when the bucket has no policy, else the policy exactly as stored. */
export const policy = recorded<Policy | null>(KEY, (value, item) => {
  const { policyText } = object(value, KEY);
  if (policyText === null) return null;
  if (policyText === undefined) {
    if (item.fromQuery) return null;
    throw wrong(`${KEY}.policyText`, 'the policy or null', policyText);
  }
  try {
    return parsePolicy(text(policyText, `${KEY}.policyText`));
  } catch (error) {
    if (error instanceof PolicySyntaxError)
      throw new Malformed(`the bucket policy does not parse (${error.message})`);
    throw error;
  }
});
