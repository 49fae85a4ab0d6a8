import {
  type AccountName,
  accounts,
  DELIVERED,
  type Place,
  REGIONS,
  type Region,
  uuidOf,
} from './accounts.ts';
import type { Corner } from './answers/answer.ts';
import { answersOf } from './answers/answers.ts';
import { analyticsEurope, analyticsUnitedStates } from './buckets-analytics.ts';
import { logArchiveEurope, logArchiveUnitedStates } from './buckets-logs.ts';
import { productionEurope } from './buckets-production-eu.ts';
import { productionUnitedStates } from './buckets-production-us.ts';
import { recordsEurope } from './buckets-records.ts';
import { sandboxEurope, sandboxUnitedStates } from './buckets-sandbox.ts';
import { DELIVERIES, shapeAt } from './days.ts';
import { bucketItem } from './items.ts';
import { otherItems } from './other-items.ts';
import type { Row } from './profiles.ts';

/** Where the example lies, from the root of the project. */
export const FOLDER = 'examples/organization';

const BUCKETS: Readonly<Record<AccountName, Readonly<Record<Region, readonly Row[]>>>> = {
  logArchive: { 'eu-central-1': logArchiveEurope, 'us-east-1': logArchiveUnitedStates },
  production: {
    'eu-central-1': [...productionEurope, ...recordsEurope],
    'us-east-1': productionUnitedStates,
  },
  analytics: { 'eu-central-1': analyticsEurope, 'us-east-1': analyticsUnitedStates },
  sandbox: { 'eu-central-1': sandboxEurope, 'us-east-1': sandboxUnitedStates },
};

/** Every file by its path from the root, as text before compression: pure, always the same. */
export function exampleOrganization(): ReadonlyMap<string, string> {
  const names = Object.keys(accounts) as AccountName[];
  const cornersAt = (at: string) =>
    names.flatMap((name) => REGIONS.map((region) => cornerOf(name, region, at)));
  const corners = cornersAt(DELIVERED);
  return new Map([
    ...DELIVERIES.flatMap((at) => cornersAt(at).map((corner) => snapshotOf(corner, at))),
    ...corners.map((corner): [string, string] => [answersPath(corner), answersOf(corner, corners)]),
  ]);
}

function cornerOf(name: AccountName, region: Region, at: string): Corner {
  const account = accounts[name];
  const buckets = BUCKETS[name][region].map(([bucket, profile, differs = {}]) => {
    const place: Place = { name: bucket, arn: `arn:aws:s3:::${bucket}`, account, region };
    return [place, shapeAt(bucket, { ...profile, ...differs }, at)] as const;
  });
  return { name, account, region, buckets };
}

function snapshotOf({ name, account, region, buckets }: Corner, at: string): [string, string] {
  const id = uuidOf(`snapshot ${account} ${region} ${at}`);
  const items = buckets.map(([place, shape]) => bucketItem(place, shape));
  const body = {
    fileVersion: '1.0',
    configSnapshotId: id,
    configurationItems: [...otherItems(name, region), ...items],
  };
  return [`${FOLDER}/${keyOf(account, region, id, at)}`, JSON.stringify(body)];
}

/** What the services answered when the snapshot was taken. */
const answersPath = ({ account, region }: Corner) =>
  `${FOLDER}/answers/${account}_${region}.ndjson`;

/** The key under which AWS Config delivers: month and day without a leading zero. */
function keyOf(account: string, region: string, id: string, at: string): string {
  const day = at.slice(0, 10).split('-').map(Number).join('/');
  const time = at.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  const file = `${account}_Config_${region}_ConfigSnapshot_${time}_${id}.json.gz`;
  return `AWSLogs/${account}/Config/${region}/${day}/ConfigSnapshot/${file}`;
}
