import { describe, expect, it } from 'vitest';
import { facets } from '../../src/facets/index.ts';
import type { BucketFacets } from '../../src/facts/bucket.ts';
import type { ConfigurationItem } from '../../src/records/configuration-item.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem } from '../contract-server/items.ts';
import { inEveryEncoding } from './encodings.ts';

type Recorded = Exclude<keyof BucketFacets, 'ownership' | 'requestAlarms' | 'requestMetrics'>;

/** Reads a facet of a bucket whose one supplementary key has this value; undefined leaves the key out. */
function readIn(name: Recorded, key: string, value: unknown) {
  const { supplementaryConfiguration, ...rest } = bucketItem('b');
  const section = { ...supplementaryConfiguration, [key]: value };
  if (value === undefined) delete section[key];
  const items = inEveryEncoding({ ...rest, supplementaryConfiguration: section });
  return Object.fromEntries(
    Object.entries(items).map(([encoding, item]) => [encoding, readingOf(name, item)]),
  );
}

function readingOf(name: Recorded, item: ConfigurationItem) {
  const facet = facets.bucket[name];
  if (facet.from !== 'item' && facet.from !== 'inventory')
    throw new Error(`${name} is not read from items`);
  return facet.read(item, new RecordedInventory());
}

const rule = (parts: object) => ({
  rules: [{ id: 'r', status: 'Enabled', prefix: null, ...parts }],
});
const sse = (byDefault: object, parts = {}) => ({
  rules: [{ applyServerSideEncryptionByDefault: byDefault, ...parts }],
});
const flags = {
  blockPublicAcls: 'true',
  ignorePublicAcls: 'false',
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const lock = (rule: unknown) => ({ objectLockEnabled: 'Enabled', rule });
const V = 'BucketVersioningConfiguration';
const L = 'BucketLifecycleConfiguration';
const E = 'ServerSideEncryptionConfiguration';

/** Values that AWS Config writes, and what they mean, the same in every encoding. */
type Meaning = readonly [Recorded, string, unknown, unknown];

const meanings: readonly Meaning[] = [
  [
    'versioning',
    V,
    { status: 'Off', isMfaDeleteEnabled: null },
    { status: 'Off', mfaDelete: false },
  ],
  ['versioning', V, { status: 'Suspended' }, { status: 'Suspended', mfaDelete: false }],
  ['versioning', V, { status: 'Enabled', isMfaDeleteEnabled: true }, { mfaDelete: true }],
  ['versioning', V, { status: 'Enabled', isMfaDeleteEnabled: 'false' }, { mfaDelete: false }],
  ['encryption', E, undefined, null],
  [
    'encryption',
    E,
    sse({ sseAlgorithm: 'AES256', kmsMasterKeyID: null }),
    { algorithm: 'AES256', key: null, bucketKey: false },
  ],
  [
    'encryption',
    E,
    sse({ sseAlgorithm: 'aws:kms:dsse', kmsMasterKeyID: 'k' }, { bucketKeyEnabled: 'true' }),
    { algorithm: 'aws:kms:dsse', key: 'k', bucketKey: true },
  ],
  ['lifecycle', L, undefined, []],
  [
    'lifecycle',
    L,
    rule({ expirationInDays: -1, noncurrentVersionExpirationInDays: 0 }),
    [{ expirationDays: null, noncurrentDays: null }],
  ],
  [
    'lifecycle',
    L,
    rule({ prefix: null, filter: { predicate: null } }),
    [{ prefix: '', filter: null }],
  ],
  ['lifecycle', L, rule({ prefix: '' }), [{ prefix: '', filter: null }]],
  ['lifecycle', L, rule({ prefix: 'a/' }), [{ prefix: 'a/', filter: null }]],
  [
    'lifecycle',
    L,
    rule({ filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: '' } } }),
    [{ prefix: '', filter: null }],
  ],
  [
    'lifecycle',
    L,
    rule({
      filter: { predicate: { type: 'LifecycleTagPredicate', tag: { key: 'a', value: 'b' } } },
    }),
    [{ prefix: '', filter: 'a tag' }],
  ],
  [
    'lifecycle',
    L,
    rule({ filter: { predicate: { type: 'LifecycleAndOperator', operands: [] } } }),
    [{ prefix: '', filter: 'several conditions' }],
  ],
  [
    'lifecycle',
    L,
    rule({
      filter: {
        predicate: { type: 'LifecycleObjectSizeGreaterThanPredicate', objectSizeGreaterThan: 1 },
      },
    }),
    [{ prefix: '', filter: 'LifecycleObjectSizeGreaterThanPredicate' }],
  ],
  [
    'lifecycle',
    L,
    rule({ filter: { predicate: {} } }),
    [{ prefix: '', filter: 'an unknown filter' }],
  ],
  [
    'lifecycle',
    L,
    rule({ expirationDate: '2030-01-01T00:00:00.000Z' }),
    [{ expirationDate: '2030-01-01T00:00:00.000Z' }],
  ],
  ['lifecycle', L, rule({ expirationDate: '2030-01-01' }), [{ expirationDate: '2030-01-01' }]],
  ...[
    { noncurrentVersionExpirationInDays: 30 },
    { noncurrentVersionExpirationInDays: -1, noncurrentVersionExpiration: { noncurrentDays: 30 } },
    { noncurrentVersionExpirationInDays: 30, noncurrentVersionExpiration: { noncurrentDays: 30 } },
    {
      noncurrentVersionExpirationInDays: 30,
      noncurrentVersionExpiration: { noncurrentDays: null },
    },
  ].map((parts): Meaning => ['lifecycle', L, rule(parts), [{ noncurrentDays: 30 }]]),
  ...[1893456000, 1893456000000, '1893456000000'].map(
    (expirationDate): [Recorded, string, unknown, unknown] => [
      'lifecycle',
      L,
      rule({ expirationDate }),
      [{ expirationDate: '2030-01-01T00:00:00.000Z' }],
    ],
  ),
  [
    'lifecycle',
    L,
    rule({
      filter: {
        predicate: {
          type: 'LifecycleAndOperator',
          operands: [
            { type: 'LifecyclePrefixPredicate', prefix: 'a/' },
            { type: 'LifecycleTagPredicate', tag: { key: 'a', value: 'b' } },
          ],
        },
      },
    }),
    [{ prefix: 'a/', filter: 'several conditions' }],
  ],
  [
    'lifecycle',
    L,
    rule({
      filter: {
        predicate: {
          type: 'LifecycleAndOperator',
          operands: [{ type: 'LifecyclePrefixPredicate', prefix: 'a/' }],
        },
      },
    }),
    [{ prefix: 'a/', filter: null }],
  ],
  // Two prefixes that contradict each other: no document says which one S3 obeys.
  [
    'lifecycle',
    L,
    rule({
      prefix: 'a/',
      filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: 'b/' } },
    }),
    [{ prefix: '', filter: 'several conditions' }],
  ],
  [
    'logging',
    'BucketLoggingConfiguration',
    { destinationBucketName: null, logFilePrefix: null },
    null,
  ],
  [
    'logging',
    'BucketLoggingConfiguration',
    { destinationBucketName: 'a', logFilePrefix: null },
    { bucket: 'a', prefix: '' },
  ],
  ['policy', 'BucketPolicy', { policyText: null }, null],
  [
    'acl',
    'AccessControlList',
    { owner: { id: 'o' }, grantList: null, grantSet: null },
    { owner: 'o', grants: [] },
  ],
  [
    'acl',
    'AccessControlList',
    { owner: { id: 'o' }, grantList: [{ grantee: 'AllUsers', permission: 'Read' }] },
    { grants: [{ grantee: { kind: 'group', name: 'AllUsers' }, permission: 'Read' }] },
  ],
  ['objectLock', 'ObjectLockConfiguration', undefined, null],
  ['objectLock', 'ObjectLockConfiguration', lock(null), { defaultRetention: null }],
  [
    'objectLock',
    'ObjectLockConfiguration',
    lock({ defaultRetention: { mode: 'COMPLIANCE', days: 10, years: null } }),
    { defaultRetention: { mode: 'COMPLIANCE', days: 10 } },
  ],
  ['publicAccessBlock', 'PublicAccessBlockConfiguration', undefined, null],
  [
    'publicAccessBlock',
    'PublicAccessBlockConfiguration',
    flags,
    { blockPublicAcls: true, ignorePublicAcls: false },
  ],
  ['tags', 'BucketTaggingConfiguration', undefined, new Map([['team', 'a']])],
  ['tags', 'BucketTaggingConfiguration', { tagSets: [{ tags: {} }] }, new Map()],
  ['tags', 'BucketTaggingConfiguration', { tagSets: [{ tags: { a: '' } }] }, new Map([['a', '']])],
  ['replication', 'BucketReplicationConfiguration', undefined, []],
  [
    'replication',
    'BucketReplicationConfiguration',
    { rules: { a: { status: 'Disabled', destinationConfig: { bucketARN: 'arn:aws:s3:::r' } } } },
    [{ id: 'a', enabled: false, account: null, narrowedTo: null }],
  ],
  ...[
    { scope: { prefix: '' }, narrowedTo: null },
    { scope: { prefix: 'tmp/' }, narrowedTo: 'prefix tmp/' },
    { scope: { prefix: null, filter: { predicate: null } }, narrowedTo: null },
    {
      scope: { filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: '' } } },
      narrowedTo: 'a filter',
    },
    { scope: { filter: { tag: { key: 'copy', value: 'yes' } } }, narrowedTo: 'a filter' },
  ].map(
    ({ scope, narrowedTo }): Meaning => [
      'replication',
      'BucketReplicationConfiguration',
      {
        rules: {
          a: { ...scope, status: 'Enabled', destinationConfig: { bucketARN: 'arn:aws:s3:::r' } },
        },
      },
      [{ id: 'a', narrowedTo }],
    ],
  ),
];

