import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type FindingRow, linesOf, type RunRow } from '../results/index.ts';
import type { Settings } from '../settings/settings.ts';
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
  /** All results in their order. @throws Malformed for a line that is not a result. */
  results(): AsyncIterable<FindingRow>;
}

/** @throws Malformed, or an error of the file system, when the folder is not a bundle. */
export async function openBundle(folder: string): Promise<Bundle> {
  const manifest = manifestOf(await readFile(join(folder, MANIFEST), 'utf8'));
  const last = manifest.runs.at(-1);
  if (last === undefined) throw new Malformed(`${MANIFEST}: runs is empty`);
  const file = `runs/${last}/run.json`;
  const run = parseCanonical(await readFile(join(folder, file), 'utf8'), file) as RunRow;
  const settings = async () =>
    JSON.parse(await readFile(join(folder, pathOfSettings(run.settingsHash)), 'utf8')) as Settings;
  return { folder, manifest, run, settings, results: () => resultsIn(folder) };
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
