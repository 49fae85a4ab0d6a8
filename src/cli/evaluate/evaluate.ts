import { Before } from '../../comparison/compare.ts';
import { findingsIn, NoFindings } from '../../comparison/findings-file.ts';
import type { FormatName } from '../../formats/index.ts';
import { fileInputs } from '../../results/run/inputs.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { spool } from '../../sources/files/read.ts';
import { instantIn } from '../../values/time.ts';
import { type ExitCode, type Io, UsageError } from '../io.ts';
import { refuseInputs } from '../output/inputs.ts';
import { targetsOf } from '../output/targets.ts';
import { chosenSettings, type SettingsChoice } from '../settings.ts';
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

/**
 * Judges every subject in the sources with the chosen rules. @throws UsageError, SettingsError, UnreadableInput before
 * anything is judged, and OutputError where a result cannot be written.
 */
export async function evaluateCommand(
  sources: readonly string[],
  options: EvaluateOptions,
  io: Io,
  open?: OpenOutput,
): Promise<ExitCode> {
  const rules = chosenRules(options);
  const targets = targetsOf(options.format, options.output);
  const failOn = failOnOf(options.softFail ? 'never' : (options.failOn ?? 'low'));
  const groupBys = groupBysOf(options.groupBy);
  const isWanted = tagFilterOf(options.tags);
  const pagesUrl = pagesOf(options.pages);
  const now = timeOf(options.now, io);
  const { settings, file, note } = await chosenSettings(options, io);
  const { baseline } = options;
  const read = [...sources.filter((source) => source !== '-'), file, baseline];
  await refuseInputs(
    targets,
    read.filter((path) => typeof path === 'string'),
  );
  const before = baseline === undefined ? undefined : await baselineIn(baseline);
  const tally = new Tally({ settings, gate: new Gate(failOn), groupBys, before });
  const spooled = sources.includes('-') ? await spool(io.stdin) : undefined;
  try {
    const paths = sources.map((source) => (source === '-' && spooled ? spooled.path : source));
    // Damage in standard input is reported under that name, not under the file it was copied to.
    const label = (text: string) =>
      spooled ? text.replaceAll(spooled.path, 'standard input') : text;
    const snapshot = new ConfigSnapshot(paths);
    const named = (path: string) => (path === spooled?.path ? 'standard input' : undefined);
    const inputs = await fileInputs(paths, { named });
    const work = {
      ...{ snapshot, inputs, rules, settings, now, label, tally, isWanted, pagesUrl },
      ...{
        settingsFile: file,
        settingsNote: note,
        paint: paintFor(io),
        open: open ?? outputsTo(targets, io),
      },
    };
    return await judge(work, options, io);
  } finally {
    await spooled?.dispose();
  }
}

async function baselineIn(file: string): Promise<Before> {
  try {
    return await Before.from(findingsIn(file));
  } catch (error) {
    if (error instanceof NoFindings) throw new UsageError(`--baseline: ${error.message}`);
    throw error;
  }
}

function timeOf(given: string | undefined, io: Io): string {
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
