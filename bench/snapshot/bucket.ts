import { ACCOUNTS, canonicalId, keyOf, REGIONS, WORDS } from './organization.ts';
import { modulePolicy, uniquePolicy } from './policies.ts';
import type { Random } from './random.ts';

export interface Shape {
  /** The share of buckets whose settings come from a module of the organization, from 0 to 1. */
  readonly modules: number;
}

const CAPTURED = '2026-08-01T12:34:56.789Z';

/** The parts of a record that every resource has. */
export const record = (
  { type, id, account, region }: Readonly<Record<'type' | 'id' | 'account' | 'region', string>>,
  parts: object,
) => ({
  ...{
    relatedEvents: [],
    relationships: [],
    configuration: {},
    supplementaryConfiguration: {},
    tags: {},
  },
  ...{ configurationItemVersion: '1.3', configurationItemCaptureTime: CAPTURED },
  ...{ configurationStateId: 1754051696789, awsAccountId: account, configurationItemStatus: 'OK' },
  ...{ resourceType: type, resourceId: id, resourceName: id, ARN: '', awsRegion: region },
  ...{
    availabilityZone: 'Regional',
    configurationStateMd5Hash: '',
    resourceCreationTime: CAPTURED,
  },
  ...parts,
});

/** What stands in the record of a bucket, in the order in which AWS Config writes it. */
export function bucketRecord(
  { name, account, region }: Readonly<Record<'name' | 'account' | 'region', string>>,
  sections: Readonly<Record<string, unknown>>,
  tags: Readonly<Record<string, string>>,
) {
  const owner = { displayName: null, id: canonicalId(account) };
  const grantList = [{ grantee: owner, permission: 'FullControl' }];
  const acl = { grantSet: null, grantList, owner, isRequesterCharged: false };
  return record(
    { type: 'AWS::S3::Bucket', id: name, account, region },
    {
      configuration: { name, owner, creationDate: CAPTURED, region },
      supplementaryConfiguration: {
        AccessControlList: JSON.stringify(acl),
        BucketAccelerateConfiguration: { status: null },
        BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
        BucketTaggingConfiguration: { tagSets: [{ tags }] },
        IsRequesterPaysEnabled: false,
        ...sections,
      },
      ...{ tags, ARN: `arn:aws:s3:::${name}` },
    },
  );
}

export const lifecycleRule = (id: string, days: number, noncurrentDays: number, prefix = '') => ({
  ...{
    id,
    prefix: null,
    status: 'Enabled',
    expirationInDays: days,
    expiredObjectDeleteMarker: false,
  },
  ...{ noncurrentVersionExpirationInDays: noncurrentDays, newerNoncurrentVersions: null },
  transitions: [
    { days: 30, date: null, storageClass: 'STANDARD_IA' },
    { days: 90, date: null, storageClass: 'GLACIER' },
  ],
  ...{
    noncurrentVersionTransitions: null,
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  },
  ...{ filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix } }, expirationDate: null },
  noncurrentVersionExpiration: { days: noncurrentDays, newerNoncurrentVersions: null },
});

export const flags = (on: boolean) => ({
  ...{ blockPublicAcls: true, ignorePublicAcls: on },
  ...{ blockPublicPolicy: true, restrictPublicBuckets: on },
});