describe('what AWS Config writes', () => {
  it.each(meanings)('%s: %s %j', (name, key, value, meaning) => {
    for (const [encoding, reading] of Object.entries(readIn(name, key, value))) {
      if (meaning === null) expect(reading, encoding).toEqual({ value: null });
      else expect(reading, encoding).toMatchObject({ value: meaning });
    }
  });
});

/** Damage: no value may come out of it, in any encoding but the one that drops nulls. */
const damages: readonly [Recorded, string, unknown][] = [
  ['versioning', V, undefined],
  ['versioning', V, null],
  ['versioning', V, { status: 'enabled' }],
  ['versioning', V, { status: 'Enabled', isMfaDeleteEnabled: 'maybe' }],
  ['versioning', V, 'Enabled'],
  ['encryption', E, { rules: [] }],
  ['encryption', E, { rules: [{}] }],
  [
    'encryption',
    E,
    {
      rules: [sse({ sseAlgorithm: 'AES256' }).rules[0], sse({ sseAlgorithm: 'aws:kms' }).rules[0]],
    },
  ],
  ['encryption', E, sse({ sseAlgorithm: '' })],
  [
    'lifecycle',
    L,
    rule({
      noncurrentVersionExpirationInDays: 1,
      noncurrentVersionExpiration: { noncurrentDays: 60 },
    }),
  ],
  ['lifecycle', L, { rules: {} }],
  ['lifecycle', L, { rules: Array(1001).fill(rule({}).rules[0]) }],
  ['lifecycle', L, rule({ status: 'On' })],
  ['lifecycle', L, rule({ expirationInDays: 1.5 })],
  ['lifecycle', L, rule({ expirationInDays: 'soon' })],
  ['lifecycle', L, rule({ noncurrentVersionExpirationInDays: -2 })],
  ['lifecycle', L, rule({ filter: 'all' })],
  ['lifecycle', L, rule({ expirationDate: { toString: 1 } })],
  ['lifecycle', L, rule({ filter: { predicate: { type: { toString: 1 } } } })],
  ['logging', 'BucketLoggingConfiguration', undefined],
  ['policy', 'BucketPolicy', undefined],
  ['policy', 'BucketPolicy', { policyText: 'not JSON' }],
  ['policy', 'BucketPolicy', { policyText: '' }],
  ['policy', 'BucketPolicy', { policyText: 7 }],
  ['acl', 'AccessControlList', undefined],
  ['acl', 'AccessControlList', { grantList: [] }],
  [
    'acl',
    'AccessControlList',
    { owner: { id: 'o' }, grantList: [{ grantee: 7, permission: 'Read' }] },
  ],
  ['objectLock', 'ObjectLockConfiguration', { objectLockEnabled: 'yes' }],
  ['objectLock', 'ObjectLockConfiguration', lock({ defaultRetention: { mode: 'COMPLIANCE' } })],
  ['publicAccessBlock', 'PublicAccessBlockConfiguration', { blockPublicAcls: true }],
  ['replication', 'BucketReplicationConfiguration', { rules: [{}] }],
  ['tags', 'BucketTaggingConfiguration', { tagSets: {} }],
  ['tags', 'BucketTaggingConfiguration', { tagSets: [{ tags: { a: 7 } }] }],
  ['tags', 'BucketTaggingConfiguration', 'team=a'],
  ['roles', 'BucketPolicy', undefined],
  ['roles', 'AccessControlList', undefined],
];

describe('damage is missing evidence', () => {
  it.each(damages)('%s: %s %j', (name, key, value) => {
    for (const [encoding, reading] of Object.entries(readIn(name, key, value))) {
      expect(reading, encoding).toMatchObject({ unavailable: expect.stringMatching(/\S/) });
    }
  });

  it('reads a policy that is missing its text as damage, save where queries drop nulls', () => {
    const {
      SelectResourceConfig,
      'a flat table of an advanced query': flat,
      ...others
    } = readIn('policy', 'BucketPolicy', {});
    expect([SelectResourceConfig, flat]).toEqual([{ value: null }, { value: null }]);
    for (const reading of Object.values(others)) expect(reading).toHaveProperty('unavailable');
  });
});
