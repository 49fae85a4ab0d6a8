import { type KeyName, keyArn, type Place, type Region } from './accounts.ts';

/** Default encryption as AWS Config records it, for the bucket it is put on; undefined where the record is too old to say. */
export type Encryption = (at: Place) => object | undefined;

const rule = (sseAlgorithm: string, kmsMasterKeyID: string | null, bucketKeyEnabled: boolean) => ({
  rules: [
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyID },
      bucketKeyEnabled,
    },
  ],
});

/** AWS Config wrote no encryption before S3 encrypted every bucket, in January 2023. */
export const notRecorded: Encryption = () => undefined;
export const sseS3: Encryption = () => rule('AES256', null, false);
/** No key named: the one that AWS manages. */
export const awsManagedKey: Encryption = () => rule('aws:kms', null, true);

/** A key of the bucket's own account and Region, or of another. */
export const kms =
  (
    name: KeyName = 'examplehealth-data',
    from: { readonly account?: string; readonly region?: Region } = {},
  ): Encryption =>
  (at) =>
    rule('aws:kms', keyArn(name, from.account ?? at.account, from.region ?? at.region), true);

export const kmsAlias =
  (alias: string): Encryption =>
  ({ account, region }) =>
    rule(
      'aws:kms',
      alias.startsWith('full:')
        ? `arn:aws:kms:${region}:${account}:alias/${alias.slice(5)}`
        : `alias/${alias}`,
      true,
    );

export const kmsWithoutBucketKey: Encryption = ({ account, region }) =>
  rule('aws:kms', keyArn('examplehealth-data', account, region), false);

/** Two layers; S3 Bucket Keys do not exist for it. */
export const dsse: Encryption = ({ account, region }) =>
  rule('aws:kms:dsse', keyArn('examplehealth-data', account, region), false);

/** A lifecycle rule in our words. Unset numbers become what AWS Config writes for them. */
export interface Lifecycle {
  readonly id: string;
  readonly disabled?: boolean;
  readonly prefix?: string;
  readonly tag?: readonly [key: string, value: string];
  readonly expireDays?: number;
  readonly noncurrentDays?: number;
  /** Newest noncurrent versions that stay for ever. */
  readonly keepVersions?: number;
  readonly deleteMarkers?: boolean;
  readonly abortDays?: number;
  readonly glacierDays?: number;
  /** Recorded before filters existed: prefix "" and no filter, noncurrent days under the old key. */
  readonly oldStyle?: boolean;
}

const UNSET = -1;

export function lifecycleRule(given: Lifecycle): object {
  const { id, disabled, prefix, oldStyle, noncurrentDays, keepVersions, abortDays } = given;
  const noncurrent =
    oldStyle || noncurrentDays === undefined
      ? {}
      : {
          noncurrentVersionExpiration: {
            noncurrentDays,
            newerNoncurrentVersions: keepVersions ?? null,
          },
        };
  return {
    id,
    prefix: oldStyle ? (prefix ?? '') : null,
    status: disabled ? 'Disabled' : 'Enabled',
    filter: oldStyle ? null : { predicate: predicateOf(given) },
    expirationInDays: given.expireDays ?? UNSET,
    expiredObjectDeleteMarker: given.deleteMarkers ?? false,
    noncurrentVersionExpirationInDays: (oldStyle ? noncurrentDays : undefined) ?? UNSET,
    ...noncurrent,
    expirationDate: null,
    transitions: given.glacierDays
      ? [{ days: given.glacierDays, date: null, storageClass: 'GLACIER' }]
      : null,
    noncurrentVersionTransitions: null,
    abortIncompleteMultipartUpload: abortDays ? { daysAfterInitiation: abortDays } : null,
  };
}

function predicateOf({ prefix, tag }: Lifecycle): object | null {
  const byPrefix = prefix && { type: 'LifecyclePrefixPredicate', prefix };
  const byTag = tag && {
    type: 'LifecycleTagPredicate',
    tag: { key: tag[0], value: tag[1] },
  };
  if (byPrefix && byTag) return { type: 'LifecycleAndOperator', operands: [byPrefix, byTag] };
  return byPrefix || byTag || null;
}

/** Object Lock; without days it is on, but puts no retention on new objects. */
export const objectLock = (
  mode?: 'GOVERNANCE' | 'COMPLIANCE',
  length: { readonly days?: number; readonly years?: number } = {},
): object => ({
  objectLockEnabled: 'Enabled',
  rule: mode
    ? { defaultRetention: { mode, days: length.days ?? null, years: length.years ?? null } }
    : null,
});

/** A map from rule id to rule, as AWS Config writes it. */
export const replicationTo = (bucket: string, account: string, owner?: string): object => ({
  roleARN: `arn:aws:iam::${account}:role/examplehealth-replication`,
  rules: {
    'replicate-all': {
      prefix: '',
      status: 'Enabled',
      destinationConfig: {
        bucketARN: `arn:aws:s3:::${bucket}`,
        storageClass: 'STANDARD_IA',
        ...(owner ? { Account: owner } : {}),
      },
    },
  },
});
