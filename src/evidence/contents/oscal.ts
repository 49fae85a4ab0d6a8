import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import { type Basis, FILES } from '../oscal/basis.ts';
import { catalog, componentDefinition, profile } from '../oscal/catalog.ts';
import { mappingCollection } from '../oscal/mapping.ts';
import { assessmentPlan } from '../oscal/plan.ts';
import { planOfAction } from '../oscal/poam.ts';
import { assessmentResults } from '../oscal/results.ts';
import { Tally } from '../oscal/tally.ts';

/** Writes the bundle as OSCAL: up to seven documents that refer to one another. */
export async function writeOscal(dossier: Dossier, writer: BundleWriter): Promise<void> {
  const { closing, organization, period, rules, settings } = dossier;
  const chosen = new Set(rules);
  const run = { ...closing.run, rules: closing.run.rules.filter(({ rule }) => chosen.has(rule)) };
  const basis: Basis = {
    organization,
    period,
    run,
    rules: dossier.catalog.rules,
    frameworks: dossier.frameworks,
  };
  const put = async (name: keyof typeof FILES, document: object | null) => {
    if (document !== null)
      await writer.add(`oscal/${FILES[name]}`, `${JSON.stringify(document, null, 1)}\n`);
  };
  await put('catalog', catalog(basis));
  await put('profile', profile(basis));
  await put('component', componentDefinition(basis));
  await put('mapping', mappingCollection(basis));
  const excluded = [];
  for await (const row of closing.subjects())
    if (row.assessed === 'no' && !row.deleted) excluded.push(row);
  await put('plan', assessmentPlan(basis, excluded));
  const tally = new Tally();
  const lines = await writer.stream(`oscal/${FILES.results}`);
  const findings = async function* () {
    for await (const row of closing.findings()) if (chosen.has(row.rule)) yield row;
  };
  for await (const piece of assessmentResults(
    basis,
    { subjects: () => closing.subjects(), findings },
    tally,
    settings.waivers,
  )) {
    await lines.add(piece);
  }
  await lines.end();
  await put('poam', planOfAction(basis, tally, settings.waivers));
}
