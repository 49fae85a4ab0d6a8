import { basename } from 'node:path';
import { rules as allRules } from '../../../rules/index.ts';
import { assess } from '../../assessment/assess.ts';
import { NotJudged } from '../../assessment/not-judged.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { bucketMemory } from '../../assessment/seen.ts';
import { parametersOf } from '../../engine/parameters.ts';
import type { Rule } from '../../engine/rule.ts';
import { wordsOf } from '../../engine/words.ts';
import { needsOf } from '../../facets/needs.ts';
import { release } from '../../release/running.ts';
import { othersThan } from '../../results/run/head.ts';
import type { Inputs } from '../../results/run/inputs.ts';
import type { Problem } from '../../results/tables.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { Troubles } from '../../sources/troubles.ts';
import type { ExitCode, Io } from '../io.ts';
import { note, say, warn } from '../log.ts';
import { ProgressBar } from '../progress.ts';
import { isRecorded, runsIn, wordsIn } from './chosen-rules.ts';
import { closing, exitCodeOf, hiddenFindings } from './closing.ts';
import { NEEDED_TYPES } from './needed-types.ts';
import type { OpenOutput } from './output.ts';
import type { Paint } from './paint.ts';
import { beginRun, notAssessedIn, type RunOptions } from './recording.ts';
import type { Wanted } from './tag-filter.ts';
import type { Tally } from './tally.ts';

/** A run as its options describe it: nothing of it can be wrong any more, except its input and its output. */
export interface Work {
  readonly paths: readonly string[];
  readonly snapshot: ConfigSnapshot;
  readonly inputs: Inputs;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly settingsFile: string | null;
  readonly settingsNote: string;
  readonly now: string;
  readonly label: (text: string) => string;
  readonly tally: Tally;
  readonly isWanted: Wanted;
  readonly paint: Paint | undefined;
  readonly pagesUrl: string | undefined;
  readonly open: OpenOutput;
  /** Whether no output shows findings one by one. */
  readonly isSummary: boolean;
}

export interface JudgeOptions extends RunOptions {
  readonly rules?: string;
  /** False with --no-envelope: findings only, without the run that they are of. */
  readonly envelope?: boolean;
  readonly combinedExitCode?: boolean;
}

/** Judges, writes what is found as it is found, and says in the end what was counted and what is missing. */
export async function judge(work: Work, options: JudgeOptions, io: Io): Promise<ExitCode> {
  const { paths, snapshot, inputs, rules: chosen, settings, now, tally, isWanted } = work;
  const progress = new ProgressBar(io);
  const problems = { record: 0, file: 0, finding: 0 };
  const told: (Problem & { readonly file?: string | undefined })[] = [];
  const complain = (sentence: string, kind?: keyof typeof problems, file?: string) => {
    progress.clear();
    if (kind !== undefined) problems[kind]++;
    if (kind !== undefined) told.push({ kind, message: sentence, file });
    warn(io, work.label(sentence));
  };

  const passedOver = await snapshot.passedOver();
  const source = await snapshot.open({
    namesBuckets: chosen.some((rule) => needsOf(rule).neighbours),
    // A data set keeps every record as evidence.
    ...(options.outputDir === undefined ? { types: NEEDED_TYPES } : {}),
    complain,
    onProgress: ({ bytesRead, bytesTotal, file }) => progress.draw(bytesRead, bytesTotal, file),
  });
  const named = wordsIn(options.rules ?? '');
  // Without captured answers a rule that needs them is judged, as UNKNOWN, only when it is asked for by name.
  const isAnswerable = (rule: Rule) =>
    isRecorded(rule) || named.includes(rule.id) || !snapshot.answers.isEmpty;
  const rules = chosen.filter(isAnswerable);
  const parametrised = rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const about = {
    ...{ now, settings, rules: parametrised, inputs, release },
    ...{ isSummary: work.isSummary, leftOut: othersThan(chosen) },
  };
  const recording = await beginRun(about, paths, options);
  // Opened only now that every source was found: a mistyped path must cost no file of the last run.
  const output = await work
    .open({
      ...{ now, settings, rules: allRules.map(wordsOf), pagesUrl: work.pagesUrl, release },
      settingsFile: work.settingsFile === null ? null : basename(work.settingsFile),
      ...{ paint: work.paint, run: options.envelope === false ? undefined : recording.head },
    })
    .catch(async (error) => {
      await recording.abandon();
      throw error;
    });
  const { homeRegions } = settings.organization;
  const troubles = new Troubles(complain);
  const notJudged = new NotJudged();
  const assessed = assess(
    recording.heardFrom(notJudged.heardFrom(troubles.heardFrom(source))),
    parametrised,
    {
      ...{ settings, now, pack: packOf(allRules), memory: bucketMemory, wants: isWanted },
      applies: (rule, { region }) => runsIn(rule, region, homeRegions),
    },
  );
  try {
    for await (const each of assessed) {
      for (const [finding, error] of each.failures) troubles.add(finding, error);
      const findings = tally.add(await recording.add(each), each.item);
      for (const finding of findings) {
        const written = output.add(finding);
        if (written !== undefined) await written;
      }
    }
    await output.flush();
    progress.clear();
    for (const { kind, message, file } of told) recording.problem(kind, message, file);
    const ended = await recording.end();
    await output.end(tally.summary, ended);
    const notAssessed = notAssessedIn(ended);
    const leftOut = chosen.filter((rule) => !rules.includes(rule));
    const older = [...(source.older?.values() ?? [])].reduce((sum, count) => sum + count, 0);
    const ending = { rules, leftOut, passedOver, older, problems, notJudged, notAssessed };
    for (const [level, text] of closing(tally, ending, io.manner)) say(io, level, text);
    note(io, work.settingsNote);
    const code = exitCodeOf(tally, {
      ...{ problems, notAssessed },
      // Where all buckets are of a kind that no rule judges, "nothing found" would say that they are in order.
      isBlind: notJudged.isBlind,
      combined: options.combinedExitCode === true,
    });
    say(io, 'warning', hiddenFindings(code, tally));
    return code;
  } catch (error) {
    progress.clear();
    // What was found so far is shown, and files stay what they were.
    await output.flush().catch(() => {});
    await output.abandon?.();
    await recording.abandon();
    throw error;
  }
}
