import type { Policy } from '../../../policy/language/document.ts';
import { PolicySyntaxError, parsePolicy } from '../../../policy/language/document.ts';
import { type SharedPolicy, sharedPolicy } from '../../../policy/language/shared.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import { isKnown, type Reading } from '../../../records/reading.ts';
import { Malformed, object, text, wrong } from '../../../values/json.ts';
import { STAND_IN } from '../../../values/stand-in.ts';
import { type ItemFacet, recorded } from '../../facet.ts';

const KEY = 'BucketPolicy';
const WHERE = `${KEY}.policyText`;

/** A policy is parsed once for each item, because the roles of a bucket are read from it as well. */
const parsed = new WeakMap<ConfigurationItem, Reading<Policy | null>>();

/** The key is always there; policyText is null when the bucket has no policy, else the policy exactly as stored. */
export const policy: ItemFacet<Policy | null> = {
  from: 'item',
  read(item) {
    const reading = parsed.get(item) ?? stored.read(item);
    parsed.set(item, reading);
    return reading;
  },
  shared(item) {
    const written = policyText.read(item);
    if (!isKnown(written) || written.value === null) return written as Reading<null>;
    const shared = sharedIn(item, written.value);
    return shared === null ? null : { value: shared.policy };
  },
};

/** The policy of the item in the form that other buckets share. */
export function sharedIn(item: ConfigurationItem, written: string): SharedPolicy | null {
  // The stand-in becomes the name of the record again, so the ARN has to end with it.
  if (!item.arn.endsWith(`:::${item.resourceName}`)) return null;
  return sharedPolicy(written, item.arn, STAND_IN);
}

/** The text exactly as stored, policy or not; null when the bucket has none. */
export const policyText = recorded<string | null>(KEY, textOf, false);

const stored = recorded<Policy | null>(
  KEY,
  (value, item) => {
    const written = textOf(value, item);
    return written === null ? null : policyFrom(written, WHERE);
  },
  false,
);

function textOf(value: unknown, item: Pick<ConfigurationItem, 'fromQuery'>): string | null {
  const { policyText: written } = object(value, KEY);
  if (written === null || (written === undefined && item.fromQuery)) return null;
  if (written === undefined) throw wrong(WHERE, 'the policy or null', written);
  return text(written, WHERE);
}

/** A policy from its text. @throws Malformed if it is not a policy. */
export function policyFrom(policyText: unknown, where: string): Policy {
  try {
    return parsePolicy(text(policyText, where));
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new Malformed(`the policy does not parse (${error.message})`);
  }
}
