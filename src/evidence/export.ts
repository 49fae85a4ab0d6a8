import { SCHEMA } from './bundle/manifest.ts';
import { fingerprintOf, type Signer } from './bundle/sign.ts';
import { PUBLIC_KEY } from './bundle/verify.ts';
import type { BundleWriter } from './bundle/writer.ts';
import { type HistorySummary, writeHistory } from './contents/history.ts';
import { writeOscal } from './contents/oscal.ts';
import { type PopulationSummary, writePopulation } from './contents/population.ts';
import { writeRaw, writeRuns } from './contents/raw.ts';
import { writeRequirements } from './contents/requirements.ts';
import { type States, writeResults } from './contents/results.ts';
import { writeInputs, writeParameters, writeWaivers } from './contents/tables.ts';
import type { Dossier } from './dossier.ts';
import { faultsInRuns } from './faults-in-runs.ts';
import { uuidOf } from './oscal/ids.ts';
import { indexPage } from './pages/index-page.ts';
import { requirementPage } from './pages/requirement-page.ts';
import { VALID_HOURS } from './period/intervals.ts';

export interface Making {
  readonly writer: BundleWriter;
  readonly signer: Signer | null;
  /** The place in the chain: of the bundle before it the number and the SHA-256 of its manifest; null for the first. */
  readonly previous: { readonly sequence: number; readonly manifestSha256: string } | null;
  /** ISO, UTC. */
  readonly madeAt: string;
  /** Called with what is being written, as words. */
  readonly onStep?: (step: string) => void;
}

export interface Made {
  readonly manifestSha256: string;
  /** What does not add up, as sentences; the same as on page 1. */
  readonly unreconciled: readonly string[];
  readonly population: PopulationSummary;
}

/** Writes the whole bundle, and nothing where that fails. */
export async function makeBundle(dossier: Dossier, making: Making): Promise<Made> {
  try {
    return await write(dossier, making);
  } catch (error) {
    await making.writer.discard();
    throw error;
  }
}

async function write(
  dossier: Dossier,
  { writer, signer, previous, madeAt, onStep = () => {} }: Making,
): Promise<Made> {
  const { closing } = dossier;
  onStep('population');
  const population = await writePopulation(closing, writer);
  onStep('results');
  const counted = await writeResults(closing.findings(), dossier.rules, writer);
  const folders = await writeRequirements(dossier, closing.findings(), writer);
  onStep('history');
  const history = await writeHistory(dossier, writer);
  onStep('records');
  await writeRuns(dossier, writer);
  await writeRaw(closing, writer);
  await writeWaivers(dossier, writer);
  await writeParameters(dossier, writer);
  await writeInputs(dossier, writer);
  onStep('OSCAL');
  await writeOscal(dossier, writer);
  onStep('pages');
  for (const folder of folders)
    await writer.add(`${folder.path}/index.html`, requirementPage(folder, dossier));
  const unreconciled = [
    ...faultsInRuns(dossier),
    ...faultsInCounts(dossier, counted),
    ...faultsInHistory(history),
  ];
  const fingerprint = signer ? fingerprintOf(signer.publicKey) : null;
  const sequence = (previous?.sequence ?? 0) + 1;
  const chain = { sequence, previous: previous?.manifestSha256 ?? null };
  const front = {
    dossier,
    population,
    history,
    folders,
    unreconciled,
    signer: fingerprint,
    madeAt,
    ...chain,
  };
  await writer.add('index.html', indexPage(front));
  if (signer) await writer.add(PUBLIC_KEY, signer.publicKey);
  const { period, organization, frameworks, runs } = dossier;
  const { name, version, commit } = closing.run.tool;
  const requirements = frameworks.flatMap((each) => each.requirements.map(({ id }) => id));
  const about = {
    schema: SCHEMA,
    ...{ period, madeAt, ...chain },
    id: uuidOf('bundle', organization, period.from, period.to, ...requirements),
    tool: { name, version, commit },
    scope: {
      requirements: dossier.isNarrowed ? requirements : null,
      rules: [...dossier.rules].sort(),
    },
    runs: runs.map(({ run }) => run.runId),
    signer: fingerprint,
  } as const;
  return { manifestSha256: await writer.seal(about, signer), unreconciled, population };
}

/** Resources times rules must be the number of results, rule by rule, and the states must be those that the run counted. */
function faultsInCounts(
  { closing, rules }: Dossier,
  counted: ReadonlyMap<string, States>,
): readonly string[] {
  return closing.run.rules.flatMap(({ rule, subjects, states }) => {
    if (!rules.includes(rule)) return [];
    const found = counted.get(rule);
    const sum = found ? Object.values(found).reduce((a, b) => a + b, 0) : 0;
    if (sum !== subjects) return [`${rule}: there are ${sum} results for ${subjects} resources.`];
    const isSame = Object.entries(states).every(
      ([state, count]) => (found?.[state as keyof States] ?? 0) === count,
    );
    return isSame ? [] : [`${rule}: the states are not those that the run counted.`];
  });
}

function faultsInHistory({
  unreconciled: { count, first },
  silentAtTheEnd,
}: HistorySummary): readonly string[] {
  const broken = `For ${count} results the changes between the runs do not lead to what the last run says, first for ${first}.`;
  const silent =
    `At the end of the period nothing is known of ${silentAtTheEnd} results, because their resources were last observed more than ` +
    `${VALID_HOURS} hours before. What this bundle shows of them is what the last run found.`;
  return [...(count > 0 ? [broken] : []), ...(silentAtTheEnd > 0 ? [silent] : [])];
}
