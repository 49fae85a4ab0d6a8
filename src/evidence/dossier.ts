import type { CatalogFramework, CatalogRow } from '../results/index.ts';
import type { AddressableDecision } from '../settings/addressable.ts';
import type { Settings } from '../settings/settings.ts';
import type { Waiver } from '../settings/waiver.ts';
import type { Period } from './period/intervals.ts';
import { type Redaction, redactedRun } from './redact.ts';
import type { FullRun } from './runs.ts';

/** What its results are about, as far as their tables and pages show it. */
export interface Judged
  extends Pick<Dossier, 'catalog' | 'rules' | 'frameworks' | 'period' | 'decisions'> {
  /** The run that gives the results. */
  readonly closing: Pick<FullRun, 'run'>;
}

/** What a bundle is made from. */
export interface Dossier {
  readonly organization: string;
  readonly period: Period;
  /** In the order of time; the last one gives the results. */
  readonly runs: readonly [FullRun, ...FullRun[]];
  readonly closing: FullRun;
  readonly catalog: CatalogRow;
  readonly settings: Pick<Settings, 'waivers'>;
  /** What the settings of the last run decide about addressable specifications. */
  readonly decisions: readonly AddressableDecision[];
  /** Those of every run; some may be there twice. */
  readonly waivers: readonly Waiver[];
  /** Whether only some requirements were asked for. */
  readonly isNarrowed: boolean;
  /** Those that the bundle is about, with the requirements that it is about. */
  readonly frameworks: readonly CatalogFramework[];
  /** Makes the pseudonyms of a redacted bundle; null for a bundle with its names. */
  readonly redaction: Redaction | null;
  /** The rules that ran and support one of these requirements; all that ran where nothing was chosen. */
  readonly rules: readonly string[];
}

/** There is nothing to make evidence from, or something else was asked for than there is. */
export class NoEvidence extends Error {
  override readonly name = 'NoEvidence';
}

export interface Choice {
  readonly period: Period;
  readonly framework?: string | undefined;
  /** "hipaa 164.312(b)", or the id within the framework. */
  readonly requirement?: string | undefined;
  readonly organization: string;
  readonly redaction?: Redaction | null | undefined;
}

/** Chooses the runs and requirements of a bundle. @param all runs in any order. @throws NoEvidence */
export async function dossierOf(all: readonly FullRun[], choice: Choice): Promise<Dossier> {
  const { period, organization, redaction = null } = choice;
  const shown = redaction === null ? all : all.map((run) => redactedRun(run, redaction));
  const sorted = [...shown].sort((a, b) => (a.run.evaluatedAt < b.run.evaluatedAt ? -1 : 1));
  const before = sorted.filter(({ run }) => run.evaluatedAt < period.from).at(-1);
  const within = sorted.filter(
    ({ run }) => run.evaluatedAt >= period.from && run.evaluatedAt < period.to,
  );
  const closing = within.at(-1);
  if (closing === undefined) {
    const known = sorted.map(({ run }) => run.evaluatedAt);
    const there =
      known.length === 0
        ? 'There are no runs.'
        : `The runs are from ${known[0]} to ${known.at(-1)}.`;
    throw new NoEvidence(`Nothing was judged from ${period.from} to before ${period.to}. ${there}`);
  }
  const catalog = await closing.catalog();
  const frameworks = chosenFrameworks(catalog.frameworks, choice);
  const ids = new Set(frameworks.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  const isNarrowed = choice.framework !== undefined || choice.requirement !== undefined;
  const ran = closing.run.rules.map(({ rule }) => rule);
  const supports = (rule: string) =>
    catalog.rules.some(
      (each) => each.id === rule && Object.keys(each.requirements).some((id) => ids.has(id)),
    );
  const runs = before ? [before, ...within] : within;
  const waivers = await Promise.all(runs.map(waiversOf));
  return {
    ...{ organization, period, closing, catalog, frameworks, redaction, isNarrowed },
    runs: runs as unknown as Dossier['runs'],
    settings: { waivers: waivers.at(-1) ?? [] },
    decisions: decisionsIn((await closing.settings()).settings),
    waivers: waivers.flat(),
    rules: isNarrowed ? ran.filter(supports) : ran,
  };
}

/** @param settings as JSON. */
export const decisionsIn = (settings: string): readonly AddressableDecision[] =>
  (JSON.parse(settings) as Pick<Settings, 'addressable'>).addressable ?? [];

const waiversOf = async (run: FullRun): Promise<readonly Waiver[]> =>
  (JSON.parse((await run.settings()).settings) as Pick<Settings, 'waivers'>).waivers;

function chosenFrameworks(
  all: readonly CatalogFramework[],
  { framework, requirement }: Choice,
): readonly CatalogFramework[] {
  const fitting = all.filter(({ id }) => framework === undefined || id === framework);
  if (fitting.length === 0)
    throw new NoEvidence(
      `There is no framework ${framework}. There are ${all.map(({ id }) => id).join(', ')}.`,
    );
  if (requirement === undefined) return fitting;
  const narrowed = fitting.flatMap((each) => {
    const requirements = each.requirements.filter(
      ({ id }) => id === requirement || id === `${each.id} ${requirement}`,
    );
    return requirements.length > 0 ? [{ ...each, requirements }] : [];
  });
  if (narrowed.length > 0) return narrowed;
  throw new NoEvidence(
    `There is no requirement ${requirement}. The command "requirements" lists them.`,
  );
}
