import { asking } from '../../engine/precedents/asking.ts';
import { matches } from '../../policy/language/glob.ts';
import type { Identity } from '../../records/reading.ts';

/** A KMS key as a bucket names it, resolved as far as the recorded aliases allow. */
export interface KmsKey {
  /** As the bucket names it. */
  readonly name: string;
  /** ARN of the key; null when it was named by an alias that could not be resolved. */
  readonly arn: string | null;
  /** ARNs of the aliases known to point to it, with the one the bucket uses. */
  readonly aliases: readonly string[];
  readonly account: string;
  readonly region: string;
  /** aws/s3, or another key that AWS manages in every account (AWS KMS Developer Guide, "AWS managed keys"). */
  readonly awsManaged: boolean;
}

/**
 * Resolves a key id, key ARN, alias name or alias ARN; ids and names belong to the bucket's own account and Region,
 * and a bucket that names no key uses aws/s3.
 */
export function resolveKey(
  setting: string | null,
  bucket: Identity,
  aliases: ReadonlyMap<string, string>,
): KmsKey {
  const named = setting ?? AWS_MANAGED;
  const full = named.startsWith('arn:') ? named : home(bucket) + resourceOf(named);
  const isAlias = full.split(':')[5]?.startsWith('alias/') ?? false;
  const arn = isAlias ? (aliases.get(full) ?? null) : full;
  const known = [...aliases].filter(([, key]) => key === arn).map(([alias]) => alias);
  const names = isAlias && !known.includes(full) ? [full, ...known] : known;
  return {
    name: named,
    arn,
    aliases: names,
    account: part(arn ?? full, 4),
    region: part(arn ?? full, 3),
    awsManaged: names.some((alias) => alias.includes(':alias/aws/')),
  };
}

/**
 * Does a selector approve the key? A key or alias ARN (wildcards * and ? within each part), a key id or alias name of the
 * bucket's own account and Region, or account:<id> for every key of an account.
 */
export function approves(selector: string, key: KmsKey, bucket: Identity): boolean {
  const account = /^account:(\d{12})$/.exec(selector)?.[1];
  if (account !== undefined) return key.arn !== null && key.account === account;
  const pattern = selector.startsWith('arn:') ? selector : home(bucket) + resourceOf(selector);
  return [key.arn, ...key.aliases].some((arn) => arn !== null && matchesArn(pattern, arn));
}

/**
 * A key that the bucket names by its ARN or id could be aws/s3 of the account, unless a recorded alias says otherwise: aws/s3 has
 * no alias but its own, and no other key has that one (AWS KMS API reference, CreateAlias). A selector that writes the key or an
 * alias out decides the matter; account:<id> and wildcards do not.
 */
export function mayBeAwsManaged(
  key: KmsKey,
  selectors: readonly string[],
  bucket: Identity,
  aliases: ReadonlyMap<string, string>,
): boolean {
  const isNamed = selectors.some(
    (selector) =>
      // Wildcards in Region and account still name one key, as a multi-Region key needs.
      !/^account:|[*?][^:]*$/.test(selector) && approves(selector, key, bucket),
  );
  const isElsewhere = key.account !== bucket.account || key.region !== bucket.region;
  const isRecorded = aliases.has(`${home(bucket)}${AWS_MANAGED}`);
  return !isNamed && !isElsewhere && key.aliases.length === 0 && !isRecorded;
}

const AWS_MANAGED = 'alias/aws/s3';
const part = (arn: string, index: number) => arn.split(':')[index] ?? '';
const resourceOf = (named: string) =>
  named.startsWith('alias/') ? named : `key/${named.replace(/^key\//, '')}`;
const home = (bucket: Identity) =>
  `arn:${asking(bucket, ({ arn }) => part(arn, 1))}:kms:${bucket.region}:${bucket.account}:`;

/** Each part on its own, so that a wildcard never reaches from the Region into the account. */
function matchesArn(pattern: string, arn: string): boolean {
  const globs = pattern.split(':');
  const parts = arn.split(':');
  return globs.length === parts.length && globs.every((glob, at) => matches(glob, parts[at] ?? ''));
}
