import { rules as allRules } from '../../../rules/index.ts';
import { assess } from '../../assessment/assess.ts';
import { NotJudged } from '../../assessment/not-judged.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { bucketMemory } from '../../assessment/seen.ts';
import { parametersOf } from '../../engine/parameters.ts';
import type { Rule, Severity } from '../../engine/rule.ts';
import { wordsOf } from '../../engine/words.ts';
import { needsOf } from '../../facets/needs.ts';
import type { FormatName } from '../../formats/index.ts';
import { release } from '../../release/running.ts';
import { fileInputs, type Inputs, inOrder } from '../../results/run/inputs.ts';
import type { Problem } from '../../results/tables.ts';
import { emptySettings, type Settings } from '../../settings/settings.ts';
import { loadSettings } from '../../settings-file/settings-file.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { rereadable } from '../../sources/files/read.ts';
import { Troubles } from '../../sources/troubles.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { ProgressBar } from '../progress.ts';
import { chosenRules, isRecorded, runsIn } from './chosen-rules.ts';
import { closing, exitCodeOf, Tally } from './closing.ts';
import { type OpenOutput, outputTo } from './output.ts';
import { beginRun, notAssessedIn } from './recording.ts';

export interface EvaluateOptions {
  readonly settings?: string;
  readonly rules?: string;
  readonly framework?: string;
  readonly format: FormatName;
  readonly output?: string;
  readonly failOn: Severity | 'never';
  readonly now?: string;
  readonly pages?: string;
  readonly envelope?: boolean;
  readonly outputDir?: string;
  /** False with --no-evidence. */
  readonly evidence?: boolean;
}

/**
 * Judges every subject in the sources with the chosen rules. @throws UsageError, SettingsError, UnreadableInput before
 * anything is judged.
 */
export async function evaluateCommand(
  sources: readonly string[],
  options: EvaluateOptions,
  io: Io,
  open: OpenOutput = outputTo(options.format, options.output, io),
): Promise<ExitCode> {
  const rules = chosenRules(options);
  const settings = options.settings ? await loadSettings(options.settings) : emptySettings;
  const now = timeOf(options.now, io);
  const inputs = await rereadable(sources, io.stdin);
  try {
    const paths = inOrder(inputs.paths);
    const snapshot = new ConfigSnapshot(paths);
    const label = (text: string) => inputs.label(text);
    const named = (path: string) => {
      const name = inputs.label(path);
      return name === path ? undefined : name;
    };
    const files = await fileInputs(paths, { named });
    return await run({ snapshot, inputs: files, rules, settings, now, label, open }, options, io);
  } finally {
    await inputs.dispose();
  }
}

interface Work {
  readonly snapshot: ConfigSnapshot;
  readonly inputs: Inputs;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly now: string;
  readonly label: (text: string) => string;
  readonly open: OpenOutput;
}

async function run(
  { snapshot, inputs, rules: chosen, settings, now, label, open }: Work,
  options: EvaluateOptions,
  io: Io,
): Promise<ExitCode> {
  const progress = new ProgressBar(io);
  const problems = { record: 0, file: 0, finding: 0 };
  const told: Problem[] = [];
  const complain = (sentence: string, kind?: keyof typeof problems) => {
    progress.clear();
    if (kind !== undefined) problems[kind]++;
    if (kind !== undefined) told.push({ kind, message: sentence });
    io.stderr.write(`${printable(label(sentence))}\n`);
  };

  const passedOver = await snapshot.passedOver();
  const source = await snapshot.open({
    namesBuckets: chosen.some((rule) => needsOf(rule).neighbours),
    complain,
    onProgress: ({ bytesRead, bytesTotal, file }) => progress.draw(bytesRead, bytesTotal, file),
  });
  // Without captured answers a rule that needs them is judged, as UNKNOWN, only when it is asked for by name.
  const isAnswerable = (rule: Rule) =>
    isRecorded(rule) || options.rules !== undefined || !snapshot.answers.isEmpty;
  const rules = chosen.filter(isAnswerable);
  const parametrised = rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const recording = await beginRun(
    { now, settings, rules: parametrised, inputs, release, isSummary: options.format === 'table' },
    options,
  );
  const tally = new Tally(settings);
  // Opened only now that every source was found: a mistyped path must not empty the file of the last run.
  const words = allRules.map(wordsOf);
  const context = { now, settings, rules: words, pagesUrl: options.pages, release };
  const head = options.envelope === true ? recording.head : undefined;
  const output = await open({ ...context, run: head }).catch(async (error) => {
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
      ...{ settings, now, pack: packOf(allRules), memory: bucketMemory },
      applies: (rule, { region }) => runsIn(rule, region, homeRegions),
    },
  );
  try {
    for await (const each of assessed) {
      tally.add(each.findings);
      for (const [finding, error] of each.failures) troubles.add(finding, error);
      for (const finding of await recording.add(each)) await output.add(finding);
    }
  } catch (error) {
    await recording.abandon();
    throw error;
  } finally {
    progress.clear();
    await output.flush();
  }
  for (const { kind, message } of told) recording.problem(kind, message);
  const ended = await recording.end();
  await output.end(tally.summary, ended);
  const notAssessed = notAssessedIn(ended);
  const leftOut = chosen.filter((rule) => !rules.includes(rule));
  io.stderr.write(closing(tally, { rules, leftOut, passedOver, problems, notJudged, notAssessed }));
  const code = exitCodeOf(tally.summary, problems, notAssessed, options.failOn);
  // Where all buckets are of a kind that no rule judges, "nothing found" would say that they are in order.
  return notJudged.isBlind && code === EXIT.clean ? EXIT.partial : code;
}

function timeOf(given: string | undefined, io: Io): string {
  const time = given === undefined ? io.now() : new Date(given);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(
      `--now: "${given}" is not a valid time. Use the form 2026-01-31T12:00:00Z.`,
    );
  }
  return time.toISOString();
}
