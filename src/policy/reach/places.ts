import { inOrder, literalPrefix, rests } from '../language/glob.ts';

// S3 keys have 1 to 1,024 bytes (API reference, PutObject, Key): a longer glob, and an empty one, reach no object.
const maximumKeyLength = 1024;

/** The keys of all objects, as a glob. */
export const everyKey = '?*';

/**
 * What stands before the key in the ARN of an object: of one in a bucket, or of one asked for through an access point.
 * Source: Amazon S3 User Guide, "Configuring IAM policies for using access points".
 */
function objectPrefixOf(arn: string): string {
  return arn.includes(':accesspoint/') ? `${arn}/object/` : `${arn}/`;
}

/**
 * The globs of keys that a glob of ARNs reaches in the bucket, or through the access point, with this ARN. Empty when it
 * reaches no object there.
 */
export function keysReached(resource: string, arn: string): readonly string[] {
  return rests(inOrder(resource), objectPrefixOf(arn)).filter(
    (keys) => keys !== '' && keys.replaceAll('*', '').length <= maximumKeyLength,
  );
}

/** The ARN of the objects with such keys, or of the bucket itself for null. */
export function resourceOf(arn: string, { keys }: { readonly keys: string | null }): string {
  return keys === null ? arn : `${objectPrefixOf(arn)}${keys === everyKey ? '*' : keys}`;
}

/**
 * Does a glob of keys name any of them? It does by how they begin, or by a word of two letters or digits. `*.*`, `*-*`, `??*` and
 * `*e*` match nearly every key that people give, so they name none, as `*` does.
 */
export function namesKeys(keys: string): boolean {
  return literalPrefix(keys) !== '' || /[\p{L}\p{N}]{2}/u.test(keys);
}

const EMPTIED =
  /(?<=[*?])\$\{aws:PrincipalTag\/[^{}]{0,200}\}|\$\{aws:PrincipalTag\/[^{}]{0,200}\}(?=[*?])/gi;

/**
 * What a resource of an Allow may stand for where a tag of the caller is empty: next to a wildcard nothing is left of it but the wildcard.
 * IAM allows empty values (IAM User Guide, "Rules for tagging in IAM and AWS STS"); that one fills in a variable is taken for granted.
 */
export const withEmptyTags = (resource: string): string => resource.replace(EMPTIED, '');
