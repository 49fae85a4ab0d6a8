import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import {
  type Judging,
  judgeInto,
  openDataSet,
  type TableName,
  type Tables,
} from '../../src/results/index.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';
import { toSnapshotEncoding } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { EventItem } from '../contract-server/state.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** Rules that the record of a bucket answers, each in a few lines of policy. */
export const fewRules = rules.filter(({ id }) =>
  ['s3-tls-only', 's3-versioning-with-lifecycle', 's3-data-classification'].includes(id),
);

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** "2026-03-02T06:00:00Z" → the name of a snapshot that was taken then. */
export const snapshotName = (at: string, account = ACCOUNT, region = REGION) =>
  `AWSLogs/${account}/${account}_Config_${region}_ConfigSnapshot_${at.replaceAll(/[-:]|\.000/g, '')}_0b1c.json.gz`;

/** A snapshot of these items, in their account and Region unless the name says otherwise. */
export function putSnapshot(
  folder: string,
  at: string,
  items: readonly EventItem[],
  [account = items[0]?.awsAccountId, region = items[0]?.awsRegion]: readonly string[] = [],
): void {
  const body = { fileVersion: '1.0', configurationItems: items.map(toSnapshotEncoding) };
  put(folder, snapshotName(at, account, region), gzipSync(JSON.stringify(body)));
}

export function put(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export const bucketIn = (
  name: string,
  account = ACCOUNT,
  region = REGION,
  parts: Partial<EventItem> = {},
) => bucketItem(name, { awsAccountId: account, awsRegion: region, ...parts });

export const judge = (
  target: string,
  sources: readonly string[],
  now: string,
  more: Partial<Judging> & { readonly with?: Partial<Settings> } = {},
) => {
  const { with: settings, ...rest } = more;
  return judgeInto(target, sources, {
    ...{ rules: fewRules, now, settings: { ...emptySettings, ...settings } },
    ...rest,
  });
};

export async function rowsOf<T extends TableName>(folder: string, table: T, at = -1) {
  const run = (await openDataSet(folder)).runs.at(at);
  const rows: Tables[T][] = [];
  for await (const row of run?.rows(table) ?? []) rows.push(row);
  return rows;
}

/** Every file of a data set, by its path. */
export function filesIn(folder: string): Readonly<Record<string, Buffer>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
  return Object.fromEntries(
    paths.sort().map((path) => [relative(folder, path), readFileSync(path)]),
  );
}

export const textOf = (bytes: Buffer | undefined) => gunzipSync(bytes ?? '').toString();
