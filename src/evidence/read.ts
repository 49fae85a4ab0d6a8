import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CatalogRow,
  canonicalJson,
  type FindingRow,
  linesOf,
  type RunRow,
} from '../results/index.ts';
import type { Settings } from '../settings/settings.ts';
import type { Waiver } from '../settings/waiver.ts';
import { isObject, Malformed } from '../values/json.ts';
import { parseCanonical } from './bundle/canonical.ts';
import { MANIFEST, type Manifest, manifestOf } from './bundle/manifest.ts';
import { pathOfSettings } from './contents/raw.ts';
import { RESULTS } from './contents/results.ts';

/** A bundle that is read as data. Verify it first: this looks at no hash. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The run that gives the results. */
  readonly run: RunRow;
  /** What the run was judged with. @throws an error of the file system in a redacted bundle, which does not hold it. */
  settings(): Promise<Settings>;
  /** Every run that the bundle is made from, in the order of time. @throws Malformed */
  runs(): Promise<readonly { readonly run: RunRow }[]>;
  /** The waivers in the settings of a run. */
  waivers(run: RunRow): Promise<readonly Waiver[]>;
  /** The words of the rules and the texts of the requirements. */
  catalog(): Promise<CatalogRow>;
  /** All results in their order. @throws Malformed for a line that is not a result. */
  results(): AsyncIterable<FindingRow>;
}

/** @throws Malformed, or an error of the file system, when the folder is not a bundle. */
export async function openBundle(folder: string): Promise<Bundle> {
  const manifest = manifestOf(await readFile(join(folder, MANIFEST), 'utf8'));
  const last = manifest.runs.at(-1);
  if (last === undefined) throw new Malformed(`${MANIFEST}: runs is empty`);
  const run = await runIn(folder, last);
  const catalog = async () => {
    const name = `runs/${last}/catalog.json`;
    return parseCanonical(await readFile(join(folder, name), 'utf8'), name) as CatalogRow;
  };
  const settingsOf = async ({ settingsHash }: RunRow) =>
    JSON.parse(await readFile(join(folder, pathOfSettings(settingsHash)), 'utf8')) as Settings;
  return {
    ...{ folder, manifest, run, catalog },
    settings: () => settingsOf(run),
    runs: () =>
      Promise.all(manifest.runs.map(async (runId) => ({ run: await runIn(folder, runId) }))),
    waivers: async (each) => (await settingsOf(each)).waivers,
    results: () => resultsIn(folder),
  };
}

/** @throws Malformed, or an error of the file system. */
async function runIn(folder: string, runId: string): Promise<RunRow> {
  const file = `runs/${runId}/run.json`;
  const content = await readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    // The names of runs come from the manifest, the files from the folder.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Malformed(`${MANIFEST} names the run ${runId}, and ${file} is not there`);
    throw error;
  });
  const run = parseCanonical(content, file) as RunRow;
  // It becomes part of a path.
  if (!/^[0-9a-f]{64}$/.test(run.settingsHash))
    throw new Malformed(`${file}: settingsHash is not a SHA-256`);
  return run;
}

async function* resultsIn(folder: string): AsyncGenerator<FindingRow> {
  for await (const { number, text } of linesOf(join(folder, RESULTS))) {
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      throw new Malformed(`${RESULTS} line ${number} is not valid JSON`);
    }
    if (!isObject(row) || typeof row['id'] !== 'string' || canonicalJson(row) !== text) {
      throw new Malformed(`${RESULTS} line ${number} is not a result in canonical JSON`);
    }
    yield row as unknown as FindingRow;
  }
}
