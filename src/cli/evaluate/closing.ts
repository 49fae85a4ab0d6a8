import type { NotJudged } from '../../assessment/not-judged.ts';
import type { Finding } from '../../engine/finding.ts';
import type { Rule, Severity } from '../../engine/rule.ts';
import { rank, SEVERITIES, Summary } from '../../formats/summary.ts';
import type { Settings } from '../../settings/settings.ts';
import { unplacedWaivers, type Waiver } from '../../settings/waiver.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode } from '../io.ts';

/** Counts findings as they pass by, and notes which waivers were used. */
export class Tally {
  readonly summary = new Summary();
  /** Subjects that at least one rule judged. */
  subjects = 0;
  /** Accounts that a waiver by OU may apply to, and that the settings do not list. */
  readonly unplaced = new Set<string>();
  readonly #used = new Set<string>();
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @param findings all of one subject. */
  add(findings: readonly Finding[]): void {
    const { waivers, organization } = this.#settings;
    this.subjects++;
    for (const finding of findings) {
      this.summary.add(finding);
      if (finding.waiver !== undefined) this.#used.add(finding.waiver);
      const { account } = finding.subject;
      const unplaced = unplacedWaivers(waivers, finding.rule, account, organization.accounts);
      if (unplaced.length > 0) this.unplaced.add(account);
    }
  }

  /** Waivers of these rules that decided nothing. */
  idleWaivers(rules: readonly string[]): readonly Waiver[] {
    return this.#settings.waivers.filter(
      ({ id, rule }) => !this.#used.has(id) && rules.includes(rule),
    );
  }
}

/** How many problems there were with records and files, and how many errors of this program left findings unknown. */
export interface Problems {
  readonly record: number;
  readonly file: number;
  readonly finding: number;
}

/** What of the population is not assessed, one sentence each. */
export type NotAssessed = readonly string[];

const SHOWN = 10;

const notAssessedNote = (sentences: NotAssessed) =>
  [
    ...sentences.slice(0, SHOWN),
    ...(sentences.length > SHOWN
      ? [`${sentences.length - SHOWN} more accounts and Regions are not assessed, or not whole.`]
      : []),
  ]
    .map((sentence) => `${printable(sentence)}\n`)
    .join('');

function leftOutNote(rules: readonly Rule[]): string {
  const ids = rules.map(({ id }) => id).join(', ');
  return `Skipped, because they need data that AWS Config does not record: ${ids}. Run them in Lambda or with captured answers.\n`;
}

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

export interface Run {
  readonly rules: readonly Rule[];
  /** Rules that were chosen and could not be judged from this source. */
  readonly leftOut: readonly Rule[];
  /** How many older files of the folders were passed over. */
  readonly passedOver: number;
  readonly problems: Problems;
  /** Buckets that passed by and that no rule is for. */
  readonly notJudged: NotJudged;
  readonly notAssessed: NotAssessed;
}

/** What is reported about a run on standard error, after its findings. */
export function closing(
  tally: Tally,
  { rules, leftOut, passedOver, problems, notJudged, notAssessed }: Run,
): string {
  const idle = tally.idleWaivers(rules.map(({ id }) => id));
  return [
    counts(tally, rules.length, problems),
    isEmpty(tally.summary) ? NOTHING_JUDGED : '',
    notJudged.note(),
    notAssessedNote(notAssessed),
    passedOver > 0 ? passedOverNote(passedOver) : '',
    idle.length > 0 ? idleWaiversNote(idle) : '',
    tally.unplaced.size > 0 ? unplacedNote([...tally.unplaced]) : '',
    leftOut.length > 0 ? leftOutNote(leftOut) : '',
  ].join('');
}

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

const isEmpty = ({ total }: Summary) => Object.values(total).every((count) => count === 0);

/** Nothing found where nothing was judged is no success. */
const NOTHING_JUDGED =
  'Nothing was judged: the input holds no resource that these rules are for. Is it recorded, and is the right file named?\n';

/** Damaged input takes precedence over findings: a report without all subjects must not look complete. */
export function exitCodeOf(
  summary: Summary,
  problems: Problems,
  notAssessed: NotAssessed,
  failOn: Severity | 'never',
): ExitCode {
  if (problems.file > 0) return EXIT.failure;
  if (problems.record + problems.finding + notAssessed.length > 0) return EXIT.partial;
  if (isEmpty(summary)) return EXIT.partial;
  if (failOn === 'never') return EXIT.clean;
  const atOrAbove = SEVERITIES.slice(0, rank(failOn) + 1);
  const counted = summary.rules.filter(({ severity }) => atOrAbove.includes(severity));
  if (counted.some(({ counts }) => counts.FAIL > 0)) return EXIT.findings;
  return summary.total.UNKNOWN > 0 ? EXIT.partial : EXIT.clean;
}
