import type { Assessed, CoverageTotals } from '../../dashboard/data/shape.ts';
import { SEVERITIES } from '../../dashboard/data/shape.ts';
import type { Point, Unseen } from '../../dashboard/data/summary.ts';
import type { Changes, Coverage } from '../../dashboard/data/tables.ts';
import type { ChangeRow, DifferenceReason } from '../results/rows.ts';
import type { RunRow } from '../results/tables.ts';
import { countsOf } from './counts.ts';
import { changesByCause, kindOf, sideOf } from './kinds-of-change.ts';
import type { Population } from './population.ts';
import type { RunData } from './run-data.ts';

/** At most so many runs make the line of the overview. */
const POINTS = 400;

/** Gives each distinct word a number, in the order of their first use. */
function numbered<T>() {
  const at = new Map<T, number>();
  const numberOf = (word: T): number => {
    const known = at.get(word) ?? at.size;
    at.set(word, known);
    return known;
  };
  return { numberOf, words: () => [...at.keys()] };
}

export function changesOf(
  rows: readonly ChangeRow[],
  population: Population,
  ruleAt: ReadonlyMap<string, number>,
): Changes {
  const [kinds, states] = [numbered<string>(), numbered<string>()];
  const known = rows.filter(({ rule }) => ruleAt.has(rule));
  const causes = changesByCause(known);
  const positions = known.map(({ subject }) => population.positionOf(subject) ?? -1);
  return {
    subjects: positions,
    gone: Object.fromEntries(
      known.flatMap(({ subject: { name, account, region } }, index) =>
        positions[index] === -1 ? [[String(index), { name, account, region }] as const] : [],
      ),
    ),
    rules: known.map(({ rule }) => ruleAt.get(rule) ?? 0),
    kind: known.map((row) => kinds.numberOf(kindOf(row))),
    cause: known.map(({ cause }) => causes.findIndex(({ id }) => id === cause)),
    from: known.map(({ from }) => states.numberOf(sideOf(from))),
    to: known.map(({ to }) => states.numberOf(sideOf(to))),
    ...{ kinds: kinds.words(), causes, states: states.words() },
  };
}

/** At most so many differences are listed; the data set has all. */
const DIFFERENCES = 500;

export function coverageOf(
  { regions, differences }: RunData,
  population: Population,
  ruleAt: ReadonlyMap<string, number>,
): Coverage {
  const accountAt = new Map(population.accounts.map(({ id }, index) => [id, index]));
  const regionAt = new Map(population.regions.map((name, index) => [name, index]));
  const reasons = numbered<string>();
  return {
    account: regions.map(({ account }) => accountAt.get(account) ?? 0),
    region: regions.map(({ region }) => regionAt.get(region) ?? 0),
    assessed: regions.map(({ assessed }) => assessed),
    recorder: regions.map(({ recorder }) => recorder),
    observed: regions.map(({ observedAt }) => observedAt),
    subjects: regions.map(({ subjects }) => subjects),
    reason: regions.map(({ reason }) => (reason === null ? -1 : reasons.numberOf(reason))),
    knownFrom: regions.map(({ knownFrom }) => knownFrom),
    reasons: reasons.words(),
    differences: differences
      .toSorted(({ reason: one }, { reason: other }) => WEIGHT.indexOf(one) - WEIGHT.indexOf(other))
      .slice(0, DIFFERENCES)
      .map(({ subject, rule, ours, theirs, recordedAt, reason }) => ({
        ...{ subject: population.positionOf(subject) ?? -1, name: subject.name },
        rule: ruleAt.get(rule) ?? 0,
        ...{ ours: sideOf(ours), theirs: theirs === null ? '' : THEIRS[theirs] },
        ...{ recorded: recordedAt, why: WHY[reason] },
      })),
    differenceCount: differences.length,
  };
}

/** Why AWS Config holds another result; what nobody can explain first, as another record explains itself. */
const WHY: Readonly<Record<DifferenceReason, string>> = {
  unknown: 'not known: look at this one',
  release: 'its functions there are of another release, or have other settings',
  record: 'the resource changed after one of the two had judged it',
};
const WEIGHT = Object.keys(WHY);
/** What AWS Config says in the form of a state and a message. */
const THEIRS = { COMPLIANT: 'PASS ', NON_COMPLIANT: 'FAIL ' } as const;

export function coverageTotals(
  { regions, subjects }: RunData,
  { accounts }: Population,
): CoverageTotals {
  const totals = (rows: readonly { readonly assessed: Assessed }[]) => {
    const counts = { yes: 0, partly: 0, no: 0 };
    for (const { assessed } of rows) counts[assessed] += 1;
    return counts;
  };
  return { accounts: totals(accounts), regions: totals(regions), subjects: totals(subjects) };
}

/**
 * The line of the overview. @param severities of the rules, by id; a rule that is gone counts as of low severity.
 * @param unseen by the time of the run.
 */
export function historyOf(
  runs: readonly RunRow[],
  severities: ReadonlyMap<string, string>,
  unseen: ReadonlyMap<string, Unseen>,
): Point[] {
  return runs.slice(-POINTS).map(({ runId, evaluatedAt, states, rules, notAssessed }) => {
    const failing = SEVERITIES.map(() => 0);
    for (const { rule, states: own } of rules) {
      const at = (SEVERITIES as readonly string[]).indexOf(severities.get(rule) ?? 'low');
      failing[at] = (failing[at] ?? 0) + own.FAIL;
    }
    return {
      ...{ run: runId, at: evaluatedAt, counts: countsOf(states), failing },
      ...(unseen.get(evaluatedAt) ?? { lost: 0, found: 0 }),
      notAssessed: notAssessed.accounts,
    };
  });
}
