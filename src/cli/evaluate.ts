import { rules as allRules } from '../../rules/index.ts';
import { askServices } from '../assessment/service-facets.ts';
import { findingOn, isJudgedBy, subjectFrom } from '../assessment/subject.ts';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule, Severity } from '../engine/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { packOf } from '../facets/pack-of.ts';
import { rank, SEVERITIES, Summary } from '../formats/summary.ts';
import { emptySettings, type Settings } from '../settings/settings.ts';
import { unplacedWaivers, type Waiver } from '../settings/waiver.ts';
import { loadSettings } from '../settings-file/settings-file.ts';
import { ConfigSnapshot } from '../sources/files/config-snapshot.ts';
import { type Progress, spool } from '../sources/files/read.ts';
import { printable } from '../values/text.ts';
import { chosenRules, isRecorded, runsIn } from './chosen-rules.ts';
import { EXIT, type ExitCode, type Io, UsageError } from './io.ts';
import { ProgressBar } from './progress.ts';
import { type Format, type OpenReport, openReport } from './report.ts';

export interface EvaluateOptions {
  readonly settings?: string;
  readonly rules?: string;
  readonly framework?: string;
  readonly format: Format;
  readonly output?: string;
  readonly failOn: Severity | 'never';
  readonly now?: string;
  readonly pages?: string;
}

/** Judges every subject in the sources with the chosen rules. @throws UsageError, SettingsError, UnreadableInput before anything is judged. */
export async function evaluateCommand(
  sources: readonly string[],
  options: EvaluateOptions,
  io: Io,
  open: OpenReport = (now, settings) =>
    openReport(options.format, options.output, io, { now, settings, pages: options.pages }),
): Promise<ExitCode> {
  const rules = chosenRules(options);
  const settings = options.settings ? await loadSettings(options.settings) : emptySettings;
  const now = timeOf(options.now, io);
  const spooled = sources.includes('-') ? await spool(io.stdin) : undefined;
  try {
    const paths = sources.map((source) => (source === '-' && spooled ? spooled.path : source));
    // Damage in standard input is told by that name, not by that of the file it was copied to.
    const label = (text: string) =>
      spooled ? text.replaceAll(spooled.path, 'standard input') : text;
    const snapshot = new ConfigSnapshot(paths);
    return await run({ snapshot, rules, settings, now, label, open }, options, io);
  } finally {
    await spooled?.dispose();
  }
}

interface Work {
  readonly snapshot: ConfigSnapshot;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly now: string;
  readonly label: (text: string) => string;
  readonly open: OpenReport;
}

async function run(
  { snapshot, rules: chosen, settings, now, label, open }: Work,
  options: EvaluateOptions,
  io: Io,
): Promise<ExitCode> {
  const progress = new ProgressBar(io);
  const summary = new Summary();
  const problems = { record: 0, file: 0 };
  const params = new Map(chosen.map((rule) => [rule, parametersOf(rule, settings)]));
  const needsNeighbours = chosen.some((rule) => needsOf(rule).neighbours);
  const passes = needsNeighbours ? 3 : 2;
  const step = (share: number) => ({
    onProgress: ({ bytesRead, bytesTotal, file }: Progress) =>
      progress.draw(bytesRead + share * bytesTotal, passes * bytesTotal, file),
  });
  const complain = (sentence: string, kind: 'record' | 'file') => {
    progress.clear();
    problems[kind]++;
    io.stderr.write(`${printable(label(sentence))}\n`);
  };

  const passedOver = await snapshot.passedOver();
  const inventory = await snapshot.inventory(step(0));
  if (needsNeighbours) await snapshot.meet(inventory, step(1));
  // Without captured answers a rule that needs them is judged, as UNKNOWN, only when it is asked for by name.
  const isAnswerable = (rule: Rule) =>
    isRecorded(rule) || options.rules !== undefined || !snapshot.answers.isEmpty;
  const rules = chosen.filter(isAnswerable);
  // Opened only now that every source was found: a mistyped path must not empty the file of the last run.
  const report = await open(now, settings);
  const pack = packOf(allRules);
  const usedWaivers = new Set<string>();
  const { waivers } = settings;
  const { accounts, homeRegions } = settings.organization;
  const byUnit = waivers.filter((waiver) => 'ou' in waiver.subject);
  const unplaced = new Set<string>();
  let subjects = 0;
  try {
    for await (const recorded of snapshot.items(complain, step(passes - 1))) {
      const fitting = rules.filter(
        (rule) => isJudgedBy(recorded, rule) && runsIn(rule, recorded.region, homeRegions),
      );
      if (fitting.length === 0) continue;
      subjects++;
      const reads = new Set(fitting.flatMap((rule) => rule.reads));
      const services = snapshot.answers.of(recorded.account);
      const { item, readings } = await askServices(recorded, [...reads], services);
      const subject = subjectFrom(item, inventory, now, readings, pack);
      for (const rule of fitting) {
        const context = { params: params.get(rule) ?? {}, waivers, accounts, now };
        const finding = findingOn(rule, item, subject, context);
        summary.add(finding);
        if (finding.waiver !== undefined) usedWaivers.add(finding.waiver);
        await report.add(finding);
        const { account } = item;
        if (unplacedWaivers(byUnit, rule.id, account, accounts).length > 0) unplaced.add(account);
      }
    }
  } finally {
    progress.clear();
    await report.flush();
  }
  await report.end(summary);
  io.stderr.write(closing(subjects, rules.length, summary, problems));
  if (passedOver > 0) io.stderr.write(passedOverNote(passedOver));
  const idle = waivers.filter(
    ({ id, rule }) => !usedWaivers.has(id) && rules.some((chosen) => chosen.id === rule),
  );
  if (idle.length > 0) io.stderr.write(idleWaiversNote(idle));
  if (unplaced.size > 0) io.stderr.write(unplacedNote([...unplaced]));
  if (rules.length < chosen.length) {
    io.stderr.write(leftOutNote(chosen.filter((rule) => !rules.includes(rule))));
  }
  return exitCodeOf(summary, problems, options.failOn);
}

