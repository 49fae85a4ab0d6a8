import { describe, expect, it } from 'vitest';
import { neighbourOf } from '../../src/facets/bucket/context/neighbours.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import { bucketWith, policyText } from '../lambda/world.ts';

const allow = (statement: object) => ({
  BucketPolicy: {
    policyText: policyText({
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
      ...statement,
    }),
  },
});
const sse = (sseAlgorithm: string) => ({
  ServerSideEncryptionConfiguration: {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
  },
});
const delivery = {
  AccessControlList: {
    owner: { id: 'f00d' },
    grantList: [{ grantee: 'LogDelivery', permission: 'Write' }],
  },
};

it.each<[string, object, string | null]>([
  ['lets the service write', allow({}), null],
  ['lets the service do anything', allow({ Action: 's3:*' }), null],
  ['may let the service write, among everyone', allow({ Principal: '*' }), null],
  ['lets LogDelivery write, without a policy', delivery, null],
  ['has no policy', {}, 'that does not let S3 write'],
  [
    'lets another service write',
    allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } }),
    'that does not let S3 write',
  ],
  ['lets the service read', allow({ Action: 's3:GetObject' }), 'that does not let S3 write'],
  ['denies the service', allow({ Effect: 'Deny' }), 'that does not let S3 write'],
  ['uses KMS', { ...allow({}), ...sse('aws:kms') }, 'with aws:kms'],
  ['uses SSE-S3', { ...allow({}), ...sse('AES256') }, null],
])('a target that %s', (_, change, obstacle) => {
  expect(neighbourOf(unwrap(bucketWith('logs', { ...change })))).toMatchObject({
    account: '111122223333',
    region: 'eu-central-1',
    obstacle: { value: obstacle },
  });
});

it('a target that is gone, or is not recorded any more', () => {
  const gone = unwrap(deletedItem('logs', '2026-03-01T10:00:00.250Z'));
  expect(neighbourOf(gone)).toMatchObject({ obstacle: { value: 'that is gone' } });
  const stopped = { configurationItemStatus: 'ResourceNotRecorded' };
  expect(neighbourOf(unwrap(bucketItem('logs', stopped)))).toMatchObject({
    isThere: false,
    obstacle: { unavailable: 'its target is not recorded' },
  });
});

it.each([
  { BucketPolicy: {} },
  { AccessControlList: null },
  sse(''),
  { ObjectLockConfiguration: 7 },
])('damage to its record is missing evidence: %j', (change) => {
  expect(neighbourOf(unwrap(bucketWith('logs', { ...allow({}), ...change })))).toMatchObject({
    obstacle: { unavailable: expect.stringMatching(/\S/) },
  });
});

describe('an inventory', () => {
  const at = (captureTime: string, parts: object = {}) =>
    unwrap(bucketItem('logs', { configurationItemCaptureTime: captureTime, ...parts }));

  it('keeps the records of buckets that are named, and of no others', () => {
    const inventory = new RecordedInventory();
    inventory.meet(at('2026-03-01T10:00:00.000Z'));
    expect(inventory.neighbour('logs')).toBeNull();
    inventory.name(['logs']);
    inventory.meet(at('2026-03-01T10:00:00.000Z'));
    inventory.meet(unwrap(bucketItem('other')));
    expect(inventory.neighbour('logs')).toMatchObject({ account: '111122223333' });
    expect(inventory.neighbour('other')).toBeNull();
  });

  it.each([
    'ResourceDeleted',
    'ResourceNotRecorded',
  ])('believes the latest record: %s', (status) => {
    const early = at('2026-03-01T10:00:00.000Z');
    const late = at('2026-03-02T10:00:00.000Z', { configurationItemStatus: status });
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const inventory = new RecordedInventory();
      inventory.name(['logs']);
      for (const item of order) inventory.meet(item);
      expect(inventory.neighbour('logs')).toMatchObject({ isThere: false });
    }
  });
});
