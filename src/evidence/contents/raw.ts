import { canonicalJson, sha256 } from '../../results/index.ts';
import { Malformed } from '../../values/json.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import type { FullRun } from '../runs.ts';
import { pathOfAnswer, pathOfItem } from './population.ts';

/**
 * Writes the records and answers that were judged, each under its hash, byte for byte. Those that only say something of other
 * resources are there as well: without them the run could not be judged again.
 * @throws Malformed when the data set holds other bytes than it says.
 */
export async function writeRaw(run: FullRun, writer: BundleWriter): Promise<number> {
  let written = 0;
  for await (const { sha256: hash, kind, raw } of run.evidence()) {
    if (sha256(raw) !== hash)
      throw new Malformed(`The evidence ${hash} of run ${run.run.runId} was changed`);
    const path = kind === 'item' ? pathOfItem(hash) : pathOfAnswer(hash);
    if (path === null || writer.has(path)) continue;
    await writer.add(path, raw);
    written++;
  }
  return written;
}

/** Writes what each run was: by what, with which settings and parameters, from which files. */
export async function writeRuns(
  { runs, closing, catalog }: Dossier,
  writer: BundleWriter,
): Promise<void> {
  for (const each of runs) {
    await writer.add(`runs/${each.run.runId}/run.json`, `${canonicalJson(each.run)}\n`);
    const { settings, sha256: hash } = await each.settings();
    if (sha256(settings) !== hash)
      throw new Malformed(`The settings of run ${each.run.runId} were changed`);
    const path = pathOfSettings(hash);
    if (!writer.has(path)) await writer.add(path, settings);
  }
  await writer.add(`runs/${closing.run.runId}/catalog.json`, `${canonicalJson(catalog)}\n`);
}

export const pathOfSettings = (hash: string): string => `settings/${hash}.json`;
