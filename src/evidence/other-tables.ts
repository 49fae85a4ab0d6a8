import { BundleWriter } from './bundle/writer.ts';
import { writeRequirements } from './contents/requirements.ts';
import { writeResults } from './contents/results.ts';
import { writeInputs, writeParameters, writeWaivers } from './contents/tables.ts';
import type { Judged } from './dossier.ts';
import { requirementPage } from './pages/requirement-page.ts';
import type { Bundle } from './read.ts';

/**
 * Writes the tables of the rules, of waivers, parameters and inputs, and the pages and tables of the requirements, once more from the
 * results, runs and settings of a bundle, and names those files that the bundle has otherwise: people read these.
 * @param place a folder for them, which the caller removes.
 */
export async function otherTables(bundle: Bundle, place: string): Promise<readonly string[]> {
  const { manifest, run } = bundle;
  const writer = await BundleWriter.open(place);
  try {
    const { requirements, rules } = manifest.scope;
    const catalog = await bundle.catalog();
    const frameworks = catalog.frameworks.flatMap((framework) => {
      const chosen = framework.requirements.filter(
        ({ id }) => requirements === null || requirements.includes(id),
      );
      return chosen.length > 0 ? [{ ...framework, requirements: chosen }] : [];
    });
    const { addressable: decisions = [] } = await bundle.settings();
    const { period } = manifest;
    const about: Judged = { catalog, rules, frameworks, period, decisions, closing: { run } };
    await writeResults(bundle.results(), rules, writer);
    for (const folder of await writeRequirements(about, bundle.results(), writer))
      await writer.add(`${folder.path}/index.html`, requirementPage(folder, about));
    const runs = await bundle.runs();
    const waivers = await Promise.all(runs.map(({ run: each }) => bundle.waivers(each)));
    const settings = { waivers: waivers.at(-1) ?? [] };
    const { closing } = about;
    await writeWaivers({ period, closing, settings, waivers: waivers.flat() }, writer);
    await writeParameters({ runs, rules }, writer);
    await writeInputs({ runs }, writer);
    const there = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
    return writer.files
      .filter(({ path, sha256 }) => there.get(path) !== sha256)
      .map(({ path }) => path);
  } finally {
    await writer.discard();
  }
}
