import { assess } from '../../assessment/assess.ts';
import type { Assessed, ParametrisedRule } from '../../assessment/assessment.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { isRecorded, runsIn } from '../../assessment/runs-in.ts';
import { isJudgedBy } from '../../assessment/subject.ts';
import { parametersOf } from '../../engine/parameters.ts';
import type { Rule } from '../../engine/rule.ts';
import { needsOf } from '../../facets/needs.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { Release } from '../../release/release.ts';
import { release as running } from '../../release/running.ts';
import type { Settings } from '../../settings/settings.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import type { Source } from '../../sources/source.ts';
import { Troubles } from '../../sources/troubles.ts';
import type { Differing, Elsewhere } from '../held/elsewhere.ts';
import type { ListedAccount } from '../population/listed.ts';
import type { Problem, RunRow } from '../tables.ts';
import { fileInputs, inOrder } from './inputs.ts';
import { Recording } from './recording.ts';

export interface Judging {
  readonly settings: Settings;
  /** All rules; those that nothing of the sources answers are left out, as `evaluate` leaves them out. */
  readonly rules: readonly Rule[];
  /** Rules that were not to be among them, as the row of the run says. */
  readonly leftOut?: readonly string[] | undefined;
  /** The time of the run (ISO, UTC). */
  readonly now: string;
  /** Judges folders as they were at this time (ISO, UTC), instead of their newest state. */
  readonly until?: string;
  /** Whether items and answers are kept; true unless it says otherwise. */
  readonly withEvidence?: boolean;
  readonly release?: Release;
  /** Accounts that AWS Organizations lists, where somebody asked it. */
  readonly known?: readonly ListedAccount[];
  /** What could not be read before the sources were there. */
  readonly problems?: readonly Problem[];
  /** Results of rules that are not judged here. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Hears every result, and is asked in the end what it found. */
  readonly listener?: Listener | undefined;
  /** Told of each file or record that cannot be used, as the row of the run tells it too. */
  readonly complain?: (sentence: string, kind?: Problem['kind']) => void;
}

/** How the source of results of AWS Config is called among the inputs. */
export const RESULTS = 'results of AWS Config';

export interface Listener {
  /** @returns what AWS Config holds otherwise, at most once for each rule. */
  readonly meet: (assessed: Assessed) => readonly Differing[];
  readonly problems: () => readonly Problem[];
}

/**
 * Judges files and folders as `evaluate` does, and adds the run to a data set. The same input gives the same run, which then takes
 * the place of itself.
 * @throws UnreadableInput when a source cannot be found, DamagedDataSet when the run before cannot be read.
 */
export async function judgeInto(
  folder: string,
  sources: readonly string[],
  {
    settings,
    rules: all,
    now,
    until,
    withEvidence = true,
    release = running,
    known,
    leftOut,
    ...rest
  }: Judging,
): Promise<RunRow> {
  const paths = inOrder(sources);
  const snapshot = new ConfigSnapshot(paths, until);
  const inputs = new Map(await fileInputs(paths, { until }));
  const { elsewhere, listener } = rest;
  if (elsewhere) inputs.set(elsewhere.input.name, { source: RESULTS, head: elsewhere.input });
  const problems: (Problem & { readonly file?: string | undefined })[] = [...(rest.problems ?? [])];
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
  const held = elsewhere?.rules;
  const recording = await Recording.begin({
    ...{ now, settings, rules, held, inputs, release, known, target, leftOut },
  });
  try {
    const troubles = new Troubles(complain);
    const { homeRegions } = settings.organization;
    const assessed = assess(
      recording.heardFrom(troubles.heardFrom(metBy(elsewhere, source))),
      rules,
      {
        ...{ settings, now, pack: packOf(all) },
        applies: (rule, { region }) => runsIn(rule, region, homeRegions),
      },
    );
    for await (const each of assessed) {
      for (const [finding, error] of each.failures) troubles.add(finding, error);
      const found = await recording.add(each, elsewhere?.of(each.item));
      for (const differing of listener?.meet(each) ?? []) {
        const finding = found.find(({ rule }) => rule === differing.rule);
        if (finding) await recording.difference(finding, differing);
      }
    }
    if (elsewhere) await addOthers(elsewhere, rules, recording);
    problems.push(...(listener?.problems() ?? []));
    for (const { kind, message, file } of problems) recording.problem(kind, message, file);
    return (await recording.end()) as RunRow;
  } catch (error) {
    await recording.abandon();
    throw error;
  }
}

/** The source, every record of which is also told to what holds results already. */
const metBy = (elsewhere: Elsewhere | undefined, source: Source): Source =>
  elsewhere === undefined
    ? source
    : {
        ...source,
        async *items() {
          for await (const item of source.items()) {
            elsewhere.meet(item);
            yield item;
          }
        },
      };

/** What no rule of this run judges, with the results that there are. */
async function addOthers(
  elsewhere: Elsewhere,
  rules: readonly ParametrisedRule[],
  recording: Recording,
): Promise<void> {
  const isJudged = (item: ConfigurationItem) => rules.some(({ rule }) => isJudgedBy(item, rule));
  for (const item of elsewhere.others(isJudged)) {
    const nothing = { item, findings: [], failures: new Map(), questions: new Map() };
    await recording.add(nothing, elsewhere.of(item));
  }
  recording.elsewhere(elsewhere);
}