function timeOf(given: string | undefined, io: Io): string {
  const time = given === undefined ? io.now() : new Date(given);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--now: ${given} is no time, expected one such as 2026-01-31T12:00:00Z.`);
  }
  return time.toISOString();
}

function leftOutNote(rules: readonly Rule[]): string {
  const ids = rules.map(({ id }) => id).join(', ');
  return `Not judged, as AWS Config does not record what they read: ${ids} (they run in Lambda, or on captured answers).\n`;
}

const passedOverNote = (count: number) =>
  `Passed over ${plural(count, 'older snapshot or history file', 'older snapshots and history files')}; name a file to judge it.\n`;

/** A mistyped subject and an exception that is no longer needed look alike, and both should be known. */
function idleWaiversNote(waivers: readonly Waiver[]): string {
  const ids = waivers.map(({ id }) => printable(id)).join(', ');
  return `Waivers that decided nothing here (mistyped, or no longer needed): ${ids}.\n`;
}

const unplacedNote = (accounts: readonly string[]) =>
  `Waivers by OU cannot apply to accounts that organization.accounts of the settings does not place: ${accounts.map(printable).join(', ')}.\n`;

function closing(
  subjects: number,
  rules: number,
  { total }: Summary,
  problems: { readonly record: number; readonly file: number },
): string {
  const parts = [
    `${plural(subjects, 'subject')}, ${plural(rules, 'rule')}: ${total.FAIL} fail, ${total.UNKNOWN} unknown, ${total.WAIVED} waived, ${total.PASS} pass, ${total.NOT_APPLICABLE} not applicable.`,
    ...(problems.record > 0
      ? [`${plural(problems.record, 'record')} could not be read (see above).`]
      : []),
    ...(problems.file > 0
      ? [`${plural(problems.file, 'file')} could not be read to the end (see above).`]
      : []),
  ];
  return `${parts.join(' ')}\n`;
}

const plural = (count: number, noun: string, nouns = `${noun}s`) =>
  `${count} ${count === 1 ? noun : nouns}`;

/** Damaged input outweighs what was found in the rest: a report that lacks subjects must not look complete. */
function exitCodeOf(
  summary: Summary,
  problems: { readonly record: number; readonly file: number },
  failOn: Severity | 'never',
): ExitCode {
  if (problems.file > 0) return EXIT.failure;
  if (problems.record > 0) return EXIT.partial;
  if (failOn === 'never') return EXIT.clean;
  const atOrAbove = SEVERITIES.slice(0, rank(failOn) + 1);
  const counted = summary.rules.filter(({ severity }) => atOrAbove.includes(severity));
  if (counted.some(({ counts }) => counts.FAIL > 0)) return EXIT.findings;
  return summary.total.UNKNOWN > 0 ? EXIT.partial : EXIT.clean;
}
