import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Facet } from '../../src/facets/facet.ts';
import { facets } from '../../src/facets/index.ts';
import type { BucketFacets } from '../../src/facts/bucket.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem } from '../contract-server/items.ts';
import { lifecycleRule } from '../facet-values.ts';
import { inEveryEncoding } from './encodings.ts';

const policyText = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Trail',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::full/*',
    },
  ],
});

/** A bucket with every facet set, as AWS Config writes it. */
const full = bucketItem('full', {
  supplementaryConfiguration: {
    AccessControlList: JSON.stringify({
      grantSet: null,
      grantList: [
        { grantee: { id: 'f00d', displayName: null }, permission: 'FullControl' },
        { grantee: 'LogDelivery', permission: 'Write' },
        { grantee: 'LogDelivery', permission: 'ReadAcp' },
      ],
      owner: { displayName: null, id: 'f00d' },
      isRequesterCharged: false,
    }),
    BucketLifecycleConfiguration: {
      rules: [
        {
          id: 'old',
          prefix: '',
          status: 'Enabled',
          filter: null,
          expirationInDays: 400,
          expiredObjectDeleteMarker: false,
          noncurrentVersionExpirationInDays: 30,
          expirationDate: null,
          transitions: null,
          noncurrentVersionTransitions: null,
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
        {
          id: 'new',
          prefix: null,
          status: 'Disabled',
          filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: 'docs/' } },
          expirationInDays: -1,
          expiredObjectDeleteMarker: true,
          noncurrentVersionExpirationInDays: -1,
          noncurrentVersionExpiration: { noncurrentDays: 10, newerNoncurrentVersions: 3 },
          abortIncompleteMultipartUpload: null,
        },
      ],
    },
    BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: 'full/' },
    BucketPolicy: { policyText },
    BucketReplicationConfiguration: {
      roleARN: 'arn:aws:iam::111122223333:role/replicate',
      rules: {
        all: {
          prefix: '',
          status: 'Enabled',
          destinationConfig: {
            bucketARN: 'arn:aws:s3:::replica',
            storageClass: null,
            Account: '444455556666',
          },
        },
      },
    },
    BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'a', empty: '' } }] },
    BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false },
    IsRequesterPaysEnabled: false,
    ObjectLockConfiguration: {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: 'GOVERNANCE', days: null, years: 2 } },
    },
    PublicAccessBlockConfiguration: {
      blockPublicAcls: true,
      ignorePublicAcls: false,
      blockPublicPolicy: true,
      restrictPublicBuckets: false,
    },
    ServerSideEncryptionConfiguration: {
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            kmsMasterKeyID: 'alias/a',
          },
          bucketKeyEnabled: true,
        },
      ],
    },
  },
});

const prefix = 'arn:aws:kms:eu-central-1:111122223333:';
const inventory = new RecordedInventory();
const alias = bucketItem('alias', {
  resourceType: 'AWS::KMS::Alias',
  configuration: { AliasName: 'alias/a', TargetKeyId: '1234' },
});
const logs = bucketItem('logs', {
  supplementaryConfiguration: {
    ...full.supplementaryConfiguration,
    ObjectLockConfiguration: undefined,
    ServerSideEncryptionConfiguration: undefined,
  },
});
const replica = bucketItem('replica', { awsAccountId: '444455556666' });
const account = bucketItem('111122223333', {
  resourceType: 'AWS::S3::AccountPublicAccessBlock',
  configuration: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: false,
    restrictPublicBuckets: true,
  },
});
for (const item of Object.values(inEveryEncoding(full))) inventory.add(item);
for (const item of Object.values(inEveryEncoding(logs))) inventory.meet(item);
for (const item of Object.values(inEveryEncoding(replica))) inventory.meet(item);
for (const item of Object.values(inEveryEncoding(alias))) inventory.add(item);
for (const item of Object.values(inEveryEncoding(account))) inventory.add(item);

/** Asked of services. */
type Asked =
  | 'accessAnalysis'
  | 'blockedEncryption'
  | 'encryptionKey'
  | 'eventDataStores'
  | 'lockedBackups'
  | 'newestBackup'
  | 'ownership'
  | 'requestAlarms'
  | 'requestMetrics'
  | 'trails';

/** What decides whether access logs reach the bucket above. */
const LOGS = {
  encryption: null,
  objectLock: null,
  requesterPays: false,
  policy: { value: parsePolicy(policyText) },
  aclAdmitsS3: { value: true },
};

