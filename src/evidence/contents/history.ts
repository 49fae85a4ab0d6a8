import { BYTE_ORDER_MARK, csvLine } from '../../values/csv.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import { coursesOf } from '../period/history.ts';
import { hoursOf, type Standing } from '../period/intervals.ts';
import { type Failure, failuresIn } from '../period/totals.ts';

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
  readonly unreconciled: readonly string[];
  /** The longest time in which nothing was known of a result, in hours. */
  readonly longestSilence: number;
}

const INTERVALS = [
  'id',
  'account',
  'region',
  'type',
  'name',
  'arn',
  'rule',
  'from',
  'to',
  'hours',
  'standing',
  'message_id',
  'cause',
  'waiver',
  'rule_sha256',
  'parameters_sha256',
];
const FAILURES = [
  'id',
  'account',
  'region',
  'type',
  'name',
  'arn',
  'rule',
  'from',
  'to',
  'hours',
  'began_before_the_period',
  'ended',
];

/** Writes the standings of every finding over the period as half-open intervals, and the failures with how they ended. */
export async function writeHistory(
  { runs, period, rules, redaction }: Dossier,
  writer: BundleWriter,
): Promise<HistorySummary> {
  const chosen = new Set(rules);
  const named = runs.map((run) => run.unredacted ?? run);
  const summary = new Map<string, RuleHistory>();
  const unreconciled: string[] = [];
  let longestSilence = 0;
  const intervals = await writer.stream('history/intervals.csv');
  const failures = await writer.stream('history/failures.csv');
  await intervals.add(BYTE_ORDER_MARK + csvLine(INTERVALS));
  await failures.add(BYTE_ORDER_MARK + csvLine(FAILURES));
  for await (const course of coursesOf(named, period)) {
    if (!chosen.has(course.rule)) continue;
    const { rule } = course;
    const subject = redaction?.subject(course.subject) ?? course.subject;
    const id = redaction?.uuid(course.id) ?? course.id;
    const what = [
      id,
      subject.account,
      subject.region,
      subject.type,
      subject.name,
      subject.arn,
      rule,
    ];
    const ofRule = summary.get(rule) ?? noHistory();
    summary.set(rule, ofRule);
    if (!course.reconciles) unreconciled.push(id);
    for (const each of course.intervals) {
      const hours = hoursOf(each);
      ofRule.hours[each.standing] += hours;
      // Missing evidence has a message; silence has none.
      const isSilent = each.standing === 'UNKNOWN' && each.messageId === null;
      if (isSilent) longestSilence = Math.max(longestSilence, hours);
      const { from, to, standing, messageId, cause, rulesHash, parametersHash } = each;
      const waiver = each.waiver && (redaction?.name('waiver', each.waiver) ?? each.waiver);
      await intervals.add(
        csvLine([
          ...what,
          from,
          to,
          rounded(hours),
          standing,
          messageId,
          cause,
          waiver,
          rulesHash,
          parametersHash,
        ]),
      );
    }
    for (const failure of failuresIn(course.intervals, period, course.failedSince)) {
      count(ofRule, failure);
      const { from, to, beganBefore, ended } = failure;
      await failures.add(
        csvLine([...what, from, to, rounded(hoursOf(failure)), beganBefore ? 'yes' : 'no', ended]),
      );
    }
  }
  await intervals.end();
  await failures.end();
  return { rules: summary, unreconciled, longestSilence };
}

const noHistory = (): RuleHistory => ({
  hours: { PASS: 0, FAIL: 0, WAIVED: 0, UNKNOWN: 0, NOT_APPLICABLE: 0, GONE: 0 },
  ...{ failures: 0, fixed: 0, hoursToFix: 0, fixedWithin: 0 },
});

function count(history: RuleHistory, failure: Failure): void {
  history.failures++;
  if (failure.ended !== 'fixed') return;
  history.fixed++;
  if (failure.beganBefore) return;
  history.fixedWithin++;
  history.hoursToFix += hoursOf(failure);
}

const rounded = (hours: number) => Math.round(hours * 100) / 100;
