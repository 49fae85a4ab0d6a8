import type { GetBucketAclCommandOutput } from '@aws-sdk/client-s3';
import type { FacetName } from '../../facts/index.ts';
import type { Collecting } from '../../services/collecting.ts';
import type { OutputOf } from '../../services/operation.ts';
import { lifecycleOf, replicationOf } from './bucket-rules.ts';

/** Operations that are asked about one bucket. */
export type BucketQuestion = Extract<
  keyof Collecting,
  `GetBucket${string}` | 'GetObjectLockConfiguration'
>;

/** A section of the record of a bucket, and where it comes from. */
export interface Section {
  /** Its key in supplementaryConfiguration. */
  readonly key: string;
  /** The facets that read it; none where every record must have it. */
  readonly facets: readonly FacetName[];
  readonly asks: BucketQuestion;
  /** What is recorded of an answer. */
  readonly write: (answer: never) => unknown;
  /** The error by which S3 says that there is none (Amazon S3 API reference, "Error responses"). */
  readonly none?: string;
  /** What is recorded then; nothing unless it says so. */
  readonly whenNone?: unknown;
}

const section = <Q extends BucketQuestion>(
  key: string,
  asks: Q,
  facets: readonly FacetName[],
  write: (answer: OutputOf<Collecting[Q]>) => unknown,
  rest: Pick<Section, 'none' | 'whenNone'> = {},
): Section => ({ key, asks, facets, write: write as Section['write'], ...rest });

/**
 * What AWS Config records of a bucket and rules read. The keys, and how "none" is written, are those of recorded items
 * (awslabs/aws-config-rdk, rdk/template/example_ci/AWS_S3_Bucket.json; cloud-custodian, tests/data/config/s3*.json) and of
 * awslabs/aws-config-resource-schema.
 */
export const sections: readonly Section[] = [
  section('AccessControlList', 'GetBucketAcl', ['acl', 'roles', 'logTarget'], aclOf),
  section(
    'BucketLifecycleConfiguration',
    'GetBucketLifecycleConfiguration',
    ['lifecycle'],
    ({ Rules }) => ({ rules: Rules?.map(lifecycleOf) }),
    { none: 'NoSuchLifecycleConfiguration' },
  ),
  section(
    'BucketLoggingConfiguration',
    'GetBucketLogging',
    ['logging', 'logTarget', 'roles'],
    ({ LoggingEnabled }) => ({
      destinationBucketName: LoggingEnabled?.TargetBucket ?? null,
      logFilePrefix: LoggingEnabled?.TargetPrefix ?? null,
    }),
  ),
  section(
    'BucketPolicy',
    'GetBucketPolicy',
    ['policy', 'policySha256', 'roles', 'logTarget'],
    ({ Policy }) => (Policy === undefined ? {} : { policyText: Policy }),
    { none: 'NoSuchBucketPolicy', whenNone: { policyText: null } },
  ),
  section(
    'BucketReplicationConfiguration',
    'GetBucketReplication',
    ['replication', 'replicaBuckets'],
    ({ ReplicationConfiguration }) => replicationOf(ReplicationConfiguration),
    { none: 'ReplicationConfigurationNotFoundError' },
  ),
  section(
    'BucketTaggingConfiguration',
    'GetBucketTagging',
    ['tags'],
    ({ TagSet }) => ({
      tagSets: TagSet && [
        { tags: Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value])) },
      ],
    }),
    { none: 'NoSuchTagSet' },
  ),
  section('BucketVersioningConfiguration', 'GetBucketVersioning', [], ({ Status, MFADelete }) => ({
    status: Status ?? 'Off',
    isMfaDeleteEnabled: MFADelete === undefined ? null : MFADelete === 'Enabled',
  })),
  section(
    'IsRequesterPaysEnabled',
    'GetBucketRequestPayment',
    ['requesterPays', 'logTarget'],
    ({ Payer }) => Payer === 'Requester',
  ),
  section(
    'ObjectLockConfiguration',
    'GetObjectLockConfiguration',
    ['objectLock', 'logTarget'],
    ({ ObjectLockConfiguration: lock }) => ({
      objectLockEnabled: lock?.ObjectLockEnabled ?? null,
      rule: lock?.Rule?.DefaultRetention
        ? {
            defaultRetention: {
              mode: lock.Rule.DefaultRetention.Mode,
              days: lock.Rule.DefaultRetention.Days ?? null,
              years: lock.Rule.DefaultRetention.Years ?? null,
            },
          }
        : null,
    }),
    { none: 'ObjectLockConfigurationNotFoundError' },
  ),
  section(
    'PublicAccessBlockConfiguration',
    'GetBucketPublicAccessBlock',
    ['publicAccessBlock'],
    ({ PublicAccessBlockConfiguration: flags }) => ({
      blockPublicAcls: flags?.BlockPublicAcls,
      ignorePublicAcls: flags?.IgnorePublicAcls,
      blockPublicPolicy: flags?.BlockPublicPolicy,
      restrictPublicBuckets: flags?.RestrictPublicBuckets,
    }),
    { none: 'NoSuchPublicAccessBlockConfiguration' },
  ),
  section(
    'ServerSideEncryptionConfiguration',
    'GetBucketEncryption',
    ['encryption', 'encryptionKey', 'logTarget'],
    ({ ServerSideEncryptionConfiguration: encryption }) => ({
      rules: encryption?.Rules?.map((rule) => ({
        applyServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault && {
          sseAlgorithm: rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm,
          kmsMasterKeyID: rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID ?? null,
        },
        bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
      })),
    }),
    { none: 'ServerSideEncryptionConfigurationNotFoundError' },
  ),
];

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'AllUsers'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'AuthenticatedUsers'],
  ['http://acs.amazonaws.com/groups/s3/LogDelivery', 'LogDelivery'],
]);

/** FULL_CONTROL is recorded as FullControl. */
const permission = (words: string) =>
  words
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');

/** A group is recorded by its bare name, everybody else by an id. */
function aclOf({ Grants, Owner }: Omit<GetBucketAclCommandOutput, '$metadata'>): object {
  return {
    ...(Grants && { grantSet: null }),
    grantList: Grants?.map(({ Grantee, Permission }) => ({
      grantee:
        Grantee?.URI === undefined
          ? { id: Grantee?.ID, displayName: Grantee?.DisplayName ?? null }
          : (GROUPS.get(Grantee.URI) ?? { id: Grantee.URI, displayName: null }),
      permission: Permission && permission(Permission),
    })),
    owner: { displayName: Owner?.DisplayName ?? null, id: Owner?.ID },
    isRequesterCharged: false,
  };
}
