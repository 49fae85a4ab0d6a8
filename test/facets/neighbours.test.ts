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

it.each<[string, object, boolean]>([
  ['lets LogDelivery write', delivery, true],
  ['has the ACL of its owner', {}, false],
])('a target that %s', (_, change, admits) => {
  expect(neighbourOf(unwrap(bucketWith('logs', { ...allow({}), ...change })))).toMatchObject({
    account: '111122223333',
    region: 'eu-central-1',
    isThere: true,
    settings: {
      value: {
        encryption: null,
        objectLock: null,
        requesterPays: false,
        policy: { value: { statements: [{ effect: 'Allow' }] } },
        aclAdmitsS3: { value: admits },
      },
    },
  });
});

it.each([true, 'true'])('a target with Requester Pays: %j', (isOn) => {
  const { settings } = neighbourOf(unwrap(bucketWith('logs', { IsRequesterPaysEnabled: isOn })));
  expect(settings).toMatchObject({ value: { requesterPays: true } });
});

it.each(['aws:kms', 'AES256'])('a target that is encrypted with %s', (algorithm) => {
  const { settings } = neighbourOf(unwrap(bucketWith('logs', { ...allow({}), ...sse(algorithm) })));
  expect(settings).toMatchObject({ value: { encryption: { algorithm } } });
});

it('a target that is gone, or is not recorded any more', () => {
  const gone = unwrap(deletedItem('logs', '2026-03-01T10:00:00.250Z'));
  expect(neighbourOf(gone)).toMatchObject({ isThere: false, settings: { value: null } });
  const stopped = { configurationItemStatus: 'ResourceNotRecorded' };
  expect(neighbourOf(unwrap(bucketItem('logs', stopped)))).toMatchObject({
    isThere: false,
    settings: { unavailable: 'its target is not recorded' },
  });
});

it.each([
  sse(''),
  { ObjectLockConfiguration: 7 },
  { IsRequesterPaysEnabled: 'perhaps' },
])('damage to its settings is missing evidence: %j', (change) => {
  const { settings } = neighbourOf(unwrap(bucketWith('logs', { ...allow({}), ...change })));
  expect(settings).toEqual({ unavailable: expect.stringMatching(/\S/) });
});

it.each([
  [{ BucketPolicy: {} }, 'policy'],
  [{ AccessControlList: null }, 'aclAdmitsS3'],
])('damage to what lets S3 write is missing evidence of that: %j', (change, part) => {
  const { settings } = neighbourOf(unwrap(bucketWith('logs', { ...allow({}), ...change })));
  expect(settings).toMatchObject({
    value: { [part]: { unavailable: expect.stringMatching(/\S/) } },
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
