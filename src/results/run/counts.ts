import { type Finding, STATES, type State } from '../../engine/finding.ts';
import type { Assessed, Counts } from '../rows.ts';
import type { RuleHead, RuleRun, RunRow } from '../tables.ts';

export type Tally = Record<State, number>;

/** No finding of any state. */
export const none = (): Tally => Object.fromEntries(STATES.map((state) => [state, 0])) as Tally;

export const sum = (counts: Counts): number =>
  STATES.reduce((total, state) => total + (counts[state] ?? 0), 0);

export function countsOf(findings: readonly Pick<Finding, 'state'>[]): Tally {
  const counts = none();
  for (const { state } of findings) counts[state]++;
  return counts;
}

export function addTo(total: Tally, counts: Counts): void {
  for (const state of STATES) total[state] += counts[state];
}

/** The sums of a run, which have to add up whichever way they are made. */
export class RunCounts {
  readonly #rules: readonly RuleHead[];
  readonly #perRule: ReadonlyMap<string, Tally>;
  #subjects = 0;
  #notWhole = 0;

  constructor(rules: readonly RuleHead[]) {
    this.#rules = rules;
    this.#perRule = new Map(rules.map(({ rule }) => [rule, none()]));
  }

  /** A subject with its findings. @throws Error when a rule is not one of the run, because it would be in no sum. */
  add(findings: readonly Pick<Finding, 'rule' | 'state'>[], assessed: Assessed): void {
    this.#subjects++;
    if (assessed !== 'yes') this.#notWhole++;
    for (const { rule, state } of findings) {
      const tally = this.#perRule.get(rule);
      if (tally === undefined) throw new Error(`The run does not name the rule ${rule}.`);
      tally[state]++;
    }
  }

  /** Subjects that were not judged, or not by all rules that are for them. */
  get notWhole(): number {
    return this.#notWhole;
  }

  /** @param unreported of rules that AWS Config judged. */
  sums(
    unreported: ReadonlyMap<string, number> = new Map(),
  ): Pick<RunRow, 'rules' | 'subjects' | 'findings' | 'states'> {
    const states = none();
    const rules = this.#rules.map((rule): RuleRun => {
      const own = this.#perRule.get(rule.rule) ?? none();
      addTo(states, own);
      const missing = unreported.get(rule.rule);
      const more = missing === undefined ? {} : { unreported: missing };
      return { ...rule, subjects: sum(own), states: own, ...more };
    });
    return { rules, subjects: this.#subjects, findings: sum(states), states };
  }
}
