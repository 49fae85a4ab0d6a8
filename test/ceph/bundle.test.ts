import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  fetchBundle,
  NotStored,
  type Stored,
  s3Client,
  storeBundle,
} from '../../src/evidence/aws/store.ts';
import { MANIFEST } from '../../src/evidence/bundle/manifest.ts';
import { verifyFiles } from '../../src/evidence/bundle/verify.ts';
import { run } from '../cli/run.ts';

const { CEPH_ENDPOINT, CEPH_ACCESS_KEY = '', CEPH_SECRET_KEY = '' } = process.env;
if (CEPH_ENDPOINT === undefined) throw new Error('CEPH_ENDPOINT is not set: see .ci/ceph.');
process.env['AWS_ACCESS_KEY_ID'] = CEPH_ACCESS_KEY;
process.env['AWS_SECRET_ACCESS_KEY'] = CEPH_SECRET_KEY;
const client = await s3Client({ region: 'us-east-1', endpointUrl: CEPH_ENDPOINT });
const folder = mkdtempSync(join(tmpdir(), 'ceph-'));
const bundle = join(folder, 'bundle');
const place = { bucket: `evidence-${process.pid}`, prefix: '2026/10' };
/** The server has a clock of its own, so the lock must be in its future. */
const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000).toISOString();
let stored: readonly Stored[] = [];

const versions = async () => {
  const { Versions = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: place.bucket, Prefix: place.prefix }),
  );
  return Versions.map(({ Key, VersionId }) => `${Key} ${VersionId}`).sort();
};
const manifest = () => ({
  ...{ Bucket: place.bucket, Key: `${place.prefix}/${MANIFEST}` },
  VersionId: stored.at(-1)?.versionId ?? '',
});

beforeAll(async () => {
  const period = ['--from', '2026-10-31', '--to', '2026-11-02', '--now', '2026-11-03T00:00:00Z'];
  const chosen = [
    '--requirement',
    'hipaa 164.312(a)(2)(iv)',
    '--settings',
    'examples/settings.yaml',
  ];
  await run([
    'evidence',
    'export',
    'examples/organization',
    ...period,
    ...chosen,
    '--output',
    bundle,
  ]);
  await client.send(
    new CreateBucketCommand({ Bucket: place.bucket, ObjectLockEnabledForBucket: true }),
  );
  stored = await storeBundle(bundle, place, until, client);
});
afterAll(() => {
  client.destroy();
  rmSync(folder, { recursive: true });
});

it('comes back as it was, and is sound', async () => {
  const back = join(folder, 'back');
  expect(await fetchBundle(place, back, client)).toBe(stored.length);
  expect((await verifyFiles(back, null)).faults).toEqual([]);
  expect(readdirSync(back, { recursive: true }).length).toBe(
    readdirSync(bundle, { recursive: true }).length,
  );
});

it('has every version locked', async () => {
  expect(stored.every(({ versionId }) => versionId !== null)).toBe(true);
  for (const { key, versionId } of [stored[0], stored.at(-1)].filter(
    (each) => each !== undefined,
  )) {
    const { Retention } = await client.send(
      new GetObjectRetentionCommand({ Bucket: place.bucket, Key: key, VersionId: versionId ?? '' }),
    );
    expect(Retention).toMatchObject({ Mode: 'COMPLIANCE' });
    expect(Retention?.RetainUntilDate?.toISOString()).toBe(until);
  }
});

it('cannot be deleted, nor be kept for a shorter time', async () => {
  const before = await versions();
  expect(before).toHaveLength(stored.length);
  await expect(client.send(new DeleteObjectCommand(manifest()))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const bypassing = { ...manifest(), BypassGovernanceRetention: true };
  await expect(client.send(new DeleteObjectCommand(bypassing))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const shorter = { Mode: 'COMPLIANCE', RetainUntilDate: new Date(Date.now() + 60_000) } as const;
  await expect(
    client.send(new PutObjectRetentionCommand({ ...bypassing, Retention: shorter })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await versions()).toEqual(before);
});

it('is not overwritten, and what is put over it hides no version', async () => {
  await expect(storeBundle(bundle, place, until, client)).rejects.toThrow(NotStored);
  const { Bucket, Key } = manifest();
  await client.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
  expect(await versions()).toEqual(expect.arrayContaining([`${Key} ${stored.at(-1)?.versionId}`]));
});
