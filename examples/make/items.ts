import { accessLogsOf, canonicalUserOf, digest, type Place, type Region } from './accounts.ts';
import type { Statement } from './policies.ts';
import { type Encryption, type Lifecycle, lifecycleRule } from './settings-of-buckets.ts';

/** How a bucket is set up. Profiles give all of it, the tables of buckets only what differs. */
export interface Shape {
  readonly encryption: Encryption;
  readonly versioning: 'Enabled' | 'Suspended' | 'Off';
  /** null: never configured. */
  readonly mfaDelete: boolean | null;
  readonly lifecycle: readonly Lifecycle[];
  /** None: the bucket has no policy. */
  readonly statements: readonly Statement[];
  /** Denials that the module of the platform team adds to them. */
  readonly guards: readonly Statement[];
  /** Instead of the statements: text that is stored where a policy should be. */
  readonly policyText?: string;
  readonly blocksPublicAccess: boolean;
  /** Whether server access logs go to the log bucket of the account and Region. */
  readonly logsAccess: boolean;
  /** Another bucket that they go to. */
  readonly logsTo?: string;
  /** Grants in the ACL beyond the owner's; a grantee is a group or a canonical user. */
  readonly grants: readonly (readonly [grantee: string, permission: string])[];
  readonly tags: Readonly<Record<string, string>>;
  readonly objectLock?: object;
  readonly replication?: object;
  readonly website?: object;
  readonly cors?: object;
  readonly notifications?: object;
  /** The day of creation, and the day or the time of the last record; spread over the years by name unless given. */
  readonly created?: string;
  readonly recorded?: string;
  readonly status?: ItemStatus;
}

type ItemStatus =
  | 'OK'
  | 'ResourceDiscovered'
  | 'ResourceNotRecorded'
  | 'ResourceDeleted'
  | 'ResourceDeletedNotRecorded';

const DAY = 86_400_000;

/** A time within so many days after a day, the same for the same name. */
function timeWithin(name: string, from: string, days: number): string {
  const spread = Number.parseInt(digest(name).slice(0, 8), 16) / 0xffffffff;
  return new Date(Date.parse(from) + Math.floor(spread * days * DAY)).toISOString();
}

/** The keys that every item has, in the order in which AWS Config writes them. */
export function itemOf(
  at: { readonly account: string; readonly region: string },
  resource: {
    readonly type: string;
    readonly id: string;
    readonly name?: string;
    readonly arn?: string;
    readonly zone: string | null;
    readonly created: string | null;
    readonly recorded: string;
    readonly status?: ItemStatus;
    readonly tags?: Readonly<Record<string, string>>;
    readonly configuration: object | null;
    readonly supplementary?: object;
  },
): object {
  const { name, arn, recorded } = resource;
  return {
    relatedEvents: [],
    relationships: [],
    configuration: resource.configuration,
    supplementaryConfiguration: resource.supplementary ?? {},
    tags: resource.tags ?? {},
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: recorded,
    configurationStateId: Date.parse(recorded),
    awsAccountId: at.account,
    configurationItemStatus: resource.status ?? 'OK',
    resourceType: resource.type,
    resourceId: resource.id,
    ...(name === undefined ? {} : { resourceName: name }),
    ...(arn === undefined ? {} : { ARN: arn }),
    awsRegion: at.region,
    availabilityZone: resource.zone,
    configurationStateMd5Hash: '',
    resourceCreationTime: resource.created,
  };
}

/** The item of one bucket as it stands in a snapshot file: objects throughout, the ACL as well. */
export function bucketItem(at: Place, shape: Shape): object {
  const { name, arn } = at;
  const status = shape.status ?? 'OK';
  const { recorded: given } = shape;
  const isTime = given?.includes('T') === true;
  const recorded = isTime
    ? given
    : given
      ? timeWithin(name, given, 1)
      : timeWithin(`${name} recorded`, '2026-02-01', 270);
  const identity = { type: 'AWS::S3::Bucket', id: name, name, arn, zone: 'Regional', status };
  if (status.startsWith('ResourceDeleted') || status === 'ResourceNotRecorded') {
    const gone = { zone: null, created: null, configuration: null };
    return itemOf(at, { ...identity, ...gone, recorded });
  }
  const created = timeWithin(`${name} created`, shape.created ?? '2021-03-01', 1200);
  const secondsOnly = created.replace(/\.\d+Z$/, '.000Z');
  const owner = { displayName: null, id: canonicalUserOf(at.account) };
  return itemOf(at, {
    ...identity,
    created: secondsOnly,
    recorded,
    tags: shape.tags,
    configuration: { name, owner, creationDate: secondsOnly },
    supplementary: supplementaryOf(at, shape, owner),
  });
}

const ALL_BLOCKED = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** A key is there only where AWS Config writes it: no tags, no key; but no policy, a key that holds null. */
function supplementaryOf(at: Place, shape: Shape, owner: { readonly id: string }): object {
  const encryption = shape.encryption(at);
  const optional = {
    ServerSideEncryptionConfiguration: encryption,
    BucketLifecycleConfiguration:
      shape.lifecycle.length > 0 ? { rules: shape.lifecycle.map(lifecycleRule) } : undefined,
    PublicAccessBlockConfiguration: shape.blocksPublicAccess ? ALL_BLOCKED : undefined,
    BucketTaggingConfiguration:
      Object.keys(shape.tags).length > 0 ? { tagSets: [{ tags: shape.tags }] } : undefined,
    BucketReplicationConfiguration: shape.replication,
    BucketWebsiteConfiguration: shape.website,
    BucketCrossOriginConfiguration: shape.cors,
    ObjectLockConfiguration: shape.objectLock,
  };
  return {
    AccessControlList: {
      grantSet: null,
      grantList: [
        { grantee: { id: owner.id, displayName: null }, permission: 'FullControl' },
        ...shape.grants.map(([grantee, permission]) => ({
          grantee: /^[0-9a-f]{64}$/.test(grantee) ? { id: grantee, displayName: null } : grantee,
          permission,
        })),
      ],
      owner,
      isRequesterCharged: false,
    },
    BucketAccelerateConfiguration: { status: null },
    BucketLoggingConfiguration: loggingOf(at, shape),
    BucketNotificationConfiguration: { configurations: shape.notifications ?? {} },
    BucketPolicy: { policyText: policyTextOf(at, shape) },
    BucketVersioningConfiguration: {
      status: shape.versioning,
      isMfaDeleteEnabled: shape.mfaDelete,
    },
    IsRequesterPaysEnabled: false,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function loggingOf({ name, account, region }: Place, { logsAccess, logsTo }: Shape): object {
  const target = logsTo ?? accessLogsOf(account, region as Region);
  return logsAccess
    ? { destinationBucketName: target, logFilePrefix: `${name}/` }
    : { destinationBucketName: null, logFilePrefix: null };
}

function policyTextOf(at: Place, { policyText, statements, guards }: Shape): string | null {
  if (policyText !== undefined) return policyText;
  const all = [...statements, ...guards];
  if (all.length === 0) return null;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: all.map((statement) => statement(at)),
  });
}
