import { Before } from '../../comparison/compare.ts';
import type { FormatName } from '../../formats/index.ts';
import { fileInputs, inOrder } from '../../results/run/inputs.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { rereadable } from '../../sources/files/read.ts';
import { instantIn } from '../../values/time.ts';
import { withFindings } from '../findings-files.ts';
import { type ExitCode, type Io, UsageError } from '../io.ts';
import { refuseInputs, refuseSharedInput } from '../output/inputs.ts';
import { targetsOf } from '../output/targets.ts';
import { type ChosenSettings, chosenSettings, type SettingsChoice } from '../settings.ts';
import { chosenRules, type RuleChoice } from './chosen-rules.ts';
import { failOnOf, Gate } from './gate.ts';
import { groupBysOf } from './grouping.ts';
import { type JudgeOptions, judge } from './judge.ts';
import { type OpenOutput, outputsTo } from './output.ts';
import { paintFor } from './paint.ts';
import { tagFilterOf } from './tag-filter.ts';
import { Tally } from './tally.ts';

export interface EvaluateOptions extends RuleChoice, SettingsChoice, JudgeOptions {
  /** The table, unless an output says otherwise. */
  readonly format?: FormatName;
  readonly output?: readonly string[];
  /** Severities, rules or `never`; `low` if it is not given. */
  readonly failOn?: string;
  /** The same as `never`. */
  readonly softFail?: boolean;
  readonly now?: string;
  readonly pages?: string;
  readonly tags?: string;
  readonly groupBy?: readonly string[];
  /** A file of findings that were open before. */
  readonly baseline?: string;
}

interface Given {
  /** Takes the findings instead of the outputs. */
  readonly open?: OpenOutput;
  /** Settings that were read before: a pipe can be read only once. */
  readonly known?: ChosenSettings;
}

/**
 * Judges every subject in the sources with the chosen rules. @throws UsageError, SettingsError, UnreadableInput before
 * anything is judged, and OutputError where a result cannot be written.
 */
export async function evaluateCommand(
  sources: readonly string[],
  options: EvaluateOptions,
  io: Io,
  { open, known }: Given = {},
): Promise<ExitCode> {
  const { baseline } = options;
  refuseSharedInput(sources, { '--settings': options.settings, '--baseline': baseline });
  const { settings, file, note, failOn, groupBys, ...about } = await checked(options, io, known);
  const read = [...sources.filter((source) => source !== '-'), file, baseline];
  await refuseInputs(
    about.targets,
    read.filter((path) => typeof path === 'string'),
  );
  const before = baseline === undefined ? undefined : await baselineIn(baseline, io);
  const tally = new Tally({ settings, gate: new Gate(failOn), groupBys, before });
  const inputs = await rereadable(sources, io.stdin);
  try {
    const paths = inOrder(inputs.paths);
    const named = (path: string) => {
      const name = inputs.label(path);
      return name === path ? undefined : name;
    };
    const work = {
      ...{ paths, snapshot: new ConfigSnapshot(paths), inputs: await fileInputs(paths, { named }) },
      label: (text: string) => inputs.label(text),
      ...{ ...about, settings, tally, settingsFile: file, settingsNote: note, paint: paintFor(io) },
      open: open ?? outputsTo(about.targets, io),
      isSummary: open === undefined && about.targets.every(({ format }) => format === 'table'),
    };
    return await judge(work, options, io);
  } finally {
    await inputs.dispose();
  }
}

/** The options, read and found to be right. @throws UsageError, SettingsError */
export async function checked(options: EvaluateOptions, io: Io, known?: ChosenSettings) {
  return {
    rules: chosenRules(options),
    targets: targetsOf(options.format, options.output),
    failOn: failOnOf(options.softFail ? 'never' : (options.failOn ?? 'low')),
    groupBys: groupBysOf(options.groupBy),
    isWanted: tagFilterOf(options.tags),
    pagesUrl: pagesOf(options.pages),
    now: timeOf(options.now, io),
    ...(known ?? (await chosenSettings(options, io))),
  };
}

const baselineIn = (file: string, io: Io): Promise<Before> =>
  withFindings([file], io, (findingsOf) => Before.from(findingsOf(file)), '--baseline: ');

/** @throws UsageError when it is not a time with its zone. */
export function timeOf(given: string | undefined, io: Io): string {
  const time = given === undefined ? io.now().toISOString() : instantIn(given);
  if (time !== null) return time;
  throw new UsageError(
    `--now: "${given}" is not a valid time with a time zone. Use the form 2026-01-31T12:00:00Z.`,
  );
}

/** The address becomes a link in findings, which people follow. @throws UsageError */
function pagesOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:' && /^[\x21-\x7e]+$/.test(address)) return address;
  throw new UsageError('--pages: expected an address that begins with https://.');
}
