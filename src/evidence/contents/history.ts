import type { Identity } from '../../records/reading.ts';
import type { Settings } from '../../settings/settings.ts';
import type { BundleWriter, Lines } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import { coursesOf } from '../period/history.ts';
import { hoursOf, type Interval, type Period, type Standing } from '../period/intervals.ts';
import { lapsesIn } from '../period/lapses.ts';
import { orderOf } from '../period/merge.ts';
import { type Failure, failuresIn } from '../period/totals.ts';
import { type Columns, headOf, lineOf } from './columns.ts';

/** How the results of one rule went over the period. */
export interface RuleHistory {
  readonly hours: Record<Standing, number>;
  failures: number;
  fixed: number;
  /** Of the failures that began and were fixed within the period. */
  hoursToFix: number;
  fixedWithin: number;
}

export interface HistorySummary {
  readonly rules: ReadonlyMap<string, RuleHistory>;
  /** Findings whose changes do not lead to what the last run says. */
  readonly unreconciled: { readonly count: number; readonly first: string };
  /** Of how many results nothing is known at the end of the period, because they were observed too long before. */
  readonly silentAtTheEnd: number;
  /** The longest time in which nothing was known of a result, in hours. */
  readonly longestSilence: number;
}

/** A row of one of the two tables: a stretch of time of one finding. */
interface Stretch<T> {
  readonly id: string;
  readonly rule: string;
  readonly subject: Identity;
  readonly of: T;
}

const stretch = <T extends Period>(): Columns<Stretch<T>> => ({
  id: ({ id }) => id,
  account: ({ subject }) => subject.account,
  region: ({ subject }) => subject.region,
  type: ({ subject }) => subject.type,
  name: ({ subject }) => subject.name,
  arn: ({ subject }) => subject.arn,
  rule: ({ rule }) => rule,
  from: ({ of }) => of.from,
  to: ({ of }) => of.to,
  hours: ({ of }) => Math.round(hoursOf(of) * 100) / 100,
});

const INTERVALS: Columns<Stretch<Interval>> = {
  ...stretch<Interval>(),
  standing: ({ of }) => of.standing,
  message_id: ({ of }) => of.messageId,
  cause: ({ of }) => of.cause,
  waiver: ({ of }) => of.waiver,
  rule_sha256: ({ of }) => of.rulesHash,
  parameters_sha256: ({ of }) => of.parametersHash,
};

const FAILURES: Columns<Stretch<Failure>> = {
  ...stretch<Failure>(),
  began_before_the_period: ({ of }) =>
    of.beganBefore === null ? 'unknown' : of.beganBefore ? 'yes' : 'no',
  ended: ({ of }) => of.ended,
};

/** Writes the standings of every finding over the period as half-open intervals, and the failures with how they ended. */
export async function writeHistory(
  { runs, period, rules, redaction }: Dossier,
  writer: BundleWriter,
): Promise<HistorySummary> {
  const chosen = new Set(rules);
  const named = runs.map((run) => run.unredacted ?? run);
  const lapses = await Promise.all(
    named.map(async (run) => lapsesIn(JSON.parse((await run.settings()).settings) as Settings)),
  );
  const summary = new Map<string, RuleHistory>();
  const unreconciled = { count: 0, first: '' };
  let longestSilence = 0;
  let silentAtTheEnd = 0;
  const intervals = await writer.stream('history/intervals.csv');
  const failures = await writer.stream('history/failures.csv');
  await intervals.add(headOf(INTERVALS));
  await failures.add(headOf(FAILURES));
  const put = sortedLines({ intervals, failures }, redaction);
  for await (const course of coursesOf(named, period, lapses)) {
    if (!chosen.has(course.rule)) continue;
    const { rule } = course;
    const subject = redaction?.subject(course.subject) ?? course.subject;
    const id = redaction?.uuid(course.id) ?? course.id;
    const ofRule = summary.get(rule) ?? noHistory();
    summary.set(rule, ofRule);
    if (!course.reconciles && unreconciled.count++ === 0) unreconciled.first = id;
    for (const each of course.intervals) {
      const hours = hoursOf(each);
      ofRule.hours[each.standing] += hours;
      // Missing evidence has a message; silence has none.
      const isSilent = each.standing === 'UNKNOWN' && each.messageId === null;
      if (isSilent) longestSilence = Math.max(longestSilence, hours);
      if (isSilent && each.to === period.to && course.isThere) silentAtTheEnd++;
      const waiver = each.waiver && (redaction?.name('waiver', each.waiver) ?? each.waiver);
      const line = lineOf(INTERVALS, { id, rule, subject, of: { ...each, waiver } });
      await put.add('intervals', { rule, subject }, line);
    }
    for (const failure of failuresIn(course.intervals, period, course.failedSince)) {
      count(ofRule, failure);
      const line = lineOf(FAILURES, { id, rule, subject, of: failure });
      await put.add('failures', { rule, subject }, line);
    }
  }
  await put.end();
  await intervals.end();
  await failures.end();
  return { rules: summary, unreconciled, longestSilence, silentAtTheEnd };
}

/** Lines as they come, or where names are hidden in the order of the pseudonyms. */
function sortedLines<Name extends string>(
  files: Readonly<Record<Name, Lines>>,
  redaction: Dossier['redaction'],
) {
  const names = Object.keys(files) as Name[];
  const sorting = new Map(redaction ? names.map((name) => [name, redaction.sorting()]) : []);
  return {
    async add(name: Name, about: Parameters<typeof orderOf>[0], line: string): Promise<void> {
      const rows = sorting.get(name);
      await (rows ? rows.add(orderOf(about), JSON.stringify(line)) : files[name].add(line));
    },
    async end(): Promise<void> {
      for (const [name, rows] of sorting)
        for await (const { line } of rows.rows()) await files[name].add(JSON.parse(line));
    },
  };
}

const noHistory = (): RuleHistory => ({
  hours: { PASS: 0, FAIL: 0, WAIVED: 0, UNKNOWN: 0, NOT_APPLICABLE: 0, GONE: 0 },
  ...{ failures: 0, fixed: 0, hoursToFix: 0, fixedWithin: 0 },
});

function count(history: RuleHistory, failure: Failure): void {
  history.failures++;
  if (failure.ended !== 'fixed') return;
  history.fixed++;
  if (!failure.isBeginKnown) return;
  history.fixedWithin++;
  history.hoursToFix += hoursOf(failure);
}