/** What each facet of the bucket is. Those that AWS Config does not record have tests of their own. */
const expected: Omit<BucketFacets, Asked> = {
  accountPublicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: false,
    restrictPublicBuckets: true,
  },
  acl: {
    owner: 'f00d',
    grants: [
      { grantee: { kind: 'canonicalUser', id: 'f00d' }, permission: 'FullControl' },
      { grantee: { kind: 'group', name: 'LogDelivery' }, permission: 'Write' },
      { grantee: { kind: 'group', name: 'LogDelivery' }, permission: 'ReadAcp' },
    ],
  },
  encryption: { algorithm: 'aws:kms', key: 'alias/a', bucketKey: true },
  kmsAliases: new Map([[`${prefix}alias/a`, `${prefix}key/1234`]]),
  lifecycle: [
    lifecycleRule({
      id: 'old',
      expirationDays: 400,
      noncurrentDays: 30,
      abortIncompleteUploadDays: 7,
    }),
    lifecycleRule({
      id: 'new',
      enabled: false,
      prefix: 'docs/',
      removesExpiredDeleteMarkers: true,
      noncurrentDays: 10,
      newerNoncurrentVersions: 3,
    }),
  ],
  logging: { bucket: 'logs', prefix: 'full/' },
  logTarget: { account: '111122223333', region: 'eu-central-1', settings: LOGS },
  objectLock: { defaultRetention: { mode: 'GOVERNANCE', days: 730 } },
  policy: parsePolicy(policyText),
  policySha256: '2b2007e7e5adade84a3dbca4119cb0b0a2b86a342fc16adbedc55be3bc0daa92',
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: false,
    blockPublicPolicy: true,
    restrictPublicBuckets: false,
  },
  requesterPays: false,
  replicaBuckets: new Map([
    [
      'arn:aws:s3:::replica',
      { account: '444455556666', region: 'eu-central-1', isVersioned: false },
    ],
  ]),
  replication: [
    {
      id: 'all',
      enabled: true,
      destination: 'arn:aws:s3:::replica',
      narrowedTo: null,
      account: '444455556666',
    },
  ],
  roles: [
    {
      role: 'trail-target',
      because: 'its policy allows cloudtrail.amazonaws.com to write',
      isOnlyGranted: true,
    },
    {
      role: 'access-log-target',
      because: 'its ACL allows LogDelivery to write',
      isOnlyGranted: true,
    },
  ],
  tags: new Map([
    ['team', 'a'],
    ['empty', ''],
  ]),
  versioning: { status: 'Enabled', mfaDelete: false },
};

describe.each(Object.entries(expected))('the facet %s', (name, value) => {
  const facet = facets.bucket[name as keyof typeof expected];

  it.each(Object.entries(inEveryEncoding(full)))('is the same in %s', (_encoding, item) => {
    if (facet.from !== 'item' && facet.from !== 'inventory')
      throw new Error(`${name} is not read from items`);
    expect(facet.read(item, inventory)).toEqual({ value });
  });
});

/** In items of other resources, with the test that holds each to its values. */
const ELSEWHERE = {
  accessPointArn: 'access-point.test.ts',
  accessPointSettings: 'access-point.test.ts',
  attachedAwsPolicies: 'identity-policies.test.ts',
  boundaryOnly: 'identity-policies.test.ts',
  identityPolicies: 'identity-policies.test.ts',
  permissionsBoundary: 'identity-policies.test.ts',
};

it.each(Object.entries(ELSEWHERE))('the facet %s has its test in %s', (name, file) => {
  expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(name);
});

it('has an expectation for every facet that items carry', () => {
  const recorded = Object.values(facets)
    .flatMap((ofKind) => Object.entries<Facet<unknown>>(ofKind))
    .filter(([, { from }]) => from === 'item' || from === 'inventory');
  const names = [...new Set(recorded.map(([name]) => name))];
  const tested = [...Object.keys(expected), ...Object.keys(ELSEWHERE)];
  expect(tested.sort(), 'each facet has a row here or in ELSEWHERE').toEqual(names.sort());
});

it('gives the same identity in every encoding', () => {
  for (const item of Object.values(inEveryEncoding(full))) {
    expect(item).toMatchObject({
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'full',
      resourceName: 'full',
      arn: 'arn:aws:s3:::full',
      account: '111122223333',
      region: 'eu-central-1',
      status: 'OK',
      captureTime: '2026-03-01T10:00:00.250Z',
    });
  }
});