/** Settings of a bucket: those of one of a few modules, or a mixture of its own. */
function settingsOf(account: string, region: string, isModule: boolean, random: Random) {
  const variant = Math.floor(random.next() * 4);
  const own = !isModule;
  const days = own ? Math.floor(random.next() * 3000) : [30, 90, 365, 2555][variant];
  const key = `arn:aws:kms:${region}:${account}:key/${random.chance(0.9) ? keyOf(account, region) : random.hex(32)}`;
  const algorithm = own
    ? random.pick(['AES256', 'aws:kms', 'aws:kms:dsse'])
    : variant === 0
      ? 'AES256'
      : 'aws:kms';
  const isVersioned = own ? random.chance(0.7) : variant > 0;
  const rules = Array.from({ length: own ? 1 + Math.floor(random.next() * 4) : 2 }, (_, n) =>
    lifecycleRule(
      `rule-${n}`,
      (days ?? 30) + n,
      own ? Math.floor(random.next() * 90) : 30,
      n > 0 ? 'tmp/' : '',
    ),
  );
  const lock = {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } },
  };
  return {
    BucketVersioningConfiguration: {
      status: isVersioned ? 'Enabled' : 'Off',
      isMfaDeleteEnabled: isVersioned ? false : null,
    },
    ServerSideEncryptionConfiguration: {
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: algorithm,
            kmsMasterKeyID: algorithm === 'AES256' ? null : key,
          },
          bucketKeyEnabled: algorithm !== 'AES256',
        },
      ],
    },
    ...(random.chance(0.85) ? { PublicAccessBlockConfiguration: flags(random.chance(0.9)) } : {}),
    ...(random.chance(0.7) ? { BucketLifecycleConfiguration: { rules } } : {}),
    ...(isVersioned && random.chance(0.1) ? { ObjectLockConfiguration: lock } : {}),
  };
}

const notifications = (number: number, account: string, region: string) =>
  Object.fromEntries(
    [0, 1, 2].map((n) => [
      `notify-${(number + n) % 97}`,
      {
        ...{ type: 'QueueConfiguration', events: ['s3:ObjectCreated:*'], objectPrefixes: [] },
        filter: { s3KeyFilter: { filterRules: [{ name: 'Prefix', value: 'incoming/' }] } },
        queueARN: `arn:aws:sqs:${region}:${account}:ingest-${(number + n) % 97}`,
      },
    ]),
  );

/** The record of one bucket of the organization. */
export function bucketOf(number: number, { modules }: Shape, random: Random) {
  const account = ACCOUNTS[number % ACCOUNTS.length] ?? '';
  const region = random.pick(REGIONS);
  const name = `${random.pick(WORDS)}-${random.pick(['prod', 'stage', 'dev'])}-${account.slice(-4)}-${number.toString(36)}`;
  const isModule = random.chance(modules);
  const policyFrom = isModule ? modulePolicy : uniquePolicy;
  const Statement = policyFrom(`arn:aws:s3:::${name}`, account, random);
  const policy = { Version: '2012-10-17', Statement };
  const tags = {
    'aws:cloudformation:stack-name': `stack-${random.pick(WORDS)}-${random.hex(5)}`,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:${region}:${account}:stack/${name}/${random.hex(32)}`,
    ...{ Environment: random.pick(['prod', 'stage', 'dev']), CostCenter: random.hex(6) },
    Owner: `team-${random.pick(WORDS)}@example.com`,
    DataClassification: random.pick(['public', 'internal', 'confidential', 'restricted']),
    ...(random.chance(0.2) ? { Retention: random.pick(['year', 'record']) } : {}),
  };
  const cors = {
    ...{ id: 'app', allowedMethods: ['GET', 'PUT', 'HEAD'], allowedHeaders: ['*'] },
    allowedOrigins: ['https://app.example.com', 'https://console.example.com'],
    ...{ exposedHeaders: ['ETag', 'x-amz-request-id'], maxAgeSeconds: 3000 },
  };
  const logging = {
    destinationBucketName: `access-logs-${account}-${region}`,
    logFilePrefix: `s3/${name}/`,
  };
  return bucketRecord(
    { name, account, region },
    {
      ...(random.chance(0.65) ? { BucketLoggingConfiguration: logging } : {}),
      BucketNotificationConfiguration: { configurations: notifications(number, account, region) },
      BucketCrossOriginConfiguration: { rules: [cors] },
      BucketPolicy: { policyText: Statement.length > 0 ? JSON.stringify(policy) : null },
      ...settingsOf(account, region, isModule, random),
    },
    tags,
  );
}
