import type { NotJudged } from '../../assessment/not-judged.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Waiver } from '../../settings/waiver.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Manner } from '../io.ts';
import type { Level } from '../log.ts';
import type { Tally } from './tally.ts';

/** How many problems there were with records and files, and how many errors of this program left findings unknown. */
export interface Problems {
  readonly record: number;
  readonly file: number;
  readonly finding: number;
}

/** What of the population is not assessed, one sentence each. */
export type NotAssessed = readonly string[];

export interface Run {
  readonly rules: readonly Rule[];
  /** Rules that were chosen and could not be judged from this source. */
  readonly leftOut: readonly Rule[];
  /** How many older files of the folders were passed over. */
  readonly passedOver: number;
  /** How many records were left for newer ones of their resource. */
  readonly older: number;
  readonly problems: Problems;
  /** Buckets that passed by and that no rule is for. */
  readonly notJudged: NotJudged;
  readonly notAssessed: NotAssessed;
}

/** What is reported about a run on standard error, after its findings. */
export function closing(
  tally: Tally,
  { rules, leftOut, passedOver, older, problems, notJudged, notAssessed }: Run,
  { verbose = false }: Manner = {},
): readonly (readonly [Level, string])[] {
  const idle = tally.idleWaivers(rules.map(({ id }) => id));
  const said = [
    counts(tally, rules.length, problems),
    stillOpenNote(tally.summary.known),
    passedOver > 0 ? passedOverNote(passedOver) : '',
    older > 0 ? olderNote(older) : '',
    idle.length > 0 ? idleWaiversNote(idle) : '',
    leftOut.length > 0 ? leftOutNote(leftOut, verbose) : '',
  ];
  const missing = [
    isEmpty(tally) ? NOTHING_JUDGED : '',
    tally.gate.isOff ? '' : stillUnknownNote(tally.summary.knownUnknown),
    notJudged.note(),
    notAssessedNote(notAssessed, verbose),
    tally.unplaced.size > 0 ? unplacedNote([...tally.unplaced]) : '',
  ];
  const [first = '', ...rest] = said;
  return [
    ['info', first],
    ['warning', missing.join('')],
    ['info', rest.join('')],
  ];
}

const stillOpenNote = (count: number) =>
  count === 0
    ? ''
    : `${plural(count, 'finding')} of the baseline ${count === 1 ? 'is' : 'are'} still open.\n`;

/** The baseline does not excuse them, so the reader learns what does. */
const stillUnknownNote = (count: number) =>
  count === 0
    ? ''
    : `${plural(count, 'finding')} of the baseline ${count === 1 ? 'is' : 'are'} still UNKNOWN: missing evidence is no pass. ` +
      'Waive it in the settings, or leave the rule out with --skip-rules.\n';

const SHOWN = 10;

const notAssessedNote = (sentences: NotAssessed, verbose: boolean) => {
  const shown = verbose ? sentences : sentences.slice(0, SHOWN);
  const more = sentences.length - shown.length;
  const rest =
    more > 0
      ? [`${more} more accounts and Regions are not assessed, or not whole (-v lists them).`]
      : [];
  return [...shown, ...rest].map((sentence) => `${printable(sentence)}\n`).join('');
};

function leftOutNote(rules: readonly Rule[], verbose: boolean): string {
  const why = 'they need data that AWS Config does not record';
  const how = 'Run them in Lambda or with captured answers.';
  const ids = rules.map(({ id }) => id).join(', ');
  return verbose
    ? `Skipped, because ${why}: ${ids}. ${how}\n`
    : `Skipped ${plural(rules.length, 'rule')}, because ${why} (-v lists them). ${how}\n`;
}

const olderNote = (count: number) =>
  `Skipped ${plural(count, 'older or repeated record')}: of each resource the newest counts.\n`;

const passedOverNote = (count: number) =>
  `Skipped ${plural(count, 'older snapshot or history file', 'older snapshots and history files')}. Name a file to judge it.\n`;

/** A misspelled subject and a waiver that is no longer needed look alike, and both should be reported. */
function idleWaiversNote(waivers: readonly Waiver[]): string {
  const ids = waivers.map(({ id }) => printable(id)).join(', ');
  return `Unused waivers (misspelled or no longer needed): ${ids}.\n`;
}

const unplacedNote = (accounts: readonly string[]) =>
  'Waivers by OU cannot apply to accounts that are missing from organization.accounts in the settings: ' +
  `${accounts.map(printable).join(', ')}.\n`;

function counts({ subjects, summary }: Tally, rules: number, problems: Problems): string {
  const { total } = summary;
  const parts = [
    `${plural(subjects, 'subject')}, ${plural(rules, 'rule')}: ${total.FAIL} fail, ${total.UNKNOWN} unknown, ` +
      `${total.WAIVED} waived, ${total.PASS} pass, ${total.NOT_APPLICABLE} not applicable.`,
    ...(problems.record > 0
      ? [`${plural(problems.record, 'problem')} with records (see above).`]
      : []),
    ...(problems.file > 0
      ? [`${plural(problems.file, 'file')} could not be read to the end (see above).`]
      : []),
    ...(problems.finding > 0
      ? [`${plural(problems.finding, 'error')} left findings unknown (see above).`]
      : []),
  ];
  return `${parts.join(' ')}\n`;
}

const plural = (count: number, noun: string, nouns = `${noun}s`) =>
  `${count} ${count === 1 ? noun : nouns}`;

const isEmpty = ({ summary: { total } }: Tally) =>
  Object.values(total).every((count) => count === 0);

/** Nothing found where nothing was judged is no success. */
const NOTHING_JUDGED =
  'Nothing was judged: the input holds no resource that these rules are for. Is it recorded, and is the right file named?\n';

interface Ending {
  readonly problems: Problems;
  readonly notAssessed: NotAssessed;
  /** There were buckets, and none that a rule is for. */
  readonly isBlind: boolean;
  /** With --combined-exit-code, a run that has findings and is not whole says both. */
  readonly combined: boolean;
}

/**
 * How the run ends. Damaged input takes precedence over findings: a report without all subjects must not look complete. Findings
 * take precedence over findings that are UNKNOWN, which stand in the report next to them.
 */
export function exitCodeOf(tally: Tally, ending: Ending): ExitCode {
  const { gate } = tally;
  const { problems, notAssessed, isBlind, combined } = ending;
  const hasFindings = gate.count > 0;
  const isPartial = problems.record + problems.finding + notAssessed.length > 0;
  // Where no finding fails the run, missing evidence of single findings does not either.
  const isUnknown = !gate.isOff && gate.unknown > 0;
  if (combined && hasFindings && (problems.file > 0 || isPartial || isUnknown)) return EXIT.both;
  if (problems.file > 0) return EXIT.failure;
  if (isPartial || isEmpty(tally)) return EXIT.partial;
  if (hasFindings) return EXIT.findings;
  return isUnknown || isBlind ? EXIT.partial : EXIT.clean;
}

/** What the exit code does not say: that there are findings besides what could not be assessed. */
export function hiddenFindings(code: ExitCode, { gate }: Tally): string {
  if (gate.count === 0 || (code !== EXIT.partial && code !== EXIT.failure)) return '';
  return (
    `The exit code is ${code}, because not everything could be assessed. There ${gate.count === 1 ? 'is' : 'are'} also ` +
    `${plural(gate.count, 'finding')} that --fail-on names.\n`
  );
}
