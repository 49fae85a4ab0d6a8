import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import blocked from '../../rules/s3-block-public-access-bucket.ts';
import retention from '../../rules/s3-log-retention.ts';
import tls from '../../rules/s3-tls-only.ts';
import { type FullRun, fullRun } from '../../src/evidence/runs.ts';
import { judgeDays, openDataSet } from '../../src/results/index.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';

/** The account and Region of all buckets here. */
export const account = '111122223333';
export const region = 'eu-central-1';
export const rules = [blocked, tls, retention];

/** A folder that is removed with everything in it. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** A bucket as AWS Config records it, with its Block Public Access on or off. */
export const bucket = (
  name: string,
  isBlocked: boolean,
  change: object = {},
  more: object = {},
): object => ({
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: '2026-09-30T00:00:00.000Z',
  configurationItemStatus: 'OK',
  ...{ awsAccountId: account, awsRegion: region, resourceType: 'AWS::S3::Bucket' },
  ...{
    resourceId: name,
    resourceName: name,
    ARN: `arn:aws:s3:::${name}`,
    resourceCreationTime: '2026-01-01T00:00:00.000Z',
  },
  configuration: { name, owner: { id: 'o' }, creationDate: '2026-01-01T00:00:00.000Z' },
  supplementaryConfiguration: {
    AccessControlList: { grantSet: null, grantList: [], owner: { displayName: null, id: 'o' } },
    BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
    BucketPolicy: { policyText: null },
    BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
    IsRequesterPaysEnabled: false,
    PublicAccessBlockConfiguration: {
      ...{ blockPublicAcls: isBlocked, ignorePublicAcls: isBlocked },
      ...{ blockPublicPolicy: isBlocked, restrictPublicBuckets: isBlocked },
    },
    ...more,
  },
  tags: {},
  ...change,
});

/** A trail that writes to a bucket. */
export const trail = (to: string): object => ({
  ...{ configurationItemVersion: '1.3', configurationItemStatus: 'OK' },
  configurationItemCaptureTime: '2026-09-30T00:00:00.000Z',
  ...{ awsAccountId: account, awsRegion: region, resourceType: 'AWS::CloudTrail::Trail' },
  ...{ resourceId: 't', resourceName: 't', ARN: `arn:aws:cloudtrail:${region}:${account}:trail/t` },
  configuration: { name: 't', s3BucketName: to },
});

/** Writes the snapshot of a day of October 2026, taken at six o'clock. */
export function snapshot(
  folder: string,
  day: number,
  items: readonly object[],
  of = account,
): void {
  const date = `2026-10-${String(day).padStart(2, '0')}`;
  const place = join(
    folder,
    'AWSLogs',
    of,
    'Config',
    region,
    date.replaceAll('-', '/'),
    'ConfigSnapshot',
  );
  mkdirSync(place, { recursive: true });
  const name = `${of}_Config_${region}_ConfigSnapshot_${date.replaceAll('-', '')}T060000Z_0f0e0d0c-${day}.json`;
  writeFileSync(
    join(place, name),
    JSON.stringify({ configSnapshotId: `s-${day}`, configurationItems: items }),
  );
}

export const settingsOf = (change: Partial<Settings>): Settings => ({
  ...emptySettings,
  ...change,
});

/** The runs of October over the snapshots in a folder. */
export async function judged(
  folder: string,
  settings: Settings = emptySettings,
): Promise<readonly FullRun[]> {
  const place = join(folder, 'results');
  await judgeDays(
    place,
    [join(folder, 'AWSLogs')],
    { from: '2026-10-01', to: '2026-10-31' },
    { settings, rules },
  );
  const { runs, damage } = await openDataSet(place);
  if (damage.length > 0) throw new Error(damage.join());
  return runs.map(fullRun);
}
