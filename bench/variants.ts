import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cliBundle } from '../src/generate/bundle.ts';
import { VALIDATORS, validatorsFile } from '../src/generate/code/precompiled.ts';
import { type Usage, usageOf } from './measure.ts';
import { bucketOf } from './snapshot/bucket.ts';
import { Random } from './snapshot/random.ts';
import { type Size, writeSnapshot } from './snapshot/write.ts';

/** In dist, so that the built command line finds its packages. */
const folder = fileURLToPath(new URL('../dist/bench/', import.meta.url));
const NOW = '2026-11-02T12:00:00Z';

/** Ten rules on settings like those that the floor looks at. */
export const TEN_RULES = [
  ...['s3-sse-kms-approved-keys', 's3-versioning-with-lifecycle', 's3-lifecycle-expiration'],
  ...[
    's3-access-logging',
    's3-block-public-access-bucket',
    's3-acl-no-foreign-grants',
    's3-tls-only',
  ],
  ...['s3-no-public-access', 's3-cross-account-scoped', 's3-object-lock-retention'],
].join(',');

export interface Built {
  readonly cli: string;
  readonly floor: string;
}

/** The command line as it is packed, and the floor as plain JavaScript. */
export async function buildPrograms(): Promise<Built> {
  await mkdir(folder, { recursive: true });
  const [cli, floor] = [join(folder, 'cli.js'), join(folder, 'floor.js')];
  await writeFile(cli, await cliBundle());
  await writeFile(join(folder, VALIDATORS), await validatorsFile());
  await build({
    entryPoints: [fileURLToPath(new URL('floor.ts', import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: floor },
  });
  return { cli, floor };
}

/** A snapshot and the settings for it. */
export interface Data {
  readonly file: string;
  readonly settings: string;
}

export async function data(name: string, size: Size): Promise<Data> {
  const file = await writeSnapshot(join(folder, name), size);
  return { file, settings: join(folder, name, 'settings.yaml') };
}

/** One record of one bucket, with the same settings. */
export async function oneBucket({ settings }: Data): Promise<Data> {
  const file = join(folder, 'bucket.json');
  await writeFile(file, JSON.stringify(bucketOf(0, { modules: 1 }, new Random())));
  return { file, settings };
}

export const floorOn = ({ floor }: Built, { file }: Data): Usage => usageOf([floor, file]);

/** Judges the snapshot with these rules (all that records are enough for, when not given). */
export const judging = (
  { cli }: Built,
  { file, settings }: Data,
  format: 'table' | 'ndjson',
  rules?: string,
  more: readonly string[] = [],
): Usage =>
  usageOf([
    ...[cli, 'evaluate', file, '--settings', settings, '--now', NOW, '--format', format],
    ...(rules === undefined ? [] : ['--rules', rules]),
    ...more,
  ]);
