import { assess } from '../../assessment/assess.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { isRecorded, runsIn } from '../../assessment/runs-in.ts';
import { parametersOf } from '../../engine/parameters.ts';
import type { Rule } from '../../engine/rule.ts';
import { needsOf } from '../../facets/needs.ts';
import type { Release } from '../../release/release.ts';
import { release as running } from '../../release/running.ts';
import type { Settings } from '../../settings/settings.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { Troubles } from '../../sources/troubles.ts';
import type { Problem, RunRow } from '../tables.ts';
import { fileInputs, inOrder } from './inputs.ts';
import { Recording } from './recording.ts';

export interface Judging {
  readonly settings: Settings;
  /** All rules; those that nothing of the sources answers are left out, as `evaluate` leaves them out. */
  readonly rules: readonly Rule[];
  /** The time of the run (ISO, UTC). */
  readonly now: string;
  /** Judges folders as they were at this time (ISO, UTC), instead of their newest state. */
  readonly until?: string;
  /** Whether items and answers are kept; true unless it says otherwise. */
  readonly withEvidence?: boolean;
  readonly release?: Release;
  /** Told of each file or record that cannot be used, as the row of the run tells it too. */
  readonly complain?: (sentence: string, kind?: Problem['kind']) => void;
}

/**
 * Judges files and folders as `evaluate` does, and adds the run to a data set. The same input gives the same run, which then takes
 * the place of itself.
 * @throws UnreadableInput when a source cannot be found, DamagedDataSet when the run before cannot be read.
 */
export async function judgeInto(
  folder: string,
  sources: readonly string[],
  { settings, rules: all, now, until, withEvidence = true, release = running, ...rest }: Judging,
): Promise<RunRow> {
  const paths = inOrder(sources);
  const snapshot = new ConfigSnapshot(paths, until);
  const inputs = await fileInputs(paths, { until });
  const problems: (Problem & { readonly file?: string | undefined })[] = [];
  const complain = (message: string, kind?: Problem['kind'], file?: string) => {
    rest.complain?.(message, kind);
    if (kind !== undefined) problems.push({ kind, message, file });
  };
  const source = await snapshot.open({
    namesBuckets: all.some((rule) => needsOf(rule).neighbours),
    complain,
  });
  const rules = all
    .filter((rule) => isRecorded(rule) || !snapshot.answers.isEmpty)
    .map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const target = { folder, withEvidence };
  const recording = await Recording.begin({ now, settings, rules, inputs, release, target });
  try {
    const troubles = new Troubles(complain);
    const { homeRegions } = settings.organization;
    const assessed = assess(recording.heardFrom(troubles.heardFrom(source)), rules, {
      ...{ settings, now, pack: packOf(all) },
      applies: (rule, { region }) => runsIn(rule, region, homeRegions),
    });
    for await (const each of assessed) {
      for (const [finding, error] of each.failures) troubles.add(finding, error);
      await recording.add(each);
    }
    for (const { kind, message, file } of problems) recording.problem(kind, message, file);
    return (await recording.end()) as RunRow;
  } catch (error) {
    await recording.abandon();
    throw error;
  }
}
